import type { MutationCreatePostArgs } from './generated/schema.ts';
import type { FieldContext } from './shared/context.ts';
import { soleKeyOf } from './shared/globalId.ts';
import { MAX_POST_BYTES, MAX_POST_HASHTAGS, MAX_POST_PHOTOS } from './shared/limits.ts';
import { toPost } from './shared/post.ts';
import { refuse } from './shared/refusals.ts';
import { checkText, hashtagsIn } from './shared/text.ts';
import { checkIdempotencyKey } from './shared/ulid.ts';

export function request(ctx: FieldContext<MutationCreatePostArgs>) {
  const { idempotencyKey, body, photoIds } = ctx.args.input;
  const bodyField = ['input', 'body'];
  ctx.stash.userErrors = [];
  ctx.stash.photoIds = (photoIds ?? []).map((id) => soleKeyOf('Photo', id, 'photoIds'));
  checkIdempotencyKey(ctx.stash, idempotencyKey);
  checkText(ctx.stash, body, { label: 'The body', field: bodyField, maxBytes: MAX_POST_BYTES, blank: false });
  if (hashtagsIn(body, MAX_POST_HASHTAGS).length > MAX_POST_HASHTAGS) {
    refuse(ctx.stash, 'INVALID', `A post may hold at most ${MAX_POST_HASHTAGS} hashtags.`, bodyField);
  }
  if (ctx.stash.photoIds.length > MAX_POST_PHOTOS) {
    refuse(ctx.stash, 'INVALID', `A post may show at most ${MAX_POST_PHOTOS} photos.`, ['input', 'photoIds']);
  }
  return {};
}

export function response(ctx: FieldContext<MutationCreatePostArgs>) {
  const { post, userErrors } = ctx.stash;
  return { post: post ? toPost(post) : null, userErrors };
}
