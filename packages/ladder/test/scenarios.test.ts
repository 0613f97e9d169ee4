import { describe, expect, test } from 'vitest';
import { advise } from '../src/advise/advise.ts';
import { adviceLines } from '../src/advise/lines.ts';
import { systemAt } from '../src/models/system.ts';
import { scenarios } from '../src/scenarios/scenarios.ts';
import { simulate } from '../src/simulate/simulate.ts';
import { steady } from '../src/traffic/shape.ts';

describe('each scenario breaks where it was expected to', { timeout: 120_000 }, () => {
  test.each(scenarios.map((scenario) => [scenario.name, scenario] as const))('%s', async (name, scenario) => {
    const { rung, given, load, expected, answer } = scenario;
    const settings = answer && 'alter' in answer ? [answer] : [];
    const advice = await advise({ rung, given, load: { ...load, seed: name }, settings });
    expect(advice.bottleneck?.resource ?? null).toBe(expected);
    const removing = advice.tried.find(({ removes }) => removes);
    const expectedAnswer = answer === null ? undefined : 'rung' in answer ? answer.rung : answer.name;
    expect(removing?.name).toBe(expectedAnswer);
    const text = adviceLines(advice, { rung, scenario, users: load.users }).join('\n');
    if (expected !== null) expect(text).toContain(`The first thing that does not suffice at ${rung} is ${expected}:`);
    if (expected !== null && !removing)
      expect(text).toContain('Nothing on the ladder removes it: the design has to change.');
  });
});

test('the same seed is the same outcome, byte for byte, and another is another', async () => {
  const system = await systemAt('users+++');
  const run = (seed: string): string =>
    JSON.stringify(simulate({ system, users: 100_000, seconds: 20, shape: steady, seed }));
  expect(run('a')).toBe(run('a'));
  expect(run('a')).not.toBe(run('b'));
}, 30_000);

test('what a rung bears is read from its Terraform', async () => {
  const system = await systemAt('users+++');
  expect(system.stores.get('posts.byTag')).toEqual({ warm: { reads: 24_000, writes: 8_000 }, provisioned: null });
  expect((await systemAt('users')).stores.get('posts')?.warm).toEqual({ reads: 12_000, writes: 4_000 });
  expect(system.kept.get('PublicPost')).toBe(30);
  expect(system.kept.has('Post')).toBe(false);
  expect(system.cached.get('Post.stats')).toBe(5);
  expect(system.cached.has('Query.trending')).toBe(false);
  expect(system.fanOut).toEqual({ threshold: 10_000, writesPerSecond: 6_000 });
}, 30_000);
