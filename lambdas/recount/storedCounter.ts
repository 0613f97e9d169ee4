import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { dynamodb } from '../shared/dynamodb.ts';
import { required } from '../shared/environment.ts';
import type { CounterName } from '../shared/recountMessages.ts';

/** The item that carries a counter. */
function itemOf(counter: CounterName, id: string) {
  return counter === 'likeCount' || counter === 'commentCount'
    ? { TableName: required('POSTS_TABLE'), Key: { postId: id, item: 'STATS' } }
    : { TableName: required('USERS_TABLE'), Key: { userId: id } };
}

/** As it is now; undefined: nobody has counted yet, which says 0. */
export async function readCounter(counter: CounterName, id: string): Promise<number | undefined> {
  const { Item } = await dynamodb.send(new GetCommand({ ...itemOf(counter, id), ConsistentRead: true }));
  const value: unknown = Item?.[counter];
  return typeof value === 'number' ? value : undefined;
}

/**
 * Adds a difference, so that changes which are on their way count on top of it, provided that the counter is still what
 * the difference was taken of.
 * @returns false when it is not, or the user has no profile any more.
 */
export async function correctCounter(
  counter: CounterName,
  id: string,
  { seen, by }: { readonly seen: number | undefined; readonly by: number },
): Promise<boolean> {
  const { TableName, Key } = itemOf(counter, id);
  const isAsSeen = seen === undefined ? `attribute_not_exists(${counter})` : `${counter} = :seen`;
  try {
    await dynamodb.send(
      new UpdateCommand({
        TableName,
        Key,
        UpdateExpression: `ADD ${counter} :by`,
        ConditionExpression: 'userId' in Key ? `attribute_exists(userId) AND ${isAsSeen}` : isAsSeen,
        ExpressionAttributeValues: { ':by': by, ...(seen === undefined ? {} : { ':seen': seen }) },
      }),
    );
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}
