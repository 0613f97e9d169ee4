import { invalidParameter } from '../errors.ts';
import type { LogEvent } from '../model.ts';

/** In the order of their times; those of the same time as they came. */
export function inOrder(events: readonly LogEvent[]): LogEvent[] {
  return events.toSorted((a, b) => a.timestamp - b.timestamp || a.number - b.number);
}

/** The place of an event in that order, as the tokens of pages have it. */
export interface Place {
  readonly timestamp: number;
  readonly number: number;
}

export function isAfter(event: LogEvent, { timestamp, number }: Place): boolean {
  return event.timestamp > timestamp || (event.timestamp === timestamp && event.number > number);
}

export const tokenOf = ({ timestamp, number }: Place): string =>
  Buffer.from(`${timestamp}/${number}`).toString('base64url');

/** Throws `InvalidParameterException`. */
export function placeOf(token: string): Place {
  const [, timestamp, number] = /^(-?\d{1,16})\/(-?\d{1,16})$/.exec(Buffer.from(token, 'base64url').toString()) ?? [];
  if (timestamp === undefined || number === undefined) throw invalidParameter('The specified nextToken is invalid.');
  return { timestamp: Number(timestamp), number: Number(number) };
}

/** At most 1 MB of an answer, and so many events. */
export function pageOf(events: readonly LogEvent[], limit: number): readonly LogEvent[] {
  let bytes = 0;
  const end = events.findIndex(({ message }, index) => {
    bytes += Buffer.byteLength(message);
    return index >= limit || (index > 0 && bytes > MAX_ANSWER_BYTES);
  });
  return end < 0 ? events : events.slice(0, end);
}

const MAX_ANSWER_BYTES = 1024 * 1024;
export const MAX_LIMIT = 10_000;
