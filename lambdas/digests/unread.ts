import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { dynamodb } from '../shared/dynamodb.ts';
import { required } from '../shared/environment.ts';
import type { Notification } from '../shared/items.ts';
import type { Reader } from './readers.ts';

/** What a digest may tell of, ISO 8601: later than `since`, not later than `until`. */
export interface Span {
  readonly since: string;
  readonly until: string;
}

/** Windows that are looked through, newest first: with more than this in a day or week, ten are found among them. */
const MAX_WINDOWS = 100;

/**
 * What a member has not read of the span, newest first. Announcements are left out: whoever gets digests has had them by
 * mail.
 */
export async function unreadOf({ userId, readUpTo }: Reader, { since, until }: Span): Promise<Notification[]> {
  const { Items = [] } = await dynamodb.send(
    new QueryCommand({
      TableName: required('NOTIFICATIONS_TABLE'),
      // Ids begin with the UTC day of the events.
      KeyConditionExpression: 'userId = :userId AND notificationId >= :day',
      ExpressionAttributeValues: { ':userId': userId, ':day': since.slice(0, 10) },
      ScanIndexForward: false,
      Limit: MAX_WINDOWS,
    }),
  );
  const from = Math.max(Date.parse(since), readUpTo === undefined ? 0 : Date.parse(readUpTo));
  return (Items as Notification[])
    .filter(({ kind }) => kind === 'LIKE' || kind === 'COMMENT' || kind === 'FOLLOW')
    .filter(({ updatedAt }) => Date.parse(updatedAt) > from && Date.parse(updatedAt) <= Date.parse(until))
    .sort((one, other) => other.updatedAt.localeCompare(one.updatedAt));
}
