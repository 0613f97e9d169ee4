import { describe, expect, it } from 'vitest';
import { createAlarms } from '../../src/alarms.ts';
import { manualClock, movableClock } from '../../src/clock.ts';
import { createTraveller, type TravellerOptions } from '../../src/system/travel.ts';

const NINE = Date.parse('2026-01-01T09:00:00Z');
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

function setting(changes: Partial<TravellerOptions> = {}) {
  const machine = manualClock(NINE);
  const clock = movableClock(machine);
  const alarms = createAlarms(clock);
  const happened: string[] = [];
  const tell = (what: string): void =>
    void happened.push(`${new Date(clock.now()).toISOString().slice(11, 16)} ${what}`);
  let ran: (name: string) => void = () => undefined;
  const traveller = createTraveller({
    clock,
    alarms,
    nextExpiry: () => null,
    sweep: () => undefined,
    settle: async () => tell('settled'),
    onScheduleRun: (listener) => {
      ran = listener;
      return () => (ran = () => undefined);
    },
    ...changes,
  });
  /** Rings each hour, from ten on. */
  const hourly = (time = NINE + HOUR): void =>
    void alarms.at(time, () => {
      tell('rang');
      ran('hourly');
      hourly(time + HOUR);
    });
  return { machine, clock, alarms, traveller, happened, tell, hourly };
}

describe('a clock that is moved forward', () => {
  it('stands still at each time that something waits for, until all is processed', async () => {
    const { traveller, happened, hourly } = setting();
    hourly();
    const journey = await traveller.travel(NINE + 2.5 * HOUR);
    expect(happened).toEqual([
      '09:00 settled',
      '10:00 rang',
      '10:00 settled',
      '11:00 rang',
      '11:00 settled',
      '11:30 settled',
    ]);
    expect(journey).toEqual({ to: NINE + 2.5 * HOUR, state: 'ARRIVED', stops: 2, runs: new Map([['hourly', 2]]) });
  });

  it('stops for what is set on the way, and for what was due before', async () => {
    const { alarms, traveller, happened, tell } = setting();
    alarms.at(NINE - HOUR, () => tell('overdue'));
    alarms.at(NINE + HOUR, () => {
      tell('first');
      alarms.at(NINE + 2 * HOUR, () => tell('second'));
    });
    await traveller.travel(NINE + 3 * HOUR);
    expect(happened.filter((what) => !what.endsWith('settled'))).toEqual([
      '09:00 overdue',
      '10:00 first',
      '11:00 second',
    ]);
  });

  it('stops where items expire, at the end of the minute, and sweeps them', async () => {
    const expiries = [NINE + 10_000, NINE + 20_000, NINE + HOUR];
    const { clock, traveller, happened, tell } = setting({
      nextExpiry: () => expiries.find((time) => time > clock.now()) ?? null,
      sweep: () => tell('swept'),
    });
    await traveller.travel(NINE + 2 * HOUR);
    expect(happened.filter((what) => what.endsWith('swept'))).toEqual([
      '09:00 swept',
      '09:01 swept',
      '10:00 swept',
      '11:00 swept',
    ]);
  });

  it('goes on from there as it went before', async () => {
    const { machine, clock, traveller } = setting();
    await traveller.travel(NINE + HOUR);
    machine.advance(MINUTE);
    expect([clock.now(), clock.isStopped()]).toEqual([NINE + HOUR + MINUTE, false]);
    clock.set(clock.now());
    await traveller.travel(NINE + 2 * HOUR);
    machine.advance(MINUTE);
    expect([clock.now(), clock.isStopped()]).toEqual([NINE + 2 * HOUR, true]);
  });
});

describe('a journey', () => {
  it('into the past is refused', () => {
    const { traveller } = setting();
    expect(() => traveller.travel(NINE - 1)).toThrow(
      '2026-01-01T08:59:59.999Z has passed: it is 2026-01-01T09:00:00.000Z',
    );
    expect(traveller.journey()).toBeNull();
  });

  it('is refused while another is under way', async () => {
    const { traveller } = setting();
    const first = traveller.travel(NINE + HOUR);
    expect(() => traveller.travel(NINE + 2 * HOUR)).toThrow('The clock moves to 2026-01-01T10:00:00.000Z');
    await first;
    expect((await traveller.travel(NINE + 2 * HOUR)).state).toBe('ARRIVED');
  });

  it('ends at its next stop when it is cancelled', async () => {
    const { clock, traveller, hourly } = setting({
      settle: async () => {
        if (clock.now() === NINE + 2 * HOUR) traveller.cancel();
      },
    });
    hourly();
    expect(await traveller.travel(NINE + 9 * HOUR)).toMatchObject({ state: 'CANCELLED', stops: 2 });
    expect(clock.now()).toBe(NINE + 2 * HOUR);
  });

  it('with too many stops ends where it is, and names the schedule that makes them', async () => {
    const { clock, traveller, hourly } = setting({ maximumStops: 3 });
    hourly();
    await expect(traveller.travel(NINE + 9 * HOUR)).rejects.toThrow(
      'After 3 stops the clock is not at 2026-01-01T18:00:00.000Z yet: the schedule hourly alone has run 3 times. ' +
        'Go on from here, or jump there (--jump)',
    );
    expect(clock.now()).toBe(NINE + 3 * HOUR);
    expect(traveller.journey()).toMatchObject({ state: 'FAILED', stops: 3 });
  });

  it('through a system that does not come to rest ends, and says where', async () => {
    const { traveller } = setting({ settle: () => new Promise(() => undefined), patienceMilliseconds: 10 });
    await expect(traveller.travel(NINE + HOUR)).rejects.toThrow(
      'The system has not come to rest at 2026-01-01T09:00:00.000Z for 0.01 seconds',
    );
  });
});
