/**
 * How long one resolver takes in the APPSYNC_JS runtime: `node packages/local/bench/javascript.bench.ts`.
 * Prints the median over rounds of the processor time (other programs do not count) for a request and a response
 * handler together.
 */
import { systemClock } from '../src/clock.ts';
import { systemRandom } from '../src/random.ts';
import { createJavaScriptRuntime } from '../src/services/appsync/javascript/index.ts';
import type { EvaluationContext } from '../src/services/appsync/javascript/runtime.ts';

const ROUNDS = 40;
const RUNS_PER_ROUND = 1_000;

const RESOLVERS = {
  'get an item': `import { get } from '@aws-appsync/utils/dynamodb';
export const request = (ctx) => get({ key: { id: ctx.args.id } });
export const response = (ctx) => ctx.result;`,
  'query a page': `import { util } from '@aws-appsync/utils';
import { query } from '@aws-appsync/utils/dynamodb';
export function request(ctx) {
  const { userId, limit = 20, after } = ctx.args;
  if (limit > 100) util.error('The limit is 100.', 'BadRequest');
  return query({ query: { pk: { eq: userId }, sk: { lt: after ?? 'z' } }, limit, scanIndexForward: false });
}
export function response(ctx) {
  if (ctx.error) util.error(ctx.error.message, ctx.error.type);
  return { items: ctx.result.items.map((item) => ({ ...item, cursor: item.sk })), nextToken: ctx.result.nextToken };
}`,
  'update an item': `import { util } from '@aws-appsync/utils';
import { operations, update } from '@aws-appsync/utils/dynamodb';
export function request(ctx) {
  const { id, ...values } = ctx.args.input;
  ctx.stash.at = util.time.nowISO8601();
  return update({
    key: { id },
    update: { ...values, updatedAt: ctx.stash.at, version: operations.increment(1) },
    condition: { id: { attributeExists: true }, owner: { eq: ctx.identity.sub } },
  });
}
export const response = (ctx) => ctx.result;`,
};

const context: EvaluationContext = {
  args: { id: 'p1', userId: 'u1', input: { id: 'p1', title: 'Tokyo', body: 'At night', tags: ['night', 'city'] } },
  identity: {
    sub: 'u1',
    issuer: 'https://cognito-idp.ap-northeast-1.amazonaws.com/ap-northeast-1_local',
    username: 'u1',
    claims: { sub: 'u1', 'cognito:groups': ['editors'], email: 'u1@example.com', iat: 1, exp: 2 },
    sourceIp: ['127.0.0.1'],
    defaultAuthStrategy: 'ALLOW',
    groups: ['editors'],
  },
  source: null,
  stash: {},
  request: {
    headers: { host: 'localhost', 'user-agent': 'bench', accept: '*/*', authorization: 'x'.repeat(900) },
    domainName: null,
  },
  info: {
    fieldName: 'post',
    parentTypeName: 'Query',
    variables: { id: 'p1' },
    selectionSetList: ['id', 'title', 'author', 'author/id', 'author/name'],
    selectionSetGraphQL: '{ id title author { id name } }',
  },
  env: { TABLE: 'posts' },
  outErrors: [],
};
const items = Array.from({ length: 20 }, (_, index) => ({ pk: 'u1', sk: `p${index}`, title: 'Tokyo', likes: index }));

const runtime = createJavaScriptRuntime({ clock: systemClock, random: systemRandom });
for (const [title, code] of Object.entries(RESOLVERS)) {
  const module = runtime.load(code, title);
  const result = title === 'query a page' ? { items, nextToken: null, scannedCount: items.length } : items[0];
  const answered = { ...context, result };
  const rounds: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const start = process.threadCpuUsage().user;
    for (let run = 0; run < RUNS_PER_ROUND; run += 1) {
      const failed = module.evaluate('request', context).error ?? module.evaluate('response', answered).error;
      if (failed) throw new Error(failed.message);
    }
    rounds.push((process.threadCpuUsage().user - start) / RUNS_PER_ROUND);
  }
  const median = rounds.sort((a, b) => a - b)[ROUNDS / 2] ?? Number.NaN;
  console.log(`${title}: ${median.toFixed(1)} µs per request and response`);
}
