import { runtime } from '@aws-appsync/utils';
import { toComment } from './shared/comment.ts';
import type { NestedContext } from './shared/context.ts';
import { mayReadComment } from './shared/visibility.ts';

type Ctx = NestedContext<{ postId: string | null; commentId: string | null }>;

export function request(ctx: Ctx) {
  const { postId, commentId } = ctx.source ?? { postId: null, commentId: null };
  if (postId === null || commentId === null) {
    runtime.earlyReturn(null);
    return null;
  }
  ctx.stash.commentKey = { bucket: `${postId}#0`, commentId };
  return {};
}

/** The recipient wrote the post above it, so the comment is all there is to judge. */
export function response(ctx: Ctx) {
  const { comment } = ctx.stash;
  return comment && mayReadComment(ctx, comment) ? toComment(comment) : null;
}
