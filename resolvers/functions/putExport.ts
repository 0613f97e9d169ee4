import { runtime, util } from '@aws-appsync/utils';
import type { StepContext } from '../shared/context.ts';
import { conditionFailed, fail, type CancellationReason } from '../shared/errors.ts';
import type { UserItem } from '../shared/items.ts';
import { jobUlid, newJob, putJob } from '../shared/newJob.ts';
import { refuse, refused } from '../shared/refusals.ts';
import { expressionOf } from '../shared/requests.ts';

/** Makes the export's job and notes it with `stash.viewer`, so that two requests at once make one. Writes `stash.job`. */
export function request(ctx: StepContext) {
  if (refused(ctx.stash) || ctx.stash.job !== undefined) {
    runtime.earlyReturn(null, { skipTo: 'END' });
  }
  const job = newJob(ctx, 'DATA_EXPORT');
  ctx.stash.job = job;
  return {
    operation: 'TransactWriteItems' as const,
    transactItems: [note(ctx.stash.viewer as UserItem, jobUlid(job)), putJob(job)],
  };
}

function note(viewer: UserItem, exportJobId: string) {
  const former = viewer.exportJobId;
  const isFormer = former === undefined ? 'attribute_not_exists(#exportJobId)' : '#exportJobId = :former';
  const condition = expressionOf({
    expression: `#status = :status AND ${isFormer}`,
    names: { '#status': 'status', '#exportJobId': 'exportJobId' },
    values: { ':status': viewer.status, ...(former === undefined ? {} : { ':former': former }) },
  });
  return {
    table: TABLE.users,
    operation: 'UpdateItem' as const,
    key: util.dynamodb.toMapValues({ userId: viewer.userId }),
    update: expressionOf({
      expression: 'SET #exportJobId = :exportJobId',
      names: { '#exportJobId': 'exportJobId' },
      values: { ':exportJobId': exportJobId },
    }),
    condition: { ...condition, returnValuesOnConditionCheckFailure: false },
  };
}

type TransactionResult = { cancellationReasons: CancellationReason[] | null };

export function response(ctx: StepContext<TransactionResult | null>) {
  if (!ctx.error) {
    return null;
  }
  if (!conditionFailed(ctx.result?.cancellationReasons ?? null, 0)) {
    fail(ctx.error);
  }
  refuse(ctx.stash, 'CONFLICT', 'An export was asked for at the same time. Ask again to see it.', null);
  ctx.stash.job = undefined;
  return null;
}
