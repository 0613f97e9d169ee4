import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { dynamodb } from '../shared/dynamodb.ts';
import { required } from '../shared/environment.ts';
import type { Recipient } from '../shared/items.ts';
import type { Happening } from './happenings.ts';

const settings = { LIKE: 'notifyLikes', COMMENT: 'notifyComments', FOLLOW: 'notifyFollows' } as const;

export async function readRecipient(userId: string): Promise<Recipient | undefined> {
  const { Item } = await dynamodb.send(
    new GetCommand({ TableName: required('USERS_TABLE'), Key: { userId }, ConsistentRead: true }),
  );
  return Item as Recipient | undefined;
}

/** Whether a person wants notifications of a kind; a deleted account wants none. */
export function wants(recipient: Recipient, kind: Happening['kind']): boolean {
  return recipient.status !== 'DELETED' && recipient[settings[kind]] !== false;
}
