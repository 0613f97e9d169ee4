import { BatchWriteCommand, type BatchWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import { dynamodb } from './dynamodb.ts';
import { MAX_ATTEMPTS, pauseAfter } from './retry.ts';

export type WriteRequest = NonNullable<BatchWriteCommandInput['RequestItems']>[string][number];

/** Puts and deletes in one BatchWriteItem. */
export const MAX_WRITES = 25;

/**
 * Puts and deletes items of one table, each by itself: not all or nothing. Keys must differ.
 * @param pace awaited before each request, with the number of its writes: what holds a worker to its share of the table's capacity.
 * @throws when DynamoDB is throttled for long; some of the items are written then.
 */
export async function batchWrite(
  table: string,
  requests: readonly WriteRequest[],
  pace: (writes: number) => Promise<void> = async () => {},
): Promise<void> {
  for (let start = 0; start < requests.length; start += MAX_WRITES) {
    await writeAll(table, requests.slice(start, start + MAX_WRITES), pace);
  }
}

/** DynamoDB may write a part, and name the rest. */
async function writeAll(
  table: string,
  requests: readonly WriteRequest[],
  pace: (writes: number) => Promise<void>,
): Promise<void> {
  let rest = requests;
  for (let attempt = 1; rest.length > 0; attempt += 1) {
    if (attempt > MAX_ATTEMPTS) throw new Error(`BatchWriteItem left ${rest.length} items of ${table} unwritten`);
    if (attempt > 1) await pauseAfter(attempt - 1);
    await pace(rest.length);
    const { UnprocessedItems } = await dynamodb.send(new BatchWriteCommand({ RequestItems: { [table]: [...rest] } }));
    rest = UnprocessedItems?.[table] ?? [];
  }
}
