import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import type { CloudWatchLogsDecodedData } from 'aws-lambda';
import type { Incident } from './incident.ts';

/** A kind of error is told once in so long, by each execution environment; there is rarely more than one. */
const QUIET_MILLISECONDS = 60 * 60_000;

/** Kinds that are remembered. Beyond, the oldest is forgotten and told of once more. */
const MAX_REMEMBERED = 500;

/** Bytes of unpacked log events; CloudWatch sends at most 1 MB packed, which could be made to be more. */
const MAX_UNPACKED_BYTES = 32 * 1024 * 1024;

/** Errors that differ in ids, numbers and times only. */
export interface ErrorGroup {
  readonly fingerprint: string;
  readonly logGroup: string;
  /** The first of them. */
  readonly example: string;
  readonly count: number;
  /** Of the first log event: makes the incident's id. */
  readonly eventId: string;
}

/** @param data as CloudWatch Logs sends it: base64 of gzip of JSON. */
export function errorGroups(data: string): ErrorGroup[] {
  const unpacked = gunzipSync(Buffer.from(data, 'base64'), { maxOutputLength: MAX_UNPACKED_BYTES });
  const { messageType, logGroup, logEvents } = JSON.parse(unpacked.toString()) as CloudWatchLogsDecodedData;
  // CloudWatch asks now and then whether anyone is there.
  if (messageType !== 'DATA_MESSAGE') return [];
  const groups = new Map<string, ErrorGroup>();
  for (const { id, message } of logEvents) {
    const fingerprint = createHash('sha256')
      .update(`${logGroup}\n${sameForAll(message)}`)
      .digest('hex')
      .slice(0, 16);
    const known = groups.get(fingerprint);
    groups.set(
      fingerprint,
      known ? { ...known, count: known.count + 1 } : { fingerprint, logGroup, example: message, count: 1, eventId: id },
    );
  }
  return [...groups.values()];
}

/** Without what differs each time: ids, times, numbers. */
function sameForAll(message: string): string {
  return essence(message)
    .replace(/\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/gi, '<id>')
    .replace(/\b[0-9A-HJKMNP-TV-Z]{26}\b/g, '<id>')
    .replace(/\b[0-9a-f]{16,}\b/gi, '<id>')
    .replace(/\d+/g, '<n>')
    .slice(0, 500);
}

/** Of a function's line, what it says of the error; of any other, the line. */
function essence(message: string): string {
  try {
    const line = JSON.parse(message) as Readonly<Record<string, unknown>>;
    const { errorType, errorMessage, message: said } = line;
    const told = [errorType, errorMessage, said].filter((part) => part !== undefined);
    return told.length > 0
      ? told.map((part) => (typeof part === 'string' ? part : JSON.stringify(part))).join(' ')
      : message;
  } catch {
    return message;
  }
}

const lastTold = new Map<string, number>();

/** Whether the group was not told of in the last hour; asking says that it is told now. */
export function isNews({ fingerprint }: ErrorGroup, now: number): boolean {
  const last = lastTold.get(fingerprint);
  if (last !== undefined && now - last < QUIET_MILLISECONDS) return false;
  lastTold.delete(fingerprint);
  lastTold.set(fingerprint, now);
  const [oldest] = lastTold.keys();
  if (lastTold.size > MAX_REMEMBERED && oldest !== undefined) lastTold.delete(oldest);
  return true;
}

/** What was not delivered after all is news again. */
export function forgetTold({ fingerprint }: ErrorGroup): void {
  lastTold.delete(fingerprint);
}

export function incidentOfErrors(group: ErrorGroup, service: string): Incident {
  const times = group.count === 1 ? 'once' : `${group.count} times`;
  return {
    key: `${service}/errors/${group.fingerprint}`,
    state: 'open',
    severity: 'warning',
    title: `${service}: an error in ${group.logGroup}, ${times} just now`,
    text: `${group.example.slice(0, 2_000)}\nThe same kind is told again after an hour. Section errors of docs/runbook.md`,
    id: uuidFrom(group.eventId),
  };
}

/** The same for the same event, in the form of a UUID of version 8. https://www.rfc-editor.org/rfc/rfc9562#section-5.8 */
function uuidFrom(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
