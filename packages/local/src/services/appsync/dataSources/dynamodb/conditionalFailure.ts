import { AwsError } from '../../../../aws/error.ts';
import { attempt, chain, type MaybePromise } from '../../execution/chain.ts';
import { MappingTemplateError, type DataSourceAnswer } from '../dataSource.ts';
import type { JsonObject } from '../../../../json.ts';
import type { Condition } from './condition.ts';
import { contextError } from './errors.ts';
import type { Operation, OperationContext } from './operation.ts';
import { canonicalItem, toPlainItem, type WireItem } from './typedValues.ts';

/** A single-item write with a condition, in the form a failed condition needs. */
export interface ItemWrite {
  readonly operation: 'PutItem' | 'UpdateItem' | 'DeleteItem';
  /** DynamoDB's input. */
  readonly input: JsonObject;
  readonly key: WireItem;
  /** PutItem only: the whole attempted item. */
  readonly item?: WireItem;
  readonly condition: Condition;
  /** Runs the operation again for another request object. */
  readonly repeat: Operation;
}

/**
 * Runs a conditional write, and when its condition fails does what AppSync does then: reads the current item, and
 * takes it for a success when it is already as the write wanted it; else asks the handler's function, or rejects with
 * the current item as `ctx.result`.
 * https://docs.aws.amazon.com/appsync/latest/devguide/js-aws-appsync-resolver-reference-dynamodb-condition-expressions.html
 */
export function afterFailedCondition(
  context: OperationContext,
  write: ItemWrite,
  send: () => MaybePromise<DataSourceAnswer>,
): MaybePromise<DataSourceAnswer> {
  const failed = Symbol('failed condition');
  let failure: AwsError | undefined;
  const outcome = attempt<DataSourceAnswer | typeof failed>(send, (error) => {
    if (!(error instanceof AwsError) || error.code !== 'ConditionalCheckFailedException') throw error;
    failure = error;
    return failed;
  });
  return chain(outcome, (answer) => {
    if (answer !== failed) return answer as DataSourceAnswer;
    return chain(currentItem(context, write), (current) => {
      const result = toPlainItem(current);
      if (isAlreadyDone(write, current)) return { result };
      const rejected = { result, error: contextError(failure as AwsError, context.call.state.requestId) };
      const { handlerArn } = write.condition;
      if (handlerArn === undefined || context.isRetry === true) return rejected;
      return askHandler(context, { write, handlerArn, current, rejected });
    });
  });
}

function currentItem(
  { call, table }: OperationContext,
  { key, condition }: ItemWrite,
): MaybePromise<WireItem | undefined> {
  const input = { TableName: table.tableName, Key: key, ConsistentRead: condition.consistentRead };
  return chain(table.send(call, 'GetItem', input), ({ Item }) => Item as WireItem | undefined);
}

function isAlreadyDone({ operation, item, condition }: ItemWrite, current: WireItem | undefined): boolean {
  if (operation === 'DeleteItem') return current === undefined;
  if (operation !== 'PutItem' || current === undefined) return false;
  return canonicalItem(current, condition.equalsIgnore) === canonicalItem(item, condition.equalsIgnore);
}

interface HandlerQuestion {
  readonly write: ItemWrite;
  readonly handlerArn: string;
  readonly current: WireItem | undefined;
  readonly rejected: DataSourceAnswer;
}

async function askHandler(context: OperationContext, question: HandlerQuestion): Promise<DataSourceAnswer> {
  const { call, lambda, table } = context;
  const { write, handlerArn, current, rejected } = question;
  const { api } = call.state.compiled;
  const { payload, functionError } = await lambda(handlerArn, {
    arguments: call.args,
    requestMapping: call.request,
    currentValue: current ?? null,
    resolver: {
      tableName: table.tableName,
      awsRegion: api.region,
      parentType: call.resolver.typeName,
      field: call.resolver.fieldName,
      outputType: call.field.field?.type.name,
    },
    identity: call.state.caller.identity,
  });
  if (functionError !== undefined) throw new AwsError('Lambda:Unhandled', functionError.errorMessage);
  const { action, retryMapping } = (payload ?? {}) as { action?: unknown; retryMapping?: unknown };
  if (action === 'reject') return rejected;
  if (action === 'discard') return { result: rejected.result };
  if (action !== 'retry') throw new MappingTemplateError(`Unsupported action '${String(action)}' of ${handlerArn}.`);
  // One retry only: a second failed condition rejects.
  const retried = { ...call, request: retryRequest(call.request, retryMapping) };
  return write.repeat({ ...context, call: retried, isRetry: true });
}

function retryRequest(original: unknown, retryMapping: unknown): unknown {
  const { operation, key } = original as { operation: unknown; key: unknown };
  return { ...(retryMapping as object | null), operation, key };
}
