import type { BatchReport } from '../batches/batchResponse.ts';
import type { StreamRecord } from './eventStream.ts';

/** `from` is the index of the first record that has to be tried again; everything before it is done. */
export type BatchResult = { readonly from: null } | { readonly from: number; readonly reason: string };

export const allFailed = (reason: string): BatchResult => ({ from: 0, reason });

/** A stream goes on at the lowest of the reported sequence numbers: what comes behind it is tried again, too. */
export function batchResult(report: BatchReport, records: readonly StreamRecord[]): BatchResult {
  if ('allFailed' in report) return allFailed(report.allFailed);
  const { failed } = report;
  if (failed.length === 0) return { from: null };
  const from = records.findIndex(({ dynamodb }) => failed.includes(dynamodb.SequenceNumber));
  return { from, reason: `reported as failed: ${JSON.stringify(failed).slice(0, 500)}` };
}
