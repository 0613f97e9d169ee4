import type { QueryPostArgs } from './generated/schema.ts';
import type { FieldContext } from './shared/context.ts';
import { soleKeyOf } from './shared/globalId.ts';
import { toPost } from './shared/post.ts';

export function request(ctx: FieldContext<QueryPostArgs>) {
  ctx.stash.postId = soleKeyOf('Post', ctx.args.id, 'id');
  return {};
}

export function response(ctx: FieldContext<QueryPostArgs>) {
  return ctx.stash.post ? toPost(ctx.stash.post) : null;
}
