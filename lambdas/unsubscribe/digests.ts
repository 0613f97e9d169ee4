import { timingSafeEqual } from 'node:crypto';
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { dynamodb } from '../shared/dynamodb.ts';
import { required } from '../shared/environment.ts';

/** What a link names a member and proves itself by. */
export interface Key {
  readonly userId: string;
  readonly token: string;
}

/** Undefined for what no link of ours has in it. */
export function readKey(text: string): Key | undefined {
  const [, userId, token] = /^([\w-]{1,128})\.([\w-]{22})$/.exec(text) ?? [];
  return userId === undefined || token === undefined ? undefined : { userId, token };
}

/** `unknown`: there is no such member any more, or the key is not the member's. */
export async function stateOf({ userId, token }: Key): Promise<'unknown' | 'wanted' | 'stopped'> {
  const { Item } = await dynamodb.send(
    new GetCommand({ TableName: required('USERS_TABLE'), Key: { userId }, ConsistentRead: true }),
  );
  if (typeof Item?.mailToken !== 'string' || !isSame(Item.mailToken, token)) return 'unknown';
  return Item.digest === 'DAILY' || Item.digest === 'WEEKLY' ? 'wanted' : 'stopped';
}

/** Whether the key was the member's. */
export async function stopDigests({ userId, token }: Key): Promise<boolean> {
  try {
    await dynamodb.send(
      new UpdateCommand({
        TableName: required('USERS_TABLE'),
        Key: { userId },
        UpdateExpression: 'SET digest = :never',
        ConditionExpression: 'mailToken = :token',
        ExpressionAttributeValues: { ':never': 'NEVER', ':token': token },
      }),
    );
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}

function isSame(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}
