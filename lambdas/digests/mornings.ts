import type { Frequency } from '../shared/digestReaders.ts';
import { required } from '../shared/environment.ts';

const DAYS: Readonly<Record<Frequency, number>> = { DAILY: 1, WEEKLY: 7 };
const DAY_MILLISECONDS = 24 * 60 * 60 * 1_000;

/** The day of a time where the members are, `2025-01-31`. */
export function dayOf(at: string): string {
  const timeZone = required('DIGEST_TIME_ZONE');
  // Sweden writes dates as ISO does.
  return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(new Date(at));
}

/** Who gets a digest on that day: on Mondays those, too, who want one a week. */
export function dueOn(at: string): readonly Frequency[] {
  const timeZone = required('DIGEST_TIME_ZONE');
  const weekday = new Intl.DateTimeFormat('en-US', { timeZone, weekday: 'short' }).format(new Date(at));
  return weekday === 'Mon' ? ['DAILY', 'WEEKLY'] : ['DAILY'];
}

/** What the digest before it went up to: nobody is told twice of what they leave unread. */
export function since(at: string, frequency: Frequency): string {
  return new Date(Date.parse(at) - DAYS[frequency] * DAY_MILLISECONDS).toISOString();
}
