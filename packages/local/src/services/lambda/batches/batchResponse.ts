import type { JsonValue } from '../../../json.ts';

/** Which items of a batch have to be tried again, or why all have. */
export type BatchReport = { readonly failed: readonly string[] } | { readonly allFailed: string };

/**
 * Reads what a function with `ReportBatchItemFailures` returned (Lambda Developer Guide, "Implementing partial batch responses",
 * the same for streams and for queues): nothing, or no failures, is success; a report that cannot be understood fails the
 * whole batch.
 */
export function readBatchResponse(payload: string, isOfBatch: (itemIdentifier: string) => boolean): BatchReport {
  const response = JSON.parse(payload) as JsonValue;
  if (response === null) return { failed: [] };
  if (typeof response !== 'object' || Array.isArray(response)) return { allFailed: 'the response is no object' };
  const failures = response.batchItemFailures ?? [];
  if (!Array.isArray(failures)) return { allFailed: 'batchItemFailures is no list' };
  const failed = failures.map(identifierOf).filter((identifier) => identifier !== null && isOfBatch(identifier));
  if (failed.length === failures.length) return { failed: failed as readonly string[] };
  return { allFailed: 'batchItemFailures has an element without the identifier of an item of the batch' };
}

function identifierOf(failure: JsonValue): string | null {
  if (typeof failure !== 'object' || failure === null || Array.isArray(failure)) return null;
  return typeof failure.itemIdentifier === 'string' ? failure.itemIdentifier : null;
}
