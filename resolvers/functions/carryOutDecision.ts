import { runtime, util, type DynamoDBTransactWriteItemsRequest } from '@aws-appsync/utils';
import type { MutationDecideModerationArgs } from '../generated/schema.ts';
import type { FieldContext } from '../shared/context.ts';
import { conditionFailed, fail, type CancellationReason } from '../shared/errors.ts';
import { viewerId } from '../shared/identity.ts';
import type { CaseEvent, CaseItem } from '../shared/items.ts';
import { TOMBSTONE_SECONDS } from '../shared/limits.ts';
import { refuse, refused } from '../shared/refusals.ts';
import { expressionOf } from '../shared/requests.ts';
import { tracedUpdate } from '../shared/trace.ts';

type Ctx = FieldContext<MutationDecideModerationArgs>;
type TransactItem = DynamoDBTransactWriteItemsRequest['transactItems'][number];

/** Closes `stash.caseItem` and does what was decided, all or nothing. */
export function request(ctx: Ctx): DynamoDBTransactWriteItemsRequest {
  if (refused(ctx.stash)) {
    runtime.earlyReturn(null, { skipTo: 'END' });
  }
  const decided = decidedCase(ctx);
  const close = closeCase(decided);
  ctx.stash.caseItem = decided;
  switch (ctx.args.decision) {
    case 'REMOVE_SUBJECT':
      return { operation: 'TransactWriteItems', transactItems: [close, removeSubject(ctx, decided)] };
    case 'SUSPEND_OWNER':
      return { operation: 'TransactWriteItems', transactItems: [close, suspend(ctx, decided.subjectOwnerId)] };
    default:
      return { operation: 'TransactWriteItems', transactItems: [close] };
  }
}

function decidedCase(ctx: Ctx): CaseItem {
  const open = ctx.stash.caseItem as CaseItem;
  const decision = { at: util.time.nowISO8601(), actorId: viewerId(ctx.identity), action: ctx.args.decision };
  const event: CaseEvent = ctx.args.note ? { ...decision, note: ctx.args.note } : decision;
  return { ...open, status: 'DECIDED#0', decision: ctx.args.decision, history: [...open.history, event] };
}

function closeCase(decided: CaseItem): TransactItem {
  const condition = expressionOf({
    expression: '#status = :open',
    names: { '#status': 'status' },
    values: { ':open': 'OPEN#0' },
  });
  return {
    table: TABLE.ops,
    operation: 'UpdateItem',
    key: util.dynamodb.toMapValues({ operationId: decided.operationId }),
    update: expressionOf({
      expression: 'SET #status = :status, #decision = :decision, #history = :history',
      names: { '#status': 'status', '#decision': 'decision', '#history': 'history' },
      values: { ':status': decided.status, ':decision': decided.decision, ':history': decided.history },
    }),
    condition: { ...condition, returnValuesOnConditionCheckFailure: false },
  };
}

/** Nothing is left to remove when the owner was faster: the condition then cancels the decision. */
function removeSubject(ctx: Ctx, decided: CaseItem): TransactItem {
  const [first, second] = decided.subjectKey.split(':') as [string, string];
  const isComment = decided.subjectType === 'Comment';
  const isPost = decided.subjectType === 'Post';
  const postKey = { postId: first, item: ctx.stash.note ? 'ARCHIVE' : 'POST' };
  const key = isComment ? { bucket: `${first}#0`, commentId: second } : isPost ? postKey : { photoId: first };
  return {
    table: isComment ? TABLE.comments : isPost ? TABLE.posts : TABLE.media,
    operation: 'UpdateItem',
    key: util.dynamodb.toMapValues(key),
    update: expressionOf(
      tracedUpdate(ctx, {
        expression: 'SET #removedAt = :now, #expiresAt = :expiresAt REMOVE #body, #hashtags, #photoIds',
        names: {
          '#removedAt': 'removedAt',
          '#expiresAt': 'expiresAt',
          '#body': 'body',
          '#hashtags': 'hashtags',
          '#photoIds': 'photoIds',
        },
        values: { ':now': util.time.nowISO8601(), ':expiresAt': util.time.nowEpochSeconds() + TOMBSTONE_SECONDS },
      }),
    ),
    condition: {
      expression: 'attribute_exists(#owner) AND attribute_not_exists(#deletedAt)',
      expressionNames: { '#owner': ctx.stash.note ? 'ownerId' : 'createdAt', '#deletedAt': 'deletedAt' },
      returnValuesOnConditionCheckFailure: false,
    },
  };
}

function suspend(ctx: Ctx, userId: string): TransactItem {
  const condition = expressionOf({
    expression: 'attribute_exists(#handle) AND #status <> :deleted',
    names: { '#handle': 'handle', '#status': 'status' },
    values: { ':deleted': 'DELETED' },
  });
  return {
    table: TABLE.users,
    operation: 'UpdateItem',
    key: util.dynamodb.toMapValues({ userId }),
    update: expressionOf(
      tracedUpdate(ctx, {
        expression: 'SET #status = :suspended',
        names: { '#status': 'status' },
        values: { ':suspended': 'SUSPENDED' },
      }),
    ),
    condition: { ...condition, returnValuesOnConditionCheckFailure: false },
  };
}

type TransactionResult = { cancellationReasons: CancellationReason[] | null };

export function response(ctx: FieldContext<MutationDecideModerationArgs, TransactionResult | null>) {
  if (!ctx.error) {
    return null;
  }
  const reasons = ctx.result?.cancellationReasons ?? null;
  if (conditionFailed(reasons, 0)) {
    refuse(ctx.stash, 'ALREADY_DECIDED', 'The case was decided at the same time.', ['caseId']);
  } else if (conditionFailed(reasons, 1)) {
    refuse(ctx.stash, 'NOT_FOUND', 'What the decision is about is gone: dismiss the case.', ['decision']);
  } else {
    fail(ctx.error);
  }
  return null;
}
