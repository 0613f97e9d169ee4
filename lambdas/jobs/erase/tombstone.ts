import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { forEach } from '../../shared/concurrency.ts';
import { dynamodb } from '../../shared/dynamodb.ts';
import type { Image } from '../../shared/records.ts';
import type { Key } from './keys.ts';

/** As long as a tombstone stays that its author leaves: resolvers/shared/limits.ts. */
const TOMBSTONE_SECONDS = 7 * 24 * 60 * 60;

/** What a deletion by hand makes of a post or comment: what follows from it (counters, tags, timelines) is then the same. */
export function isTombstone({ deletedAt, removedAt }: Image): boolean {
  return deletedAt !== undefined || removedAt !== undefined;
}

/** Of those that are none yet. */
export async function makeTombstones(table: string, keys: readonly Key[], trace: string | undefined): Promise<void> {
  const errors: unknown[] = [];
  await forEach(keys, async (key) => {
    try {
      await makeTombstone(table, key, trace);
    } catch (error) {
      errors.push(error);
    }
  });
  if (errors.length > 0) throw errors[0];
}

async function makeTombstone(TableName: string, Key: Key, trace: string | undefined): Promise<void> {
  const [name = ''] = Object.keys(Key);
  const now = Date.now();
  try {
    await dynamodb.send(
      new UpdateCommand({
        TableName,
        Key,
        UpdateExpression:
          `SET deletedAt = :now, expiresAt = :expiresAt${trace === undefined ? '' : ', trace = :trace'} ` +
          'REMOVE body, hashtags, photoIds',
        ConditionExpression:
          'attribute_exists(#key) AND attribute_not_exists(deletedAt) AND attribute_not_exists(removedAt)',
        ExpressionAttributeNames: { '#key': name },
        ExpressionAttributeValues: {
          ':now': new Date(now).toISOString(),
          ':expiresAt': Math.floor(now / 1_000) + TOMBSTONE_SECONDS,
          ...(trace === undefined ? {} : { ':trace': trace }),
        },
      }),
    );
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
  }
}
