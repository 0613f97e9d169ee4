import { runtime, util, type DynamoDBTransactWriteItemsRequest } from '@aws-appsync/utils';
import type { MutationDeleteAccountArgs } from '../generated/schema.ts';
import type { FieldContext } from '../shared/context.ts';
import { conditionFailed, fail, type CancellationReason } from '../shared/errors.ts';
import type { UserItem } from '../shared/items.ts';
import { newJob, putJob } from '../shared/newJob.ts';
import { refuse, refused } from '../shared/refusals.ts';
import { expressionOf } from '../shared/requests.ts';
import { normalizeHandle } from '../shared/text.ts';

type Ctx = FieldContext<MutationDeleteAccountArgs>;

/** What only the member and those who searched for the member saw. The handle is given up when all else is erased. */
const personal = [
  'handlePrefix',
  'displayName',
  'bio',
  'avatarPhotoId',
  'createdAt',
  'language',
  'digest',
  'notifyLikes',
  'notifyComments',
  'notifyFollows',
  'readUpTo',
  'unreadCount',
];

/** Makes a tombstone of `stash.viewer`, which no write gets past, and the job that erases the rest. Writes `stash.job`. */
export function request(ctx: Ctx): DynamoDBTransactWriteItemsRequest {
  const viewer = ctx.stash.viewer;
  if (!refused(ctx.stash) && viewer && normalizeHandle(ctx.args.confirmHandle) !== viewer.handle) {
    refuse(ctx.stash, 'INVALID', `Your handle is '${viewer.handle}': type it to delete the account.`, [
      'confirmHandle',
    ]);
  }
  if (refused(ctx.stash)) {
    runtime.earlyReturn(null, { skipTo: 'END' });
  }
  const job = newJob(ctx, 'ACCOUNT_DELETION');
  ctx.stash.job = job;
  return { operation: 'TransactWriteItems', transactItems: [close(viewer as UserItem), putJob(job)] };
}

function close(viewer: UserItem): DynamoDBTransactWriteItemsRequest['transactItems'][number] {
  const names: Record<string, string> = { '#status': 'status' };
  for (const name of personal) {
    names[`#${name}`] = name;
  }
  const condition = expressionOf({
    expression: '#handle = :handle AND #status = :status',
    names: { '#handle': 'handle', '#status': 'status' },
    values: { ':handle': viewer.handle, ':status': viewer.status },
  });
  return {
    table: TABLE.users,
    operation: 'UpdateItem',
    key: util.dynamodb.toMapValues({ userId: viewer.userId }),
    update: expressionOf({
      expression: `SET #status = :deleted REMOVE ${personal.map((name) => `#${name}`).join(', ')}`,
      names,
      values: { ':deleted': 'DELETED' },
    }),
    condition: { ...condition, returnValuesOnConditionCheckFailure: false },
  };
}

type TransactionResult = { cancellationReasons: CancellationReason[] | null };

export function response(ctx: FieldContext<MutationDeleteAccountArgs, TransactionResult | null>) {
  if (!ctx.error) {
    return null;
  }
  if (!conditionFailed(ctx.result?.cancellationReasons ?? null, 0)) {
    fail(ctx.error);
  }
  refuse(ctx.stash, 'CONFLICT', 'The profile was changed at the same time. Try again.', null);
  ctx.stash.job = undefined;
  return null;
}
