import { readFileSync } from 'node:fs';
import { format } from 'prettier';
import { beforeAll, describe, expect, test } from 'vitest';
import manifest from '../../schema/operations/manifest.json' with { type: 'json' };
import { allTargets } from '../config.ts';
import { terraformGraph } from '../diagram/terraformGraph.ts';
import { rungNames, rungs } from '../rungs.ts';
import { synthesizeTarget, type TerraformDocument } from '../targets.ts';
import { mix } from './assumptions.ts';
import { billOf, byService } from './bill.ts';
import { documents } from './documents.ts';
import { unitsOf } from './dynamodb.ts';
import { earlierEstimates } from './earlierEstimate.ts';
import { fixedUsages, hourlyResources } from './fixed.ts';
import { type Ladder, ladderOf } from './ladder.ts';
import { measuredCode, measuredTarget, readMeasured } from './measured.ts';
import { flowsOf } from './traffic.ts';
import { loadUsages } from './usage.ts';

const measured = readMeasured();
const graphOf = (resource: NonNullable<TerraformDocument['resource']>) =>
  terraformGraph(new Map([['api', { resource, provider: {}, terraform: {} }]]));

describe('when nobody comes', () => {
  test('the lowest rung has nothing with a price by the hour, at any stage', { timeout: 60_000 }, async () => {
    for (const target of allTargets().filter(({ rung }) => rung === 'users')) {
      const { stacks } = await synthesizeTarget(target);
      expect(hourlyResources(terraformGraph(stacks))).toEqual([]);
    }
  });

  test('the lowest rung costs its alarms and nothing else', async () => {
    const bill = await billOf({ rung: 'users', users: 0, region: 'us-east-1', reading: null }, measured);
    const costing = bill.lines.filter(({ usd }) => usd > 0).map(({ price }) => price);
    expect(new Set(costing)).toEqual(new Set(['alarm', 'metric']));
    // 38 metrics of alarms, of which each queue of the jobs has one for what waits too long and one for what nobody could do.
    expect(bill.usd).toBeLessThan(4.5);
  });

  test('a cache and provisioned tables are found by their address', () => {
    const graph = graphOf({
      aws_appsync_api_cache: { cache: { type: 'SMALL' } },
      aws_dynamodb_table: { posts: { billing_mode: 'PROVISIONED' }, users: { billing_mode: 'PAY_PER_REQUEST' } },
    });
    expect(hourlyResources(graph)).toEqual(['api.aws_dynamodb_table.posts', 'api.aws_appsync_api_cache.cache']);
  });

  // Eighteen syntheses.
  test(
    'every resource of every target is priced, and one that nobody has priced is refused',
    { timeout: 120_000 },
    async () => {
      for (const target of allTargets()) fixedUsages(terraformGraph((await synthesizeTarget(target)).stacks));
      expect(() => fixedUsages(graphOf({ aws_nat_gateway: { way_out: {} } }))).toThrow(
        'nobody has said what aws_nat_gateway cost: add a row to infra/bill/fixed.ts',
      );
    },
  );
});

