import type { MutationCreateCommentArgs } from './generated/schema.ts';
import { toComment } from './shared/comment.ts';
import type { FieldContext } from './shared/context.ts';
import { soleKeyOf } from './shared/globalId.ts';
import { MAX_COMMENT_BYTES } from './shared/limits.ts';
import { checkText } from './shared/text.ts';
import { checkIdempotencyKey } from './shared/ulid.ts';

export function request(ctx: FieldContext<MutationCreateCommentArgs>) {
  const { idempotencyKey, postId, body } = ctx.args.input;
  const bodyField = ['input', 'body'];
  ctx.stash.userErrors = [];
  ctx.stash.postId = soleKeyOf('Post', postId, 'postId');
  checkIdempotencyKey(ctx.stash, idempotencyKey);
  checkText(ctx.stash, body, { label: 'The body', field: bodyField, maxBytes: MAX_COMMENT_BYTES, blank: false });
  return {};
}

export function response(ctx: FieldContext<MutationCreateCommentArgs>) {
  const { comment, userErrors } = ctx.stash;
  return { comment: comment ? toComment(comment) : null, userErrors };
}
