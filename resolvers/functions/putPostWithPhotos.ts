import { runtime, util, type DynamoDBTransactWriteItemsRequest } from '@aws-appsync/utils';
import type { MutationCreatePostArgs } from '../generated/schema.ts';
import type { FieldContext } from '../shared/context.ts';
import { conditionFailed, fail, type CancellationReason } from '../shared/errors.ts';
import { viewerId } from '../shared/identity.ts';
import type { PhotoItem, PostItem } from '../shared/items.ts';
import { newPost, settlePost } from '../shared/newPost.ts';
import { refuse, refused } from '../shared/refusals.ts';
import { expressionOf } from '../shared/requests.ts';
import { tracedUpdate } from '../shared/trace.ts';

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
  const attach = photoIds.map((photoId) => attachPhoto(ctx, photoId));
  return { operation: 'TransactWriteItems', transactItems: [put, ...attach] };
}

type TransactItem = DynamoDBTransactWriteItemsRequest['transactItems'][number];

function attachPhoto(ctx: FieldContext<MutationCreatePostArgs>, photoId: string): TransactItem {
  const { idempotencyKey, visibility } = ctx.args.input;
  const condition = expressionOf({
    expression:
      '#ownerId = :ownerId AND #status = :ready AND attribute_exists(#altText) ' +
      'AND attribute_not_exists(#postId) AND attribute_not_exists(#removedAt)',
    names: {
      '#ownerId': 'ownerId',
      '#status': 'status',
      '#altText': 'altText',
      '#postId': 'postId',
      '#removedAt': 'removedAt',
    },
    values: { ':ownerId': viewerId(ctx.identity), ':ready': 'READY' },
  });
  return {
    table: TABLE.media,
    operation: 'UpdateItem',
    key: util.dynamodb.toMapValues({ photoId }),
    update: expressionOf(
      tracedUpdate(ctx, {
        expression: 'SET #postId = :postId, #visibility = :visibility',
        names: { '#postId': 'postId', '#visibility': 'visibility' },
        values: { ':postId': idempotencyKey, ':visibility': visibility ?? 'PUBLIC' },
      }),
    ),
    condition: { ...condition, returnValuesOnConditionCheckFailure: true },
  };
}

type TransactionResult = { cancellationReasons: (CancellationReason & { item?: PostItem | PhotoItem })[] | null };

export function response(ctx: FieldContext<MutationCreatePostArgs, TransactionResult | null>) {
  if (!ctx.error) {
    ctx.stash.post = newPost(ctx);
    return ctx.stash.post;
  }
  const reasons = ctx.result?.cancellationReasons ?? null;
  if (conditionFailed(reasons, 0)) {
    settlePost(ctx, (reasons?.[0]?.item ?? null) as PostItem | null);
    return ctx.stash.post;
  }
  const unusable = (ctx.stash.photoIds ?? []).findIndex((_, index) => conditionFailed(reasons, index + 1));
  if (unusable < 0) {
    fail(ctx.error);
  }
  refusePhoto(ctx, unusable, (reasons?.[unusable + 1]?.item ?? null) as PhotoItem | null);
  return null;
}

/** What is somebody else's is not told apart from what is not there. */
function refusePhoto(ctx: FieldContext<MutationCreatePostArgs, unknown>, index: number, photo: PhotoItem | null): void {
  const field = ['input', 'photoIds', `${index}`];
  const isMine = photo !== null && photo.ownerId === viewerId(ctx.identity);
  if (isMine && photo.status === 'READY' && !photo.altText && !photo.postId && !photo.removedAt) {
    const message = 'The photo has no alternative text. Upload it again, and say in altText what it shows.';
    refuse(ctx.stash, 'ALT_TEXT_REQUIRED', message, field);
  } else {
    refuse(ctx.stash, 'PHOTO_NOT_USABLE', 'The photo is not ready, not yours, or part of another post.', field);
  }
}
