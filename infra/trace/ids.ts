import { OperatorError } from '../deployed/operatorError.ts';

/** What a person has of a request: its trace id, or the id that AppSync or Lambda gave it. */
export type RequestReference =
  { readonly kind: 'trace'; readonly id: string } | { readonly kind: 'request'; readonly id: string };

const TRACE = /^(?:.*\bRoot=)?(1-[0-9a-f]{8}-[0-9a-f]{24})(?:;.*)?$/;
const REQUEST = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** @throws OperatorError */
export function readReference(text: string): RequestReference {
  const given = text.trim().toLowerCase().replace('root=', 'Root=');
  const trace = TRACE.exec(given)?.[1];
  if (trace !== undefined) return { kind: 'trace', id: trace };
  if (REQUEST.test(given)) return { kind: 'request', id: given };
  throw new OperatorError(
    `"${text}" is no id of a request. A trace id looks like 1-67891233-abcdef012345678912345678 (the header hiroba-trace of an ` +
      'answer), a request id like a UUID (x-amzn-requestid).',
  );
}

const DAY = 24 * 60 * 60 * 1000;
/** Clocks differ, and a client may make its trace id before it sends the request. */
const MARGIN = 5 * 60 * 1000;

/** When the trace began, by its id (epoch milliseconds); null when that cannot be, as with one that a client made up. */
export function beginningOf(trace: string, now: number): number | null {
  const at = Number.parseInt(trace.split('-')[1] ?? '', 16) * 1000;
  return at > now - 400 * DAY && at < now + MARGIN ? at - MARGIN : null;
}

const UNITS = { m: 60_000, h: 3_600_000, d: DAY } as const;

/** `90m`, `1h`, `2d` in milliseconds. @throws OperatorError */
export function readDuration(text: string): number {
  const [, count, unit] = /^(\d{1,5})([mhd])$/.exec(text) ?? [];
  if (count === undefined || unit === undefined) {
    throw new OperatorError(`"${text}" is no time: write a number of m, h or d, as 90m, 1h or 2d.`);
  }
  return Number(count) * UNITS[unit as keyof typeof UNITS];
}
