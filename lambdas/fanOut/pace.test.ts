import { afterEach, beforeEach, expect, test, vi } from 'vitest';

const waits: number[] = [];
vi.mock('node:timers/promises', () => ({ setTimeout: async (milliseconds: number) => void waits.push(milliseconds) }));
const { pacer } = await import('./pace.ts');

beforeEach(() => {
  waits.length = 0;
  vi.useFakeTimers({ toFake: ['performance'], now: 0 });
});
afterEach(() => vi.useRealTimers());

test('writes wait for those before them, at so many a second', async () => {
  const pace = pacer(2_500);
  for (let batch = 0; batch < 4; batch += 1) await pace(25);
  expect(waits).toEqual([10, 20, 30]);
});

test('room that was not used is not saved up', async () => {
  const pace = pacer(2_500);
  await pace(25);
  vi.advanceTimersByTime(60_000);
  for (let batch = 0; batch < 2; batch += 1) await pace(25);
  expect(waits).toEqual([10]);
});
