import type { MutationPublishNotificationArgs } from './generated/schema.ts';
import type { FieldContext } from './shared/context.ts';
import { keyOf, soleKeyOf } from './shared/globalId.ts';
import { notificationTypes, type NotificationSource } from './shared/notification.ts';

export function request(ctx: FieldContext<MutationPublishNotificationArgs>) {
  const { id, kind, recipientId, postId, commentId, actorIds, actorCount, body, createdAt, updatedAt } = ctx.args.input;
  const payload: NotificationSource = {
    __typename: notificationTypes[kind],
    id,
    createdAt,
    updatedAt,
    readAt: null,
    actorCount: actorCount ?? 0,
    body: body ?? '',
    recipientId: soleKeyOf('User', recipientId, 'recipientId'),
    postId: postId ? soleKeyOf('Post', postId, 'postId') : null,
    commentId: commentId ? (keyOf('Comment', commentId, 'commentId')[1] as string) : null,
    actorIds: (actorIds ?? []).map((actorId) => soleKeyOf('User', actorId, 'actorIds')),
  };
  return { payload };
}

export function response(ctx: FieldContext<MutationPublishNotificationArgs>) {
  return ctx.result;
}
