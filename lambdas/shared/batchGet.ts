import { BatchGetCommand } from '@aws-sdk/lib-dynamodb';
import { dynamodb } from './dynamodb.ts';
import type { Image } from './records.ts';
import { MAX_ATTEMPTS, pauseAfter } from './retry.ts';

type Key = Readonly<Record<string, string>>;

/** Keys in one BatchGetItem. */
const MAX_KEYS = 100;

/** Those of the items that exist, read strongly consistent, in no order. Keys must differ. @throws when DynamoDB is throttled for long. */
export async function batchGet(table: string, keys: readonly Key[]): Promise<Image[]> {
  const items: Image[] = [];
  for (let start = 0; start < keys.length; start += MAX_KEYS) {
    items.push(...(await readAll(table, keys.slice(start, start + MAX_KEYS))));
  }
  return items;
}

/** DynamoDB may answer a part, and name the rest. */
async function readAll(table: string, keys: readonly Key[]): Promise<Image[]> {
  const items: Image[] = [];
  let rest: readonly Key[] = keys;
  for (let attempt = 1; rest.length > 0; attempt += 1) {
    if (attempt > MAX_ATTEMPTS) throw new Error(`BatchGetItem left ${rest.length} keys of ${table} unread`);
    if (attempt > 1) await pauseAfter(attempt - 1);
    const { Responses, UnprocessedKeys } = await dynamodb.send(
      new BatchGetCommand({ RequestItems: { [table]: { Keys: [...rest], ConsistentRead: true } } }),
    );
    items.push(...(Responses?.[table] ?? []));
    rest = (UnprocessedKeys?.[table]?.Keys ?? []) as Key[];
  }
  return items;
}
