import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { dynamodb } from '../../shared/dynamodb.ts';
import { required } from '../../shared/environment.ts';
import type { Image } from '../../shared/records.ts';
import { transact, type TransactItem } from '../../shared/transaction.ts';
import type { Task } from '../plan.ts';

/** What a tombstone keeps: without it, an access token that still lives could make another profile; counters come to 0. */
const KEPT = new Set(['userId', 'status', 'postCount', 'followerCount', 'followingCount']);

export async function profileOf(userId: string): Promise<Image | undefined> {
  const { Item } = await dynamodb.send(
    new GetCommand({ TableName: required('USERS_TABLE'), Key: { userId }, ConsistentRead: true }),
  );
  return Item;
}

/** Leaves the tombstone, and lets others have the handle. */
export const releaseHandle: Task = async ({ userId }) => {
  const profile = await profileOf(userId);
  const rest = Object.keys(profile ?? {}).filter((name) => !KEPT.has(name));
  if (!profile || rest.length === 0) return null;
  const result = await transact([strip(userId, rest), ...release(userId, profile)]);
  if (result.outcome === 'busy') throw result.error;
  if (result.outcome === 'refused')
    throw new Error(`the profile of ${userId} is no tombstone, or its handle another's`);
  return null;
};

function strip(userId: string, names: readonly string[]): TransactItem {
  return {
    Update: {
      TableName: required('USERS_TABLE'),
      Key: { userId },
      UpdateExpression: `REMOVE ${names.map((_, index) => `#n${index}`).join(', ')}`,
      ConditionExpression: '#status = :deleted',
      ExpressionAttributeNames: {
        '#status': 'status',
        ...Object.fromEntries(names.map((name, index) => [`#n${index}`, name])),
      },
      ExpressionAttributeValues: { ':deleted': 'DELETED' },
    },
  };
}

/** The claim is the member's, or nobody's any more. */
function release(userId: string, { handle }: Image): readonly TransactItem[] {
  if (typeof handle !== 'string') return [];
  return [
    {
      Delete: {
        TableName: required('USERS_TABLE'),
        Key: { userId: `HANDLE#${handle}` },
        ConditionExpression: 'attribute_not_exists(userId) OR ownerId = :member',
        ExpressionAttributeValues: { ':member': userId },
      },
    },
  ];
}
