import { MAX_SYNCHRONOUS_REQUEST_BYTES } from '../limits.ts';
import type { QueueMessage } from './messageQueue.ts';

/** A message as an element of `Records` (`SQSRecord` in @types/aws-lambda). */
export interface QueueRecord extends QueueMessage {
  readonly eventSource: 'aws:sqs';
  readonly eventSourceARN: string;
  readonly awsRegion: string;
}

export function recordOf(message: QueueMessage, queueArn: string): QueueRecord {
  return {
    ...message,
    eventSource: 'aws:sqs',
    eventSourceARN: queueArn,
    awsRegion: queueArn.split(':')[3] ?? '',
  };
}

/** The envelope `{"Records":[]}`. */
const ENVELOPE_BYTES = 14;

/** As JSON a body may be longer than it was: received is so much that it nearly always fits into one event. */
export const MAX_RECEIVED_BYTES = 5 * 1024 * 1024;

/** Records for one invocation each, so that none is larger than an event may be. */
export function splitBySize(records: readonly QueueRecord[]): readonly (readonly QueueRecord[])[] {
  const parts: QueueRecord[][] = [];
  let bytes = Infinity;
  for (const record of records) {
    const size = Buffer.byteLength(JSON.stringify(record)) + 1;
    bytes += size;
    if (bytes > MAX_SYNCHRONOUS_REQUEST_BYTES) {
      parts.push([]);
      bytes = ENVELOPE_BYTES + size;
    }
    parts.at(-1)!.push(record);
  }
  return parts;
}
