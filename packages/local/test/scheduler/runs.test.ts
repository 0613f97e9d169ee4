import { describe, expect, it } from 'vitest';
import { scheduleOf, setting } from './support.ts';

const times = (invoked: readonly string[]): string[] => invoked.map((payload) => JSON.parse(payload) as string);

describe('a schedule', () => {
  it('with a rate runs at once, and again after each interval', async () => {
    const { scheduler, invoked, runUntil } = setting();
    scheduler.replace([scheduleOf({ expression: 'rate(20 minutes)' })]);
    await runUntil('2026-03-01T09:59:59Z');
    expect(times(invoked)).toEqual(['2026-03-01T09:00:00Z', '2026-03-01T09:20:00Z', '2026-03-01T09:40:00Z']);
  });

  it('runs from its start date on, and before its end date', async () => {
    const { scheduler, invoked, runUntil } = setting();
    scheduler.replace([
      scheduleOf({
        expression: 'rate(10 minutes)',
        startDate: Date.parse('2026-03-01T10:05:00Z'),
        endDate: Date.parse('2026-03-01T10:25:00Z'),
      }),
      scheduleOf({
        name: 'hourly',
        expression: 'cron(0 * * * ? *)',
        startDate: Date.parse('2026-03-01T11:00:00Z'),
        endDate: Date.parse('2026-03-01T12:00:00Z'),
      }),
    ]);
    await runUntil('2026-03-01T14:00:00Z');
    expect(times(invoked)).toEqual(['2026-03-01T10:05:00Z', '2026-03-01T10:15:00Z', '2026-03-01T11:00:00Z']);
  });

  it('that is disabled does not run', async () => {
    const { scheduler, invoked, runUntil } = setting();
    scheduler.replace([scheduleOf({ enabled: false })]);
    await runUntil('2026-03-01T10:00:00Z');
    expect(invoked).toEqual([]);
  });

  it('that is gone does not run any more, and a changed one runs as it is now', async () => {
    const { scheduler, invoked, runUntil } = setting();
    scheduler.replace([scheduleOf({ name: 'a' }), scheduleOf({ name: 'b', expression: 'cron(30 9 * * ? *)' })]);
    await runUntil('2026-03-01T09:01:30Z');
    scheduler.replace([scheduleOf({ name: 'b', expression: 'cron(45 9 * * ? *)' })]);
    await runUntil('2026-03-01T10:00:00Z');
    expect(times(invoked)).toEqual(['2026-03-01T09:00:00Z', '2026-03-01T09:01:00Z', '2026-03-01T09:45:00Z']);
  });

  it('goes on in its beat after a restart', async () => {
    const first = setting();
    first.scheduler.replace([scheduleOf({ expression: 'rate(1 hour)' })]);
    await first.runUntil('2026-03-01T09:10:00Z');
    const second = setting({ database: first.database, start: '2026-03-01T09:40:00Z' });
    second.scheduler.replace([scheduleOf({ expression: 'rate(1 hour)' })]);
    await second.runUntil('2026-03-01T10:30:00Z');
    expect(times(second.invoked)).toEqual(['2026-03-01T10:00:00Z']);
  });
});

describe('a one-time schedule', () => {
  const once = scheduleOf({ expression: 'at(2026-03-01T09:30:00)' });

  it('runs once, also over a restart', async () => {
    const first = setting();
    first.scheduler.replace([once]);
    await first.runUntil('2026-03-01T10:00:00Z');
    expect(times(first.invoked)).toEqual(['2026-03-01T09:30:00Z']);
    const second = setting({ database: first.database });
    second.scheduler.replace([once]);
    await second.runUntil('2026-03-02T00:00:00Z');
    expect(second.invoked).toEqual([]);
  });

  it('whose time has passed without a run runs at once', async () => {
    const { scheduler, invoked, runUntil } = setting({ start: '2026-05-01T00:00:00Z' });
    scheduler.replace([once]);
    await runUntil('2026-05-01T00:00:01Z');
    expect(times(invoked)).toEqual(['2026-03-01T09:30:00Z']);
  });

  it('runs again when its time was changed', async () => {
    const { scheduler, invoked, runUntil } = setting();
    scheduler.replace([once]);
    await runUntil('2026-03-01T10:00:00Z');
    scheduler.replace([scheduleOf({ expression: 'at(2026-03-01T11:00:00)' })]);
    await runUntil('2026-03-01T12:00:00Z');
    expect(times(invoked)).toEqual(['2026-03-01T09:30:00Z', '2026-03-01T11:00:00Z']);
  });
});

describe('a flexible time window', () => {
  it('lets each run wait for some time within it, and the scheduled time is that of the expression', async () => {
    const { scheduler, clock, runUntil } = setting();
    const delays: number[] = [];
    scheduler.onRun(() => delays.push((clock.now() - Date.parse('2026-03-01T09:00:00Z')) / 60_000));
    scheduler.replace([
      scheduleOf({
        expression: 'cron(0 10-14 * * ? *)',
        flexibleWindowMinutes: 15,
        target: { input: null },
      }),
    ]);
    await runUntil('2026-03-01T15:00:00Z');
    const late = delays.map((minutes) => minutes % 60);
    expect(late).toHaveLength(5);
    expect(Math.max(...late)).toBeLessThan(15);
    expect(new Set(late).size).toBe(5);
  });
});

describe('a clock that jumps', () => {
  it('over the time of a schedule makes it miss the run, as a machine that sleeps', async () => {
    const { scheduler, clock, invoked, runUntil } = setting();
    scheduler.replace([scheduleOf({ expression: 'cron(0 10 * * ? *)' })]);
    clock.set(Date.parse('2026-03-03T12:00:00Z'));
    await runUntil('2026-03-04T12:00:00Z');
    expect(times(invoked)).toEqual(['2026-03-04T10:00:00Z']);
  });

  it('back lets the schedule run at the times that come again', async () => {
    const { scheduler, clock, invoked, runUntil } = setting();
    scheduler.replace([scheduleOf({ expression: 'cron(0 10 * * ? *)' })]);
    await runUntil('2026-06-01T12:00:00Z');
    invoked.splice(0);
    clock.set(Date.parse('2026-03-01T09:00:00Z'));
    await runUntil('2026-03-02T12:00:00Z');
    expect(times(invoked)).toEqual(['2026-03-01T10:00:00Z', '2026-03-02T10:00:00Z']);
  });
});

describe('running a schedule now', () => {
  it('calls its target, also of a disabled one, and changes nothing of its times', async () => {
    const { scheduler, invoked, runUntil } = setting();
    scheduler.replace([scheduleOf({ expression: 'cron(0 10 * * ? *)', enabled: false })]);
    expect(await scheduler.runNow('water')).toEqual({ delivered: true });
    await runUntil('2026-03-02T12:00:00Z');
    expect(times(invoked)).toEqual(['2026-03-01T09:00:00Z']);
  });

  it('is refused for a name that no schedule has', () => {
    const { scheduler } = setting();
    scheduler.replace([scheduleOf()]);
    expect(() => scheduler.runNow('sow')).toThrow(
      expect.objectContaining({ code: 'ResourceNotFoundException', message: 'Schedule sow does not exist.' }),
    );
  });
});
