import type { MutationPublishPostEngagementArgs } from './generated/schema.ts';
import type { FieldContext } from './shared/context.ts';
import { soleKeyOf } from './shared/globalId.ts';

export function request(ctx: FieldContext<MutationPublishPostEngagementArgs>) {
  const { postId, likes, comments } = ctx.args.input;
  return { payload: { postId: soleKeyOf('Post', postId, 'postId'), stats: { likes, comments } } };
}

export function response(ctx: FieldContext<MutationPublishPostEngagementArgs>) {
  return ctx.result;
}
