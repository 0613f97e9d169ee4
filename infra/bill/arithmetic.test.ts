import { describe, expect, test } from 'vitest';
import { capacityLines, capacityOf, perMonth, perSecond } from './arithmetic.ts';

describe('a month of 2.5 million seconds', () => {
  test.each([
    [1, 2_500_000],
    [40, 100_000_000],
    [400, 1_000_000_000],
  ])('turns %d a second into %d a month', (second, month) => {
    expect(perMonth(second)).toBe(month);
    expect(perSecond(month)).toBe(second);
  });
});

describe('ten million users', () => {
  test('write 400 times a second and read 40,000 times, 100 for each write', () => {
    expect(capacityOf()).toEqual({
      writesPerMonth: 1_000_000_000,
      readsPerMonth: 100_000_000_000,
      readsPerWrite: 100,
      writesPerSecond: 400,
      readsPerSecond: 40_000,
      bytesPerMonth: 1e12,
      bytesInThreeYears: 36e12,
    });
  });

  test('are told with both months', () => {
    const lines = capacityLines();
    expect(lines).toContain('writes/s                  400 (386 over 30 days)');
    expect(lines).toContain('reads/s                   40,000 (38,580 over 30 days)');
    expect(lines).toContain('new content a month       1 TB at 1,000 bytes a write');
    expect(lines).toContain('new content in 3 years    36 TB');
  });
});
