import { util } from '@aws-appsync/utils';
import { globalId } from './globalId.ts';
import type { NotificationItem } from './items.ts';

/** What a notification's fields and nested resolvers read. */
export type NotificationSource = {
  __typename: string;
  id: string;
  createdAt: string;
  updatedAt: string;
  readAt: string | null;
  actorCount: number;
  body: string;
  recipientId: string;
  postId: string | null;
  commentId: string | null;
  actorIds: string[];
};

export const notificationTypes = {
  LIKE: 'LikeNotification',
  COMMENT: 'CommentNotification',
  FOLLOW: 'FollowNotification',
  SYSTEM: 'SystemNotification',
};

/** `readUpTo`: the recipient's read watermark, null for none. */
export function toNotification(item: NotificationItem, readUpTo: string | null): NotificationSource {
  const aboutPost = item.kind === 'LIKE' || item.kind === 'COMMENT';
  return {
    __typename: notificationTypes[item.kind],
    id: globalId('Notification', [item.userId, item.notificationId]),
    createdAt: item.createdAt,
    updatedAt: item.updatedAt,
    readAt: isRead(item, readUpTo) ? readUpTo : null,
    actorCount: item.actorCount,
    body: item.body ?? '',
    recipientId: item.userId,
    postId: aboutPost ? item.subjectId : null,
    commentId: item.commentId ?? null,
    actorIds: item.actorIds,
  };
}

export function isRead(item: { updatedAt: string }, readUpTo: string | null): boolean {
  return readUpTo !== null && epoch(item.updatedAt) <= epoch(readUpTo);
}

function epoch(time: string): number {
  return util.time.parseISO8601ToEpochMilliSeconds(time);
}
