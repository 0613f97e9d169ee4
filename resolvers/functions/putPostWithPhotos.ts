import { runtime, util, type DynamoDBTransactWriteItemsRequest } from '@aws-appsync/utils';
import type { MutationCreatePostArgs } from '../generated/schema.ts';
import type { FieldContext } from '../shared/context.ts';
import { conditionFailed, fail, type CancellationReason } from '../shared/errors.ts';
import { viewerId } from '../shared/identity.ts';
import type { PostItem } from '../shared/items.ts';
import { newPost, settlePost } from '../shared/newPost.ts';
import { refuse, refused } from '../shared/refusals.ts';
import { expressionOf } from '../shared/requests.ts';

/** Writes a post and marks each of its photos as shown by it, all or nothing. Writes `stash.post`. */
export function request(ctx: FieldContext<MutationCreatePostArgs>): DynamoDBTransactWriteItemsRequest {
  if (refused(ctx.stash)) {
    runtime.earlyReturn(null, { skipTo: 'END' });
  }
  const photoIds = ctx.stash.photoIds ?? [];
  if (photoIds.length === 0) {
    runtime.earlyReturn(null);
  }
  const { postId, item, ...attributes } = newPost(ctx);
  const put: TransactItem = {
    table: TABLE.posts,
    operation: 'PutItem',
    key: util.dynamodb.toMapValues({ postId, item }),
    attributeValues: util.dynamodb.toMapValues(attributes),
    condition: {
      expression: 'attribute_not_exists(#postId)',
      expressionNames: { '#postId': 'postId' },
      returnValuesOnConditionCheckFailure: true,
    },
  };
  const attach = photoIds.map((photoId) => attachPhoto(photoId, postId, viewerId(ctx.identity)));
  return { operation: 'TransactWriteItems', transactItems: [put, ...attach] };
}

type TransactItem = DynamoDBTransactWriteItemsRequest['transactItems'][number];

function attachPhoto(photoId: string, postId: string, ownerId: string): TransactItem {
  const condition = expressionOf({
    expression: '#ownerId = :ownerId AND #status = :ready AND attribute_not_exists(#postId)',
    names: { '#ownerId': 'ownerId', '#status': 'status', '#postId': 'postId' },
    values: { ':ownerId': ownerId, ':ready': 'READY' },
  });
  return {
    table: TABLE.media,
    operation: 'UpdateItem',
    key: util.dynamodb.toMapValues({ photoId }),
    update: expressionOf({
      expression: 'SET #postId = :postId',
      names: { '#postId': 'postId' },
      values: { ':postId': postId },
    }),
    condition: { ...condition, returnValuesOnConditionCheckFailure: false },
  };
}

type TransactionResult = { cancellationReasons: (CancellationReason & { item?: PostItem })[] | null };

export function response(ctx: FieldContext<MutationCreatePostArgs, TransactionResult | null>) {
  if (!ctx.error) {
    ctx.stash.post = newPost(ctx);
    return ctx.stash.post;
  }
  const reasons = ctx.result?.cancellationReasons ?? null;
  if (conditionFailed(reasons, 0)) {
    settlePost(ctx, reasons?.[0]?.item ?? null);
    return ctx.stash.post;
  }
  const unusable = (ctx.stash.photoIds ?? []).findIndex((_, index) => conditionFailed(reasons, index + 1));
  if (unusable < 0) {
    fail(ctx.error);
  }
  const message = 'The photo is not ready, not yours, or part of another post.';
  refuse(ctx.stash, 'PHOTO_NOT_USABLE', message, ['input', 'photoIds', `${unusable}`]);
  return null;
}
