import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { dynamodb } from '../shared/dynamodb.ts';
import { required } from '../shared/environment.ts';

/** `ops`, `operationId` = `JOB#` + ULID: the part that its worker needs. */
export interface StoredJob {
  readonly userId: string;
  readonly kind: 'DATA_EXPORT' | 'ACCOUNT_DELETION';
  readonly state: 'QUEUED' | 'RUNNING' | 'DONE' | 'FAILED';
  /** Steps that are done. */
  readonly step?: number;
}

export async function readJob(jobId: string): Promise<StoredJob | undefined> {
  const { Item } = await dynamodb.send(
    new GetCommand({ TableName: required('OPS_TABLE'), Key: keyOf(jobId), ConsistentRead: true }),
  );
  return Item as StoredJob | undefined;
}

/** Notes that so many steps are done. What is further already stays so. */
export async function advance(jobId: string, step: number): Promise<void> {
  await change(jobId, {
    set: { state: 'RUNNING', step },
    condition: 'attribute_exists(operationId) AND #state <> :done AND (attribute_not_exists(#step) OR #step < :step)',
    values: { ':done': 'DONE' },
  });
}

export async function finish(jobId: string, attributes: Readonly<Record<string, unknown>>): Promise<void> {
  await change(jobId, {
    set: { ...attributes, state: 'DONE', finishedAt: new Date().toISOString() },
    condition: 'attribute_exists(operationId) AND #state <> :state',
    values: {},
  });
}

/** Until the message is taken out of the dead-letter queue: the job then goes on. */
export async function fail(jobId: string): Promise<void> {
  await change(jobId, {
    set: { state: 'FAILED' },
    condition: 'attribute_exists(operationId) AND #state <> :done',
    values: { ':done': 'DONE' },
  });
}

interface JobChange {
  readonly set: Readonly<Record<string, unknown>>;
  readonly condition: string;
  readonly values: Readonly<Record<string, unknown>>;
}

/** A condition that does not hold means that another delivery was faster, or that the job is gone. */
async function change(jobId: string, { set, condition, values }: JobChange): Promise<void> {
  const names = Object.keys(set);
  try {
    await dynamodb.send(
      new UpdateCommand({
        TableName: required('OPS_TABLE'),
        Key: keyOf(jobId),
        UpdateExpression: `SET ${names.map((name) => `#${name} = :${name}`).join(', ')}`,
        ConditionExpression: condition,
        ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])),
        ExpressionAttributeValues: {
          ...Object.fromEntries(Object.entries(set).map(([name, value]) => [`:${name}`, value])),
          ...values,
        },
      }),
    );
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
  }
}

function keyOf(jobId: string) {
  return { operationId: `JOB#${jobId}` };
}
