import { beforeAll, describe, expect, test } from 'vitest';
import { evaluate } from '../evaluate.ts';
import { withMistake } from './draft.ts';
import { ruleMistakes } from './ruleMistakes.ts';
import type { System } from '../model/system.ts';
import { rules } from '../rules.ts';
import { systemsOf } from '../systems.ts';

async function linesOf(system: System, rule: string): Promise<string[]> {
  const chosen = rules.filter(({ id }) => id === rule);
  // Without waivers: what is waived for the system is not for the mistake.
  const { failures } = await evaluate(chosen, [system], { waivers: [], now: system.now, complete: false });
  return failures.map(({ message }) => message);
}

describe('a mistake in the Terraform of prod at the highest rung', () => {
  let system: System;

  beforeAll(async () => {
    [system] = (await systemsOf([{ stage: 'prod', rung: 'users+++++' }])) as [System];
  });

  test.each(ruleMistakes.map((mistake) => [mistake.title, mistake.rule, mistake] as const))(
    '%s: %s says so',
    async (_title, rule, { lines, make }) => {
      const before = new Set(await linesOf(system, rule));
      const after = await linesOf(withMistake(system, make), rule);
      expect(after.filter((line) => !before.has(line))).toEqual(lines);
    },
  );

  test('changes nothing when it is none', async () => {
    const untouched = withMistake(system, () => undefined);
    const options = { waivers: [], now: system.now, complete: false };
    const [before, after] = [await evaluate(rules, [system], options), await evaluate(rules, [untouched], options)];
    expect(after.failures).toEqual(before.failures);
  });

  test('is none when a function runs on nodejs24.x, which older providers refuse', async () => {
    const lines = await linesOf(
      withMistake(system, ({ add }) => add('api/aws_lambda_function.mistake', { runtime: 'nodejs24.x' })),
      'lambda/runtime',
    );
    expect(lines).toEqual([]);
  });
});

describe('each rule', () => {
  test.each(rules.map(({ id }) => [id]))('%s is shown to fail', (id) => {
    // Only the lowest rung has this rule, and it is shown there below.
    if (id === 'serverless/lowest-rung-idles-free') return;
    expect(ruleMistakes.map(({ rule }) => rule)).toContain(id);
  });

  test('of the lowest rung finds what is billed by the hour', async () => {
    const [lowest] = (await systemsOf([{ stage: 'dev', rung: 'users' }])) as [System];
    const lines = await linesOf(
      withMistake(lowest, ({ add }) => {
        add('api/aws_appsync_api_cache.mistake', {});
        add('data/aws_dynamodb_table.mistake', { billing_mode: 'PROVISIONED' });
      }),
      'serverless/lowest-rung-idles-free',
    );
    expect(lines).toEqual([
      'api/aws_appsync_api_cache.mistake (api/aws_appsync_api_cache.mistake) is billed while nobody calls: leave it to apiCache of a higher rung',
      "data/aws_dynamodb_table.mistake (data/aws_dynamodb_table.mistake) has capacity by the hour: set billingMode to 'PAY_PER_REQUEST'",
    ]);
  });
});
