import { describe, expect, it } from 'vitest';
import { createFaults, type FaultOptions } from '../../src/faults/faults.ts';

/** The decisions about ten occurrences of each key. */
const decisions = (seed: string, keys: readonly string[]): string[] => {
  const faults = createFaults({ seed, rates: { streamCut: 0.5 }, most: 100 });
  return keys.map((key) => Array.from({ length: 10 }, () => (faults.strikes('streamCut', key) ? 'x' : '.')).join(''));
};

describe('a decision', () => {
  it('is the same for the same seed and thing, in whatever order they are decided about', () => {
    const forwards = decisions('seed', ['a', 'b', 'c']);
    expect(decisions('seed', ['c', 'b', 'a'])).toEqual(forwards.toReversed());
    expect(forwards).toEqual(['..xxx.....', '..x..x..xx', '.x.....x..']);
    expect(decisions('other', ['a', 'b', 'c'])).not.toEqual(forwards);
  });

  it('falls as often as the rate says', () => {
    const faults = createFaults({ seed: 'seed', rates: { workerKilled: 0.2 } });
    const struck = Array.from({ length: 10_000 }, (_, index) => faults.strikes('workerKilled', String(index)));
    expect(struck.filter(Boolean).length).toBeGreaterThan(1_850);
    expect(struck.filter(Boolean).length).toBeLessThan(2_150);
  });

  it('never falls for a rate of 0, or without one', () => {
    const faults = createFaults({ seed: 'seed', rates: { workerKilled: 0 } });
    expect([faults.has('workerKilled'), faults.has('streamCut')]).toEqual([false, false]);
    expect(faults.strikes('workerKilled', 'a')).toBe(false);
    expect(faults.strikes('streamCut', 'a')).toBe(false);
  });

  it('falls on the same thing three times at most, or as often as is said', () => {
    const strikes = (most?: number): number => {
      const faults = createFaults({ seed: 'seed', rates: { streamCut: 1 }, ...(most === undefined ? {} : { most }) });
      return Array.from({ length: 10 }, () => faults.strikes('streamCut', 'a')).filter(Boolean).length;
    };
    expect([strikes(), strikes(1)]).toEqual([3, 1]);
  });
});

it('counts what was injected, by kind', () => {
  const faults = createFaults({ seed: 'seed', rates: { streamCut: 1, s3SlowDown: 1 } });
  faults.strikes('streamCut', 'a');
  faults.strikes('streamCut', 'b');
  faults.strikes('s3SlowDown', 'a');
  faults.strikes('workerKilled', 'a');
  expect(faults.counts()).toEqual({
    streamCut: 2,
    streamDelayed: 0,
    streamRedelivered: 0,
    queueDuplicated: 0,
    queueDelayed: 0,
    dynamodbThrottled: 0,
    dynamodbConflict: 0,
    sesThrottled: 0,
    s3SlowDown: 1,
    workerKilled: 0,
    notificationDuplicated: 0,
  });
});

it('gives a fraction that is the same for the same occurrence', () => {
  const fractions = (): number[] => {
    const faults = createFaults({ seed: 'seed', rates: { streamDelayed: 1 } });
    return [1, 2].map(() => {
      faults.strikes('streamDelayed', 'a');
      return faults.fraction('streamDelayed', 'a');
    });
  };
  const [first = -1, second = -1] = fractions();
  expect(fractions()).toEqual([first, second]);
  expect(first).not.toBe(second);
  expect(Math.min(first, second)).toBeGreaterThanOrEqual(0);
  expect(Math.max(first, second)).toBeLessThan(1);
});

it.each([
  [{ rates: { streamCut: 1.5 } }, 'The rate of streamCut must be between 0 and 1, not 1.5'],
  [{ rates: { streamCut: Number.NaN } }, 'The rate of streamCut must be between 0 and 1, not NaN'],
  [{ rates: { earthquake: 1 } }, 'There is no fault "earthquake"'],
  [{ rates: {}, shards: 0 }, 'shards must be a whole number from 1, not 0'],
])('refuses %j', (options, message) => {
  expect(() => createFaults({ seed: 'seed', ...options } as FaultOptions)).toThrow(message);
});
