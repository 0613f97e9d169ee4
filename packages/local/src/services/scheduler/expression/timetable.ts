import { Cron } from 'croner';
import { invalidExpression, validationError } from '../errors.ts';
import { MAX_EXPRESSION_CHARACTERS } from '../limits.ts';
import { toCronerPattern } from './cronFields.ts';
import { timeZone, type TimeZone } from './timeZone.ts';

/** When a schedule runs. Times are epoch milliseconds. */
export interface Timetable {
  /** Whether it runs once and no more. */
  readonly isOneTime: boolean;
  /** The first run behind `after`, or null when there is none. `base` is when a rate begins. */
  next(after: number, base: number): number | null;
}

/**
 * Reads a schedule expression.
 *
 * Throws `AwsError` `ValidationException` in AWS's words.
 */
export function parseExpression(expression: string, zoneName: string): Timetable {
  const zone = timeZone(zoneName);
  if (!zone) throw validationError(`Invalid ScheduleExpressionTimezone ${zoneName}.`);
  if (expression.length > MAX_EXPRESSION_CHARACTERS) throw invalidExpression(expression);
  const [, kind, text = ''] = /^(cron|rate|at)\((.*)\)$/.exec(expression) ?? [];
  const timetable = kind === undefined ? null : READERS[kind as Kind](text, zone);
  if (!timetable) throw invalidExpression(expression);
  return timetable;
}

type Kind = 'cron' | 'rate' | 'at';

const READERS: Readonly<Record<Kind, (text: string, zone: TimeZone) => Timetable | null>> = {
  cron: readCron,
  rate: readRate,
  at: readAt,
};

/**
 * The calendar is that of a clock in UTC, and each local time found is looked up in the zone: one that does not exist is
 * skipped, one that comes twice runs the first time (User Guide, "Daylight savings time on EventBridge Scheduler"). Croner
 * itself would run the first at the end of the gap.
 */
function readCron(text: string, zone: TimeZone): Timetable | null {
  const pattern = toCronerPattern(text);
  if (pattern === null) return null;
  const calendar = new Cron(pattern, { mode: '7-part', timezone: 'UTC', alternativeWeekdays: true, paused: true });
  return {
    isOneTime: false,
    next(after) {
      for (let local = calendar.nextRun(new Date(zone.localTime(after))); local; local = calendar.nextRun(local)) {
        const instant = zone.instantOf(local.getTime());
        if (instant !== null && instant > after) return instant;
      }
      return null;
    },
  };
}

const UNIT_MILLISECONDS = { minute: 60_000, hour: 3_600_000, day: 86_400_000 } as const;

/** A day is 24 hours here, whatever the zone does to it. */
function readRate(text: string): Timetable | null {
  const [, count, unit] = /^([1-9]\d{0,8}) (minute|hour|day)s?$/.exec(text) ?? [];
  if (unit === undefined) return null;
  const interval = Number(count) * UNIT_MILLISECONDS[unit as keyof typeof UNIT_MILLISECONDS];
  return {
    isOneTime: false,
    next: (after, base) => (after < base ? base : base + (Math.floor((after - base) / interval) + 1) * interval),
  };
}

function readAt(text: string, zone: TimeZone): Timetable | null {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/.test(text)) return null;
  const local = Date.parse(`${text}Z`);
  // `Date` would take 30 February for 2 March.
  if (Number.isNaN(local) || !new Date(local).toISOString().startsWith(text)) return null;
  const instant = zone.instantOf(local);
  return { isOneTime: true, next: (after) => (instant !== null && instant > after ? instant : null) };
}
