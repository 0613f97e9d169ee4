import { util, type DynamoDBTransactWriteItemsRequest, type Identity } from '@aws-appsync/utils';
import { viewerId } from './identity.ts';
import type { JobItem } from './items.ts';
import { JOB_SECONDS } from './limits.ts';
import { carriedTrace, type Traced } from './trace.ts';
import { ulidTimeISO } from './ulid.ts';

/** A job of the viewer's, which waits for its worker. */
export function newJob(ctx: { identity: Identity } & Traced, kind: JobItem['kind']): JobItem {
  const userId = viewerId(ctx.identity);
  const ulid = util.autoUlid();
  return {
    operationId: `JOB#${ulid}`,
    status: `JOB#${userId}`,
    createdAt: `${ulidTimeISO(ulid)}#${ulid}`,
    userId,
    kind,
    state: 'QUEUED',
    expiresAt: util.time.nowEpochSeconds() + JOB_SECONDS,
    ...carriedTrace(ctx),
  };
}

/** A stream handler sends the job on its way when this is written. */
export function putJob(job: JobItem): DynamoDBTransactWriteItemsRequest['transactItems'][number] {
  const { operationId, ...attributes } = job;
  return {
    table: TABLE.ops,
    operation: 'PutItem',
    key: util.dynamodb.toMapValues({ operationId }),
    attributeValues: util.dynamodb.toMapValues(attributes),
    condition: {
      expression: 'attribute_not_exists(#operationId)',
      expressionNames: { '#operationId': 'operationId' },
      returnValuesOnConditionCheckFailure: false,
    },
  };
}

export function jobUlid(job: JobItem): string {
  return job.operationId.slice('JOB#'.length);
}
