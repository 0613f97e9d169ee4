import type { MutationDeletePostArgs } from './generated/schema.ts';
import type { FieldContext } from './shared/context.ts';
import { soleKeyOf } from './shared/globalId.ts';
import { refused } from './shared/refusals.ts';

export function request(ctx: FieldContext<MutationDeletePostArgs>) {
  ctx.stash.userErrors = [];
  ctx.stash.postId = soleKeyOf('Post', ctx.args.id, 'id');
  return {};
}

export function response(ctx: FieldContext<MutationDeletePostArgs>) {
  return { id: refused(ctx.stash) ? null : ctx.args.id, userErrors: ctx.stash.userErrors };
}
