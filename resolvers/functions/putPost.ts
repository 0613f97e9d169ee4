import { runtime } from '@aws-appsync/utils';
import type { MutationCreatePostArgs } from '../generated/schema.ts';
import type { FieldContext } from '../shared/context.ts';
import { fail } from '../shared/errors.ts';
import type { PostItem } from '../shared/items.ts';
import { newPost, settlePost } from '../shared/newPost.ts';
import { refused } from '../shared/refusals.ts';
import { putNewItem } from '../shared/requests.ts';

/** Writes a post without photos. Writes `stash.post`. */
export function request(ctx: FieldContext<MutationCreatePostArgs>) {
  if (refused(ctx.stash)) {
    runtime.earlyReturn(null, { skipTo: 'END' });
  }
  if ((ctx.stash.photoIds ?? []).length > 0) {
    runtime.earlyReturn(null);
  }
  const { postId, item, ...attributes } = newPost(ctx);
  return putNewItem({ postId, item }, attributes, 'postId');
}

/** After a failed condition AppSync itself reads the item with strong consistency and leaves it in `ctx.result`. */
export function response(ctx: FieldContext<MutationCreatePostArgs, PostItem | null>) {
  if (ctx.error && ctx.error.type !== 'DynamoDB:ConditionalCheckFailedException') {
    fail(ctx.error);
  }
  settlePost(ctx, ctx.result);
  return ctx.stash.post;
}
