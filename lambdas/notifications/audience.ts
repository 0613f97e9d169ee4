import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { batchGet } from '../shared/batchGet.ts';
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

/** Of the people, those whom the recipient has blocked or muted, or who have blocked the recipient. */
export async function unheard(recipientId: string, actorIds: readonly string[]): Promise<ReadonlySet<string>> {
  const relations = new Map(
    actorIds.flatMap((actorId) =>
      [
        { userId: recipientId, edge: `BLOCK#${actorId}` },
        { userId: recipientId, edge: `MUTE#${actorId}` },
        { userId: actorId, edge: `BLOCK#${recipientId}` },
      ].map((key) => [JSON.stringify(key), { key, actorId }] as const),
    ),
  );
  const keys = [...relations.values()].map(({ key }) => key);
  const found = await batchGet(required('EDGES_TABLE'), keys);
  return new Set(found.flatMap(({ userId, edge }) => relations.get(JSON.stringify({ userId, edge }))?.actorId ?? []));
}
