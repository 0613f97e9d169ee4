/** The calendar and clock formats of AWSDate, AWSTime and AWSDateTime: ISO 8601 in Java's reading, years may be negative. */
const OFFSET = '(?:Z|[+-](?<oh>\\d{2}):(?<om>\\d{2})(?::(?<os>\\d{2}))?)';
const DATE_PART = '-?(?<year>\\d{4})-(?<month>\\d{2})-(?<day>\\d{2})';
const TIME_PART = '(?<hour>\\d{2}):(?<minute>\\d{2})(?::(?<second>\\d{2})(?:\\.\\d{0,9})?)?';

const DATE = new RegExp(`^${DATE_PART}${OFFSET}?$`);
const TIME = new RegExp(`^${TIME_PART}${OFFSET}?$`);
const DATE_TIME = new RegExp(`^${DATE_PART}T${TIME_PART}${OFFSET}$`);

export const isDate = (text: string): boolean => matches(DATE, text);
export const isTime = (text: string): boolean => matches(TIME, text);
export const isDateTime = (text: string): boolean => matches(DATE_TIME, text);

const UPPER_BOUNDS = { month: 12, hour: 23, minute: 59, second: 59, oh: 18, om: 59, os: 59 } as const;

function matches(format: RegExp, text: string): boolean {
  const parts = format.exec(text)?.groups;
  if (parts === undefined) return false;
  for (const [part, bound] of Object.entries(UPPER_BOUNDS)) {
    const digits = parts[part];
    if (digits !== undefined && Number(digits) > bound) return false;
  }
  return parts.day === undefined || isCalendarDay(Number(parts.year), Number(parts.month), Number(parts.day));
}

function isCalendarDay(year: number, month: number, day: number): boolean {
  if (month < 1 || day < 1) return false;
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  return day <= (days[month - 1] ?? 0);
}
