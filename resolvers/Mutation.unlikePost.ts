import type { MutationUnlikePostArgs } from './generated/schema.ts';
import type { FieldContext } from './shared/context.ts';
import { soleKeyOf } from './shared/globalId.ts';
import { toPost } from './shared/post.ts';

export function request(ctx: FieldContext<MutationUnlikePostArgs>) {
  ctx.stash.userErrors = [];
  ctx.stash.postId = soleKeyOf('Post', ctx.args.postId, 'postId');
  ctx.stash.edge = `LIKE#${ctx.stash.postId}`;
  return {};
}

export function response(ctx: FieldContext<MutationUnlikePostArgs>) {
  const { post, userErrors } = ctx.stash;
  return { post: post ? toPost(post) : null, userErrors };
}
