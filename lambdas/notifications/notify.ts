import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { dynamodb } from '../shared/dynamodb.ts';
import { required } from '../shared/environment.ts';
import type { Notification } from '../shared/items.ts';
import { raiseUnread } from '../shared/raiseUnread.ts';
import { MAX_ATTEMPTS, pauseAfter } from '../shared/retry.ts';
import { MAX_TRANSACTION_ACTIONS, transact, type TransactItem } from '../shared/transaction.ts';
import { unheard } from '../shared/unheard.ts';
import { readRecipient, wants } from './audience.ts';
import { adds, grow, type Growth } from './grow.ts';
import { notificationIdOf, type Happening } from './happenings.ts';

/** Actors in one transaction: each has a marker, and the notification and its recipient are two more actions. */
const MAX_HAPPENINGS = MAX_TRANSACTION_ACTIONS - 2;

/** A notification grows for a day, and a stream keeps its records for one more. */
const MARKER_SECONDS = 3 * 24 * 60 * 60;

/**
 * Adds happenings to the one notification they belong to, each person once however often a record is delivered.
 * @returns the notification if it grew; null when nobody is to be told.
 * @throws when it did not come through; what was added will not be added again.
 */
export async function notify(happenings: readonly Happening[]): Promise<Notification | null> {
  let notification: Notification | null = null;
  for (let start = 0; start < happenings.length; start += MAX_HAPPENINGS) {
    notification = (await addChunk(happenings.slice(start, start + MAX_HAPPENINGS))) ?? notification;
  }
  return notification;
}

async function addChunk(happenings: readonly Happening[]): Promise<Notification | null> {
  const [{ recipientId, kind }] = happenings as readonly [Happening];
  // Who is found to have a marker is part of the notification, though perhaps not among the ten it lists.
  const marked = new Set<string>();
  let hidden: ReadonlySet<string> | undefined;
  for (let attempt = 1; ;) {
    const recipient = await readRecipient(recipientId);
    if (!recipient || !wants(recipient, kind)) return null;
    hidden ??= await unheard(recipientId, actorsOf(happenings));
    const stored = await readNotification(happenings[0] as Happening);
    const known = new Set([...marked, ...(stored?.actorIds ?? [])]);
    const added = happenings.filter((one) => !hidden?.has(one.actorId) && adds(one, stored, known));
    if (added.length === 0) return null;
    const growth = grow({ stored, recipient, happenings: added, known });
    const newActors = actorsOf(added).filter((actorId) => !known.has(actorId));
    const markers = newActors.map((actorId) => markerOf(growth.next, actorId, added[0] as Happening));
    const result = await transact([
      ...markers,
      putOf(growth, stored),
      ...(growth.becomesUnread ? raiseUnread(recipient) : []),
    ]);
    if (result.outcome === 'done') return growth.next;
    const met = result.outcome === 'refused' ? newActors.filter((_, index) => result.failed.has(index)) : [];
    for (const actorId of met) marked.add(actorId);
    if (met.length > 0) continue;
    // The notification or its recipient is no longer what was read.
    if (attempt === MAX_ATTEMPTS) {
      throw result.outcome === 'busy' ? result.error : new Error(`the notifications of ${recipientId} keep changing`);
    }
    await pauseAfter(attempt);
    attempt += 1;
  }
}

function actorsOf(happenings: readonly Happening[]): readonly string[] {
  return [...new Set(happenings.map(({ actorId }) => actorId))];
}

async function readNotification(happening: Happening): Promise<Notification | undefined> {
  const { Item } = await dynamodb.send(
    new GetCommand({
      TableName: required('NOTIFICATIONS_TABLE'),
      Key: { userId: happening.recipientId, notificationId: notificationIdOf(happening) },
      ConsistentRead: true,
    }),
  );
  return Item as Notification | undefined;
}

/** That a person is counted in a notification: it lists ten, and a record may come again after ten others. */
function markerOf({ userId, notificationId }: Notification, actorId: string, { change }: Happening): TransactItem {
  return {
    Put: {
      TableName: required('OPS_TABLE'),
      Item: { operationId: `ACTOR#${userId}#${notificationId}#${actorId}`, expiresAt: change.at + MARKER_SECONDS },
      ConditionExpression: 'attribute_not_exists(operationId)',
    },
  };
}

function putOf({ next }: Growth, stored: Notification | undefined): TransactItem {
  return {
    Put: {
      TableName: required('NOTIFICATIONS_TABLE'),
      Item: next,
      ...(stored
        ? {
            // Whoever deletes an account leaves its notifications, which keep their time.
            ConditionExpression: 'updatedAt = :stored AND actorCount = :actorCount',
            ExpressionAttributeValues: { ':stored': stored.updatedAt, ':actorCount': stored.actorCount },
          }
        : { ConditionExpression: 'attribute_not_exists(userId)' }),
    },
  };
}
