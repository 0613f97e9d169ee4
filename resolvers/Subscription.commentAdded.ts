import { extensions } from '@aws-appsync/utils';
import type { SubscriptionCommentAddedArgs } from './generated/schema.ts';
import type { FieldContext } from './shared/context.ts';
import { notFound } from './shared/errors.ts';
import { soleKeyOf } from './shared/globalId.ts';

export function request(ctx: FieldContext<SubscriptionCommentAddedArgs>) {
  ctx.stash.postId = soleKeyOf('Post', ctx.args.postId, 'postId');
  return {};
}

export function response(ctx: FieldContext<SubscriptionCommentAddedArgs>) {
  if (!ctx.stash.post) {
    notFound('post');
  }
  const value = ctx.args.postId;
  extensions.setSubscriptionFilter({ filterGroup: [{ filters: [{ fieldName: 'post.id', operator: 'eq', value }] }] });
  return null;
}
