import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { batchGet } from '../../shared/batchGet.ts';
import { forEach } from '../../shared/concurrency.ts';
import { dynamodb } from '../../shared/dynamodb.ts';
import { required } from '../../shared/environment.ts';
import type { Notification, Recipient } from '../../shared/items.ts';
import { MAX_ATTEMPTS, pauseAfter } from '../../shared/retry.ts';
import { transact, type TransactItem } from '../../shared/transaction.ts';

/** Something that somebody was told of the member. */
export interface Told {
  readonly kind: 'LIKE' | 'COMMENT' | 'FOLLOW';
  readonly recipientId: string;
  readonly subjectId: string;
  /** ISO 8601. */
  readonly createdAt: string;
}

type Key = Readonly<{ userId: string; notificationId: string }>;

/** The day of a notification is that of what it tells, or of its record in the stream, which is minutes later at most. */
const LATER_MILLISECONDS = 10 * 60_000;

/** Takes the member out of the people of notifications, and deletes those that tell of nobody else. */
export async function leaveNotifications(userId: string, told: readonly Told[]): Promise<void> {
  const keys = new Map(told.flatMap(keysOf).map((key) => [JSON.stringify(key), key]));
  const stored = await batchGet(required('NOTIFICATIONS_TABLE'), [...keys.values()]);
  const errors: unknown[] = [];
  await forEach(stored as unknown as Notification[], async (notification) => {
    try {
      await leave(userId, notification);
    } catch (error) {
      errors.push(error);
    }
  });
  if (errors.length > 0) throw errors[0];
}

function keysOf({ kind, recipientId, subjectId, createdAt }: Told): readonly Key[] {
  const time = Date.parse(createdAt);
  return [time, time + LATER_MILLISECONDS].map((at) => ({
    userId: recipientId,
    notificationId: `${new Date(at).toISOString().slice(0, 10)}#${kind}#${subjectId}`,
  }));
}

async function leave(userId: string, found: Notification): Promise<void> {
  let notification: Notification | undefined = found;
  for (let attempt = 1; notification?.actorIds.includes(userId); attempt += 1) {
    const result = await transact(await actionsFor(userId, notification));
    if (result.outcome === 'done') return;
    if (attempt === MAX_ATTEMPTS) throw new Error(`a notification of ${found.userId} keeps changing`);
    await pauseAfter(attempt);
    notification = await read(found);
  }
}

async function read({ userId, notificationId }: Key): Promise<Notification | undefined> {
  const { Item } = await dynamodb.send(
    new GetCommand({
      TableName: required('NOTIFICATIONS_TABLE'),
      Key: { userId, notificationId },
      ConsistentRead: true,
    }),
  );
  return Item as Notification | undefined;
}

/** The condition names what a notification that grows changes, and the handler that lets it grow names the same. */
async function actionsFor(userId: string, notification: Notification): Promise<readonly TransactItem[]> {
  const { actorCount, updatedAt } = notification;
  const of = {
    TableName: required('NOTIFICATIONS_TABLE'),
    Key: { userId: notification.userId, notificationId: notification.notificationId },
    ConditionExpression: 'updatedAt = :updatedAt AND actorCount = :actorCount',
  };
  const asRead = { ':updatedAt': updatedAt, ':actorCount': actorCount };
  if (actorCount <= 1)
    return [{ Delete: { ...of, ExpressionAttributeValues: asRead } }, ...(await lower(notification))];
  return [
    {
      Update: {
        ...of,
        UpdateExpression: 'SET actorIds = :others, actorCount = :fewer',
        ExpressionAttributeValues: {
          ...asRead,
          ':others': notification.actorIds.filter((actorId) => actorId !== userId),
          ':fewer': actorCount - 1,
        },
      },
    },
  ];
}

/** One unread notification less, where it was one. 100 stands for more, and is counted anew when it is read. */
async function lower({ userId, updatedAt }: Notification): Promise<readonly TransactItem[]> {
  const { Item } = await dynamodb.send(
    new GetCommand({ TableName: required('USERS_TABLE'), Key: { userId }, ConsistentRead: true }),
  );
  const { readUpTo = '', unreadCount = 0 } = (Item ?? {}) as Partial<Recipient>;
  if (updatedAt <= readUpTo || unreadCount < 1 || unreadCount >= 100) return [];
  return [
    {
      Update: {
        TableName: required('USERS_TABLE'),
        Key: { userId },
        UpdateExpression: 'ADD unreadCount :less',
        ConditionExpression: 'unreadCount = :stored',
        ExpressionAttributeValues: { ':less': -1, ':stored': unreadCount },
      },
    },
  ];
}
