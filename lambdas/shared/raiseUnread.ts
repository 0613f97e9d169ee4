import { required } from './environment.ts';
import type { Recipient } from './items.ts';
import type { TransactItem } from './transaction.ts';

/** Unread notifications are counted up to here; 100 stands for more. */
const MAX_UNREAD_COUNT = 100;

/** One more unread notification, unless there are as many as are counted. Not when the watermark moved since it was read. */
export function raiseUnread({ userId, readUpTo, unreadCount = 0 }: Recipient): readonly TransactItem[] {
  if (unreadCount >= MAX_UNREAD_COUNT) return [];
  const sameWatermark = readUpTo === undefined ? 'attribute_not_exists(readUpTo)' : 'readUpTo = :readUpTo';
  return [
    {
      Update: {
        TableName: required('USERS_TABLE'),
        Key: { userId },
        UpdateExpression: 'ADD unreadCount :one',
        ConditionExpression:
          `attribute_exists(userId) AND ${sameWatermark} AND ` +
          '(attribute_not_exists(unreadCount) OR unreadCount < :most)',
        ExpressionAttributeValues: {
          ':one': 1,
          ':most': MAX_UNREAD_COUNT,
          ...(readUpTo === undefined ? {} : { ':readUpTo': readUpTo }),
        },
      },
    },
  ];
}
