import type { JsonValue } from '../../../json.ts';
import type { StreamRecord } from './eventStream.ts';

/** `from` is the index of the first record that has to be tried again; everything before it is done. */
export type BatchResult = { readonly from: null } | { readonly from: number; readonly reason: string };

const DONE: BatchResult = { from: null };

/**
 * Reads what a function with `ReportBatchItemFailures` returned (Lambda Developer Guide, "Configuring partial batch response
 * with DynamoDB and Lambda"): nothing, or no failures, is success; the lowest of the reported sequence numbers is where to go
 * on; a report that cannot be understood fails the whole batch.
 */
export function readBatchResponse(payload: string, records: readonly StreamRecord[]): BatchResult {
  const response = JSON.parse(payload) as JsonValue;
  if (response === null) return DONE;
  if (typeof response !== 'object' || Array.isArray(response)) return allFailed('the response is no object');
  const failures = response.batchItemFailures ?? [];
  if (!Array.isArray(failures)) return allFailed('batchItemFailures is no list');
  const indexes = failures.map((failure) => indexOf(failure, records));
  if (indexes.length === 0) return DONE;
  if (indexes.includes(-1))
    return allFailed('batchItemFailures has an element without the sequence number of a record of the batch');
  return { from: Math.min(...indexes), reason: `reported as failed: ${JSON.stringify(failures).slice(0, 500)}` };
}

export const allFailed = (reason: string): BatchResult => ({ from: 0, reason });

function indexOf(failure: JsonValue, records: readonly StreamRecord[]): number {
  if (typeof failure !== 'object' || failure === null || Array.isArray(failure)) return -1;
  return records.findIndex(({ dynamodb }) => dynamodb.SequenceNumber === failure.itemIdentifier);
}
