import { randomBytes } from 'node:crypto';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { dynamodb } from '../shared/dynamodb.ts';
import { required } from '../shared/environment.ts';
import type { Image } from '../shared/records.ts';

/** 128 bits. */
const TOKEN_BYTES = 16;

/**
 * What a link names a member and proves itself by, in characters that need no escape in an address or in HTML. The secret
 * is the member's own, made with the first mail and kept in the profile: it ends with it, and there is none for all.
 */
export async function unsubscribeKey(userId: string, { mailToken }: Image): Promise<string> {
  const token = typeof mailToken === 'string' ? mailToken : await makeToken(userId);
  return `${userId}.${token}`;
}

/** Two that make it at once agree on the first. */
async function makeToken(userId: string): Promise<string> {
  const { Attributes } = await dynamodb.send(
    new UpdateCommand({
      TableName: required('USERS_TABLE'),
      Key: { userId },
      UpdateExpression: 'SET mailToken = if_not_exists(mailToken, :made)',
      ConditionExpression: 'attribute_exists(userId)',
      ExpressionAttributeValues: { ':made': randomBytes(TOKEN_BYTES).toString('base64url') },
      ReturnValues: 'UPDATED_NEW',
    }),
  );
  return String(Attributes?.mailToken);
}
