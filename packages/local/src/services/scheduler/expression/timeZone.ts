/**
 * Times of a place. A local time is told as the epoch milliseconds at which a clock in UTC would show it, so that calendar
 * arithmetic on it knows no daylight saving.
 */
export interface TimeZone {
  localTime(instant: number): number;
  /** When that local time is: null where it is skipped, the first of two where it comes twice. */
  instantOf(localTime: number): number | null;
}

const DAY_MILLISECONDS = 86_400_000;

/** Null for a name that is not in the IANA time zone database. */
export function timeZone(name: string): TimeZone | null {
  // Node takes offsets as `+09:00` for zones; AWS does not.
  if (!/^[A-Za-z]/.test(name)) return null;
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat('en-US', { ...WHOLE_SECONDS, timeZone: name });
  } catch {
    return null;
  }
  const localTime = (instant: number): number => readLocalTime(format, instant);
  return {
    localTime,
    instantOf(wanted) {
      // The offsets of the day before and the day after are the only ones that can hold in between.
      const offsets = [wanted - DAY_MILLISECONDS, wanted + DAY_MILLISECONDS].map((near) => localTime(near) - near);
      const instants = offsets.map((offset) => wanted - offset).filter((instant) => localTime(instant) === wanted);
      return instants.length === 0 ? null : Math.min(...instants);
    },
  };
}

const WHOLE_SECONDS = {
  hourCycle: 'h23',
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  hour: 'numeric',
  minute: 'numeric',
  second: 'numeric',
} as const satisfies Intl.DateTimeFormatOptions;

function readLocalTime(format: Intl.DateTimeFormat, instant: number): number {
  const parts = new Map(format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
  const part = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type)!;
  const whole = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
  return whole + (((instant % 1000) + 1000) % 1000);
}
