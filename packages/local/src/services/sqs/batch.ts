import { AwsError } from '../../aws/error.ts';
import { queryCodeOf } from '../../aws/queryErrors.ts';
import type { JsonObject } from '../../json.ts';
import { MAX_BATCH_ENTRIES, MAX_BATCH_ENTRY_ID_CHARACTERS } from './limits.ts';
import { maps, optionalText } from './parameters.ts';

export interface BatchEntry {
  readonly id: string;
  readonly input: JsonObject;
}

/** The entries of a batch request. Throws `AwsError` for what makes SQS refuse the batch as a whole. */
export function readEntries(input: JsonObject, operation: string): readonly BatchEntry[] {
  const entries = maps(input, 'Entries');
  if (entries.length === 0) {
    const message = `There should be at least one ${operation}RequestEntry in the request.`;
    throw new AwsError('EmptyBatchRequest', message);
  }
  if (entries.length > MAX_BATCH_ENTRIES) {
    const message = `Maximum number of entries per request are ${MAX_BATCH_ENTRIES}. You have sent ${entries.length}.`;
    throw new AwsError('TooManyEntriesInBatchRequest', message);
  }
  const seen = new Set<string>();
  return entries.map((entry) => {
    const id = readId(entry);
    if (seen.has(id)) throw new AwsError('BatchEntryIdsNotDistinct', `Id ${id} repeated.`);
    seen.add(id);
    return { id, input: entry };
  });
}

function readId(entry: JsonObject): string {
  const id = optionalText(entry, 'Id') ?? '';
  if (new RegExp(`^[A-Za-z0-9_-]{1,${MAX_BATCH_ENTRY_ID_CHARACTERS}}$`).test(id)) return id;
  throw new AwsError(
    'InvalidBatchEntryId',
    'A batch entry id can only contain alphanumeric characters, hyphens and underscores. ' +
      `It can be at most ${MAX_BATCH_ENTRY_ID_CHARACTERS} letters long.`,
  );
}

/** Runs each entry by itself: what one is refused for does not stop the others. */
export function eachEntry<Result>(
  entries: readonly BatchEntry[],
  work: (entry: BatchEntry) => Result,
): { readonly successful: readonly Result[]; readonly failed: JsonObject[] } {
  const successful: Result[] = [];
  const failed: JsonObject[] = [];
  for (const entry of entries) {
    try {
      successful.push(work(entry));
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      const { code, message } = error;
      failed.push({ Id: entry.id, Code: queryCodeOf(code), Message: message, SenderFault: true });
    }
  }
  return { successful, failed };
}

/** Lists without elements are left out, as the JSON protocol of SQS does. */
export function batchAnswer(successful: JsonObject[], failed: JsonObject[]): JsonObject {
  return {
    ...(successful.length > 0 && { Successful: successful }),
    ...(failed.length > 0 && { Failed: failed }),
  };
}
