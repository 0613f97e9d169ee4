import type { MutationDeleteCommentArgs } from './generated/schema.ts';
import type { FieldContext } from './shared/context.ts';
import { keyOf } from './shared/globalId.ts';
import { refused } from './shared/refusals.ts';

export function request(ctx: FieldContext<MutationDeleteCommentArgs>) {
  const [postId, commentId] = keyOf('Comment', ctx.args.id, 'id') as [string, string];
  ctx.stash.userErrors = [];
  ctx.stash.commentKey = { bucket: `${postId}#0`, commentId };
  return {};
}

export function response(ctx: FieldContext<MutationDeleteCommentArgs>) {
  return { id: refused(ctx.stash) ? null : ctx.args.id, userErrors: ctx.stash.userErrors };
}
