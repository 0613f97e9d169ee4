import { MAX_SYNCHRONOUS_REQUEST_BYTES } from '../limits.ts';
import type { RecordFilter } from '../batches/eventPattern.ts';
import type { EventStream, StreamRecord } from './eventStream.ts';

/** Records for one invocation. */
export interface Batch {
  readonly records: readonly StreamRecord[];
  /** The last record looked at, those that a filter left out included; `null` when nothing was there. */
  readonly end: string | null;
}

export interface GatherOptions {
  readonly stream: EventStream;
  readonly batchSize: number;
  readonly matches: RecordFilter;
  /** Called when the stream has no more and the batch is not full: resolves to whether to look again. */
  readonly waitForMore: () => Promise<boolean>;
}

/** The envelope `{"Records":[]}` and a comma per record. */
const ENVELOPE_BYTES = 14;

/** How many records are looked at in one go, so that a filter that takes few does not hold up everything else. */
const MAX_SCANNED = 10_000;

/** Reads on behind `position` until a batch is full in number or bytes, or there is no reason to wait. */
export async function gather(
  position: string | null,
  { stream, batchSize, matches, waitForMore }: GatherOptions,
): Promise<Batch> {
  const records: StreamRecord[] = [];
  let bytes = ENVELOPE_BYTES;
  let end: string | null = null;
  for (let scanned = 0; scanned < MAX_SCANNED;) {
    const page = stream.read(end ?? position, batchSize);
    for (const record of page) {
      if (matches(record)) {
        bytes += Buffer.byteLength(JSON.stringify(record)) + 1;
        if (records.length > 0 && bytes > MAX_SYNCHRONOUS_REQUEST_BYTES) return { records, end };
        records.push(record);
      }
      end = record.dynamodb.SequenceNumber;
      if (records.length === batchSize) return { records, end };
    }
    scanned += page.length;
    if (page.length === 0 && (records.length === 0 || !(await waitForMore()))) break;
  }
  return { records, end };
}
