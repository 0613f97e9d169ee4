import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { dynamodb } from '../shared/dynamodb.ts';
import { required } from '../shared/environment.ts';
import { globalId } from '../shared/globalId.ts';
import type { Recipient } from '../shared/items.ts';
import { publish } from '../shared/publish.ts';
import type { Job } from '../shared/queueHandler.ts';
import { raiseUnread } from '../shared/raiseUnread.ts';
import { MAX_ATTEMPTS, pauseAfter } from '../shared/retry.ts';
import { transact } from '../shared/transaction.ts';

const KEPT_SECONDS = 60 * 24 * 60 * 60;

export interface Word {
  /** ULID. */
  readonly announcementId: string;
  readonly body: string;
  /** ISO 8601. */
  readonly createdAt: string;
  readonly trace: string | undefined;
}

/**
 * Gives a member the notification of an announcement, once however often it is called, and tells whoever is connected.
 * @returns whether it is new to the member. @throws when it did not come through.
 */
export async function tell(recipient: Recipient, word: Word, job: Job): Promise<boolean> {
  const { userId } = recipient;
  let current: Recipient | undefined = recipient;
  for (let attempt = 1; current; attempt += 1) {
    const item = notificationFor(current, word);
    const condition = 'attribute_not_exists(userId)';
    const put = { Put: { TableName: required('NOTIFICATIONS_TABLE'), Item: item, ConditionExpression: condition } };
    const result = await transact([put, ...raiseUnread(current)]);
    if (result.outcome === 'done') {
      await tellConnected(item, word, job);
      return true;
    }
    if (result.outcome === 'refused' && result.failed.has(0)) return false;
    if (attempt === MAX_ATTEMPTS) {
      throw result.outcome === 'busy' ? result.error : new Error(`the notifications of ${userId} keep changing`);
    }
    await pauseAfter(attempt);
    current = await readAgain(userId);
  }
  return false;
}

type Item = ReturnType<typeof notificationFor>;

/** Later than whatever the member has read: what comes late must not be born read. */
function notificationFor({ userId, readUpTo }: Recipient, { announcementId, body, createdAt }: Word) {
  const earliest = readUpTo === undefined ? 0 : Date.parse(readUpTo) + 1;
  const updatedAt = new Date(Math.max(Date.now(), earliest)).toISOString();
  return {
    userId,
    notificationId: `${createdAt.slice(0, 10)}#SYSTEM#${announcementId}`,
    kind: 'SYSTEM',
    subjectId: announcementId,
    actorIds: [],
    actorCount: 0,
    body,
    createdAt,
    updatedAt,
    expiresAt: Math.floor(Date.parse(updatedAt) / 1_000) + KEPT_SECONDS,
  } as const;
}

/** Undefined when the account is gone meanwhile. */
async function readAgain(userId: string): Promise<Recipient | undefined> {
  const { Item } = await dynamodb.send(
    new GetCommand({ TableName: required('USERS_TABLE'), Key: { userId }, ConsistentRead: true }),
  );
  return Item?.status === 'DELETED' ? undefined : (Item as Recipient | undefined);
}

/** Once at most: whoever misses the event meets the notification in the list. */
async function tellConnected(item: Item, { trace }: Word, job: Job): Promise<void> {
  const { userId, notificationId, kind, actorIds, actorCount, body, createdAt, updatedAt } = item;
  try {
    await publish(
      'publishNotification',
      {
        id: globalId('Notification', userId, notificationId),
        kind,
        recipientId: globalId('User', userId),
        actorIds,
        actorCount,
        body,
        createdAt,
        updatedAt,
      },
      trace,
    );
  } catch (error) {
    job.warn(error);
  }
}
