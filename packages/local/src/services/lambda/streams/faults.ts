import type { Batch } from './gather.ts';
import type { StreamRecord } from './eventStream.ts';

/** What may go wrong on the way from a stream to a function, for whoever injects it. Records are those of one batch. */
export interface StreamFaults {
  /** How many of them are delivered now, at least one; the rest comes with the next batch. */
  cut(records: readonly StreamRecord[]): number;
  /** How long the batch waits, in milliseconds. */
  delay(records: readonly StreamRecord[]): number;
  /** Whether it is forgotten afterwards that they were delivered. */
  forgets(records: readonly StreamRecord[]): boolean;
}

export const NO_FAULTS: StreamFaults = { cut: ({ length }) => length, delay: () => 0, forgets: () => false };

export function cutBatch(batch: Batch, faults: StreamFaults): Batch {
  if (batch.records.length === 0) return batch;
  const records = batch.records.slice(0, faults.cut(batch.records));
  return records.length === batch.records.length ? batch : { records, end: records.at(-1)!.dynamodb.SequenceNumber };
}
