const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** How far the clocks of the two sides, and the start and end of a run, may lie apart. */
const NEAR_MS = HOUR_MS;

const TIME = /\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g;
const ULID = /\b[0-7][0-9A-HJKMNP-TV-Z]{25}\b/g;
const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** What the moment of a run is told by. */
export interface Moment {
  /** Epoch milliseconds. */
  readonly now: number;
  /** What the run was given. Its numbers are of no moment: an expiry in it is whole days from now once a day. */
  readonly given: unknown;
}

/**
 * A value with every part that depends on when it was made, or on chance, replaced by a word for it: `<now>`, `<ulid>`,
 * `<now + 30 d>` for an expiry in epoch seconds. What came with the context stays: its times are of another month, and
 * its numbers are known.
 */
export function withoutMoment(value: unknown, { now, given }: Moment): unknown {
  return replaced(value, now, new Set(numbersOf(given)));
}

function replaced(value: unknown, now: number, given: ReadonlySet<number>): unknown {
  if (typeof value === 'string') return textWithoutMoment(value, now);
  if (typeof value === 'number') return given.has(value) ? value : numberWithoutMoment(value, now);
  if (Array.isArray(value)) return value.map((element) => replaced(element, now, given));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, member]) => [
    textWithoutMoment(key, now),
    replaced(member, now, given),
  ]);
  return Object.fromEntries(entries);
}

function numbersOf(value: unknown): readonly number[] {
  if (typeof value === 'number') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(numbersOf) : [];
}

function textWithoutMoment(text: string, now: number): string {
  return text
    .replaceAll(TIME, (found) => (near(Date.parse(found), now) ? '<now>' : found))
    .replaceAll(ULID, (found) => (near(timeOfUlid(found), now) ? '<ulid>' : found));
}

/** Epoch milliseconds and seconds, also those of whole days ahead. */
function numberWithoutMoment(value: number, now: number): unknown {
  if (near(value, now)) return '<now>';
  const days = Math.round((value * 1000 - now) / DAY_MS);
  if (days < 0 || days > 4000 || !near(value * 1000, now + days * DAY_MS)) return value;
  return days === 0 ? '<now>' : `<now + ${days} d>`;
}

function near(time: number, now: number): boolean {
  return Math.abs(time - now) < NEAR_MS;
}

/** The first ten characters are milliseconds. https://github.com/ulid/spec */
function timeOfUlid(ulid: string): number {
  return [...ulid.slice(0, 10)].reduce((time, character) => time * 32 + CROCKFORD.indexOf(character), 0);
}
