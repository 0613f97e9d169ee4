import { runtime } from '@aws-appsync/utils';
import type { MutationCreateCommentArgs } from '../generated/schema.ts';
import type { FieldContext } from '../shared/context.ts';
import { fail } from '../shared/errors.ts';
import { viewerId } from '../shared/identity.ts';
import type { CommentItem } from '../shared/items.ts';
import { isAlive } from '../shared/post.ts';
import { refuse, refuseArchived, refused } from '../shared/refusals.ts';
import { putNewItem } from '../shared/requests.ts';
import { carriedTrace } from '../shared/trace.ts';
import { ulidTimeISO } from '../shared/ulid.ts';

/** Comments on `stash.post`. Writes `stash.comment`. */
export function request(ctx: FieldContext<MutationCreateCommentArgs>) {
  const { post } = ctx.stash;
  if (!post) {
    refuse(ctx.stash, 'NOT_FOUND', 'There is no such post.', ['input', 'postId']);
  }
  refuseArchived(ctx.stash, ['input', 'postId']);
  if (refused(ctx.stash) || !post) {
    runtime.earlyReturn(null, { skipTo: 'END' });
    return null;
  }
  const { idempotencyKey, body } = ctx.args.input;
  return putNewItem(
    { bucket: `${post.postId}#0`, commentId: idempotencyKey },
    {
      postId: post.postId,
      postAuthorId: post.authorId,
      authorId: viewerId(ctx.identity),
      body,
      createdAt: ulidTimeISO(idempotencyKey),
      ...carriedTrace(ctx),
    },
    'bucket',
  );
}

/** After a failed condition AppSync itself reads the item with strong consistency and leaves it in `ctx.result`. */
export function response(ctx: FieldContext<MutationCreateCommentArgs, CommentItem | null>) {
  if (ctx.error && ctx.error.type !== 'DynamoDB:ConditionalCheckFailedException') {
    fail(ctx.error);
  }
  const stored = ctx.result;
  if (stored && stored.authorId === viewerId(ctx.identity) && isAlive(stored)) {
    ctx.stash.comment = stored;
    return null;
  }
  const message = 'This key has been used before. Make a new one.';
  refuse(ctx.stash, 'IDEMPOTENCY_KEY_REUSED', message, ['input', 'idempotencyKey']);
  return null;
}
