import { expect, it } from 'vitest';
import { manualClock, movableClock } from '../../src/clock.ts';

const NINE = Date.parse('2026-01-01T09:00:00Z');
const HOUR = 3_600_000;

function moved() {
  const machine = manualClock(NINE);
  return { machine, clock: movableClock(machine) };
}

it('follows the machine until it is moved, and again when it is released', () => {
  const { machine, clock } = moved();
  machine.advance(5);
  expect([clock.now(), clock.ahead(), clock.isStopped()]).toEqual([NINE + 5, 0, false]);
  clock.set(NINE + HOUR);
  machine.advance(5);
  expect([clock.now(), clock.ahead(), clock.isStopped()]).toEqual([NINE + HOUR, HOUR - 10, true]);
  clock.release();
  expect([clock.now(), clock.ahead(), clock.isStopped()]).toEqual([NINE + 10, 0, false]);
});

it('goes on from another time as fast as the machine', () => {
  const { machine, clock } = moved();
  clock.runFrom(NINE + HOUR);
  machine.advance(1_000);
  expect([clock.now(), clock.ahead(), clock.isStopped()]).toEqual([NINE + HOUR + 1_000, HOUR, false]);
  clock.advance(1_000);
  machine.advance(1_000);
  expect([clock.now(), clock.isStopped()]).toEqual([NINE + HOUR + 2_000, true]);
});

it('tells of each move', () => {
  const { clock } = moved();
  const told: number[] = [];
  clock.onMove(() => told.push(clock.now() - NINE));
  clock.set(NINE + 1);
  clock.advance(1);
  clock.runFrom(NINE + 3);
  clock.release();
  expect(told).toEqual([1, 2, 3, 0]);
});
