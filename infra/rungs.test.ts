import { describe, expect, test } from 'vitest';
import { isAtLeast, rungNames, rungs, type RungSwitches } from './rungs.ts';

const ladder = rungNames.map((name) => rungs[name]);
const steps = ladder.slice(1).map((rung, at) => [ladder[at]!, rung] as const);

/** Off is 0, false and null. */
function isOn(value: RungSwitches[keyof RungSwitches]): boolean {
  return Boolean(value);
}

describe('the ladder', () => {
  test.each(steps.map(([lower, higher]) => [lower.title, higher.title, lower, higher] as const))(
    'turns nothing off between %s and %s, and something on',
    (_lower, _higher, lower, higher) => {
      const keys = Object.keys(lower.switches) as (keyof RungSwitches)[];
      expect(keys.filter((key) => isOn(lower.switches[key]) && !isOn(higher.switches[key]))).toEqual([]);
      expect(lower.switches).not.toEqual(higher.switches);
    },
  );

  test.each(steps.map(([lower, higher]) => [lower.title, higher.title, lower, higher] as const))(
    'carries on from %s to %s, for more users and more money',
    (_lower, _higher, lower, higher) => {
      expect(higher.from).toBe(lower.to);
      expect(higher.to).toBeGreaterThan(higher.from);
      expect(higher.monthlyPrice.page).toBeGreaterThan(lower.monthlyPrice.page);
      expect(higher.monthlyPrice.literal).toBeGreaterThan(lower.monthlyPrice.literal);
    },
  );

  test('has everything off at its foot', () => {
    const { timelineWriters, ...switches } = rungs.users.switches;
    expect(Object.values(switches).filter(isOn)).toEqual([]);
    // The fewest that an event source mapping takes.
    expect(timelineWriters).toBe(2);
  });

  test('is ordered', () => {
    expect(isAtLeast('users++', 'users++')).toBe(true);
    expect(isAtLeast('users+++++', 'users+')).toBe(true);
    expect(isAtLeast('users+', 'users++')).toBe(false);
  });
});
