import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createAlarms } from '../../src/alarms.ts';
import { movableClock } from '../../src/clock.ts';

const NINE = Date.parse('2026-01-01T09:00:00Z');
const HOUR = 3_600_000;

beforeEach(() => void vi.useFakeTimers({ now: NINE }));
afterEach(() => void vi.useRealTimers());

function rung() {
  const clock = movableClock();
  const alarms = createAlarms(clock);
  const rings: string[] = [];
  const at = (time: number, name: string) => alarms.at(time, () => void rings.push(name));
  return { clock, alarms, rings, at };
}

describe('an alarm', () => {
  it('rings once when the machine gets to its time', () => {
    const { rings, at } = rung();
    at(NINE + 1_000, 'a');
    vi.advanceTimersByTime(999);
    expect(rings).toEqual([]);
    vi.advanceTimersByTime(1);
    vi.advanceTimersByTime(HOUR);
    expect(rings).toEqual(['a']);
  });

  it('rings in the order of time, and of setting, when the clock is moved past several', () => {
    const { clock, rings, at } = rung();
    at(NINE + 2 * HOUR, 'later');
    at(NINE + HOUR, 'first');
    at(NINE + HOUR, 'second');
    at(NINE + 9 * HOUR, 'not yet');
    clock.set(NINE + 3 * HOUR);
    expect(rings).toEqual(['first', 'second', 'later']);
  });

  it('waits while the clock stands still, and goes on when it is released', () => {
    const { clock, rings, at } = rung();
    clock.set(NINE);
    at(NINE + 1_000, 'a');
    vi.advanceTimersByTime(HOUR);
    expect(rings).toEqual([]);
    clock.release();
    expect(rings).toEqual(['a']);
  });

  it('of the past rings soon, after it was set', () => {
    const { clock, rings, at } = rung();
    clock.set(NINE);
    at(NINE - 1, 'a');
    expect(rings).toEqual([]);
    vi.advanceTimersByTime(0);
    expect(rings).toEqual(['a']);
  });

  it('does not ring when it was taken back', () => {
    const { alarms, rings, at } = rung();
    at(NINE + 1, 'a')();
    expect(alarms.next()).toBeNull();
    vi.advanceTimersByTime(HOUR);
    expect(rings).toEqual([]);
  });

  it('further away than a timer of Node reaches still rings in its time', () => {
    const { rings, at } = rung();
    at(NINE + 60 * 24 * HOUR, 'a');
    vi.advanceTimersByTime(60 * 24 * HOUR - 1);
    expect(rings).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(rings).toEqual(['a']);
  });

  it('tells the next time, and is silent after the end', () => {
    const { alarms, rings, at } = rung();
    at(NINE + 2_000, 'a');
    at(NINE + 1_000, 'b');
    expect(alarms.next()).toBe(NINE + 1_000);
    alarms.close();
    vi.advanceTimersByTime(HOUR);
    expect(rings).toEqual([]);
  });
});

describe('what repeats', () => {
  it('rings in each interval that the clock runs through, and nobody is told to stop for it', () => {
    const { alarms, rings } = rung();
    alarms.every(60_000, () => void rings.push('sweep'));
    vi.advanceTimersByTime(59_999);
    expect(rings).toEqual([]);
    vi.advanceTimersByTime(120_001);
    expect(rings).toEqual(['sweep', 'sweep', 'sweep']);
    expect(alarms.next()).toBeNull();
  });

  it('rings once for all that the clock jumps over', () => {
    const { alarms, clock, rings } = rung();
    alarms.every(60_000, () => void rings.push('sweep'));
    clock.set(NINE + HOUR);
    expect(rings).toEqual(['sweep']);
    clock.set(NINE + HOUR + 60_000);
    expect(rings).toEqual(['sweep', 'sweep']);
  });

  it('goes on when the clock was moved back', () => {
    const { alarms, clock, rings } = rung();
    alarms.every(60_000, () => void rings.push('sweep'));
    clock.set(NINE + HOUR);
    clock.release();
    vi.advanceTimersByTime(60_000);
    expect(rings).toEqual(['sweep', 'sweep']);
  });
});
