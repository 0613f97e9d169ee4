import type { MutationLikePostArgs } from './generated/schema.ts';
import type { FieldContext } from './shared/context.ts';
import { soleKeyOf } from './shared/globalId.ts';
import { toPost } from './shared/post.ts';

export function request(ctx: FieldContext<MutationLikePostArgs>) {
  ctx.stash.userErrors = [];
  ctx.stash.postId = soleKeyOf('Post', ctx.args.postId, 'postId');
  return {};
}

export function response(ctx: FieldContext<MutationLikePostArgs>) {
  const { post, userErrors } = ctx.stash;
  return { post: post ? toPost(post) : null, userErrors };
}