describe('the load', () => {
  test('is 500 operations of a page or 10,000 of an item a user, and 100 that write', () => {
    const sum = (reading: 'page' | 'literal') =>
      flowsOf(1, reading, measured).reduce((total, { perMonth }) => total + perMonth, 0);
    expect(sum('page')).toBeCloseTo(600, 6);
    expect(sum('literal')).toBeCloseTo(10_100, 6);
  });

  test('is a mix that adds up, of operations that exist', () => {
    const names = new Set(Object.values(manifest).map(({ name }) => name));
    for (const shares of [mix.reads, mix.writes]) {
      expect(Object.values(shares).reduce((sum, share) => sum + share, 0)).toBeCloseTo(100, 6);
      expect(Object.keys(shares).filter((name) => !names.has(name))).toEqual([]);
    }
  });

  test('costs $4 for a million operations at AppSync, and events that functions publish are operations', () => {
    const sample = { requestBytes: 0, responseBytes: 0, invocations: {}, units: [], failedConditions: 0 };
    const flow = { name: 'LikePost', perMonth: 1e6, public: false };
    const operations = (resolvers: Record<string, number>) =>
      loadUsages(graphOf({}), [{ ...flow, sample: { ...sample, resolvers } }], 0).find(
        ({ price }) => price === 'appsyncOperation',
      )?.amount;
    expect(operations({ 'Mutation.likePost': 1 })).toBe(1);
    expect(operations({ 'Mutation.likePost': 1, 'Mutation.publishPostEngagement': 1 })).toBe(2);
  });

  test('leaves to the tables what caches do not answer', () => {
    const units = [
      { by: 'Post.author', table: 'users', reads: 10, writes: 0 },
      { by: 'Query.post', table: 'posts', index: 'byAuthor', reads: 1, writes: 0 },
    ];
    const sample = { requestBytes: 0, responseBytes: 0, resolvers: {}, invocations: {}, units, failedConditions: 0 };
    const flow = { name: 'Post', perMonth: 100, sample, public: true };
    expect(Object.fromEntries(unitsOf([flow], new Set(['Post.author']), () => 0.5))).toEqual({
      users: { reads: 200, writes: 0 },
      'posts/byAuthor': { reads: 50, writes: 0 },
    });
  });
});

describe('the bills of all rungs', () => {
  const ladders: Partial<Record<'page' | 'literal', Ladder>> = {};
  beforeAll(async () => {
    ladders.page = await ladderOf('us-east-1', 'page', measured);
    ladders.literal = await ladderOf('us-east-1', 'literal', measured);
  });

  test.each(rungNames)('%s: what is a fifth away from the first estimate is explained, and nothing else', (rung) => {
    const estimate = earlierEstimates[rung];
    const isFar = (['page', 'literal'] as const).some(
      (reading) => Math.abs((ladders[reading]?.bills[rung].usd ?? 0) / estimate[reading] - 1) > 0.2,
    );
    expect(estimate.difference !== undefined).toBe(isFar);
  });

  test.each(rungNames)('%s costs what infra/rungs.ts says, and so does its budget', (rung) => {
    const { page, literal } = rungs[rung].monthlyPrice;
    expect(Math.round(ladders.page?.bills[rung].usd ?? 0)).toBe(page);
    expect(Math.round(ladders.literal?.bills[rung].usd ?? 0)).toBe(literal);
  });

  test('rise from rung to rung', () => {
    for (const reading of ['page', 'literal'] as const) {
      const sums = rungNames.map((rung) => ladders[reading]?.bills[rung].usd ?? 0);
      expect(sums).toEqual([...sums].sort((a, b) => a - b));
    }
  });

  test('ten million users pay Cognito $33,885 whatever they do', () => {
    for (const reading of ['page', 'literal'] as const) {
      const bill = ladders[reading]?.bills['users+++++'];
      expect(bill && byService(bill).Cognito).toBeCloseTo(33_885, 6);
    }
  });
});

describe('what is written down', () => {
  test('measured.json is of the code as it is: else run "npm run bill:measure"', async () => {
    expect(measured.code).toBe(measuredCode(await synthesizeTarget(measuredTarget), Object.keys(manifest)));
  });

  test('docs/bill.md and docs/bill.svg are what "npm run bill -- --write" writes', async () => {
    const made = await documents((markdown) => format(markdown, { parser: 'markdown' }));
    for (const [path, text] of made)
      expect(readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8'), path).toBe(text);
  });

  test("infra/README.md says the rungs' prices", () => {
    const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
    const said = [...readme.matchAll(/^\| `(users\+*)` .* \| ([\d,]+) \/ ([\d,]+) \|$/gm)].map((row) => row.slice(1));
    expect(said).toEqual(
      rungNames.map((name) => [
        name,
        rungs[name].monthlyPrice.page.toLocaleString('en-US'),
        rungs[name].monthlyPrice.literal.toLocaleString('en-US'),
      ]),
    );
  });
});
