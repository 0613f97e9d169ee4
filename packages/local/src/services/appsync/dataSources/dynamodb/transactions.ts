import { AwsError } from '../../../../aws/error.ts';
import type { JsonObject, JsonValue } from '../../../../json.ts';
import { attempt, chain } from '../../execution/chain.ts';
import { MappingTemplateError, type DataSourceAnswer } from '../dataSource.ts';
import { arrayAt, booleanAt, optional, requestObject, stringAt, type RequestObject } from '../requestObject.ts';
import { parseCondition } from './condition.ts';
import { contextError } from './errors.ts';
import { placeholders, readExpression } from './expressions.ts';
import type { Operation, OperationContext } from './operation.ts';
import { readProjection } from './projection.ts';
import { toPlainItem, toWireItem, type WireItem } from './typedValues.ts';

export const transactGetItems: Operation = (context) => {
  const { call, table } = context;
  const request = requestObject(call.request, ['transactItems']);
  const gets = arrayAt(request.transactItems, '$[transactItems]').map((value, index) => {
    const path = `$[transactItems][${index}]`;
    const item = requestObject(value, ['table', 'key', 'projection'], path);
    const projection = optional(item.projection, `${path}[projection]`, readProjection);
    return {
      Get: {
        TableName: stringAt(item.table, `${path}[table]`),
        Key: toWireItem(item.key, `${path}[key]`),
        ...(projection !== undefined && { ProjectionExpression: projection.expression }),
        ...placeholders(projection),
      },
    };
  });
  const send = () =>
    chain(table.send(call, 'TransactGetItems', { TransactItems: gets }), ({ Responses }) => ({
      result: {
        items: asList(Responses).map((found) => toPlainItem(memberOf(found, 'Item'))),
        cancellationReasons: null,
      },
    }));
  return attempt<DataSourceAnswer>(send, (error) => cancelled(context, error, 'items'));
};

export const transactWriteItems: Operation = (context) => {
  const { call, table } = context;
  const request = requestObject(call.request, ['transactItems']);
  const writes = arrayAt(request.transactItems, '$[transactItems]').map(readWrite);
  const input = { TransactItems: writes.map(({ input: write }) => write) };
  const send = () =>
    chain(table.send(call, 'TransactWriteItems', input), () => ({
      result: { keys: writes.map(({ key }) => toPlainItem(key)), cancellationReasons: null },
    }));
  return attempt<DataSourceAnswer>(send, (error) => cancelled(context, error, 'keys'));
};

interface TransactWrite {
  readonly key: WireItem;
  readonly input: JsonObject;
}

const MEMBERS: Readonly<Record<string, readonly string[]>> = {
  PutItem: ['attributeValues'],
  UpdateItem: ['update'],
  DeleteItem: [],
  ConditionCheck: [],
};

function readWrite(value: unknown, index: number): TransactWrite {
  const path = `$[transactItems][${index}]`;
  const operation = stringAt((value as RequestObject | null)?.operation, `${path}[operation]`);
  const members = Object.hasOwn(MEMBERS, operation) ? MEMBERS[operation] : undefined;
  if (members === undefined) throw new MappingTemplateError(`Unsupported operation '${operation}' at '${path}'.`);
  const item = requestObject(value, ['operation', 'table', 'key', 'condition', ...members], path);
  const key = toWireItem(item.key, `${path}[key]`);
  const condition = optional(item.condition, `${path}[condition]`, readTransactCondition);
  const update = operation === 'UpdateItem' ? readExpression(item.update, `${path}[update]`) : undefined;
  const common = {
    TableName: stringAt(item.table, `${path}[table]`),
    ...(condition !== undefined && {
      ConditionExpression: condition.expression,
      ReturnValuesOnConditionCheckFailure: condition.returnsItem ? 'ALL_OLD' : 'NONE',
    }),
    ...placeholders(update, condition),
  };
  switch (operation) {
    case 'PutItem': {
      const attributes = optional(item.attributeValues, `${path}[attributeValues]`, toWireItem) ?? {};
      return { key, input: { Put: { ...common, Item: { ...attributes, ...key } } } };
    }
    case 'UpdateItem':
      return { key, input: { Update: { ...common, Key: key, UpdateExpression: update?.expression ?? '' } } };
    case 'DeleteItem':
      return { key, input: { Delete: { ...common, Key: key } } };
    default:
      return { key, input: { ConditionCheck: { ...common, Key: key } } };
  }
}

/** The item that made the condition fail comes back unless the condition says otherwise, opposite to DynamoDB. */
function readTransactCondition(value: unknown, path: string) {
  const condition = typeof value === 'string' ? parseCondition(value, path) : value;
  const expression = readExpression(condition, path, ['returnValuesOnConditionCheckFailure']);
  const returnsItem = (condition as RequestObject).returnValuesOnConditionCheckFailure;
  return {
    ...expression,
    returnsItem: optional(returnsItem, `${path}[returnValuesOnConditionCheckFailure]`, booleanAt) ?? true,
  };
}

function cancelled({ call }: OperationContext, error: unknown, member: 'items' | 'keys'): DataSourceAnswer {
  if (!(error instanceof AwsError) || error.code !== 'TransactionCanceledException') throw error;
  const reasons = asList(error.details.CancellationReasons).map(cancellationReason);
  return { result: { [member]: null, cancellationReasons: reasons }, error: contextError(error, call.state.requestId) };
}

function cancellationReason(reason: JsonValue): unknown {
  const item = memberOf(reason, 'Item');
  const code = memberOf(reason, 'Code') ?? 'None';
  const isCondition = code === 'ConditionalCheckFailed';
  return {
    ...(item !== undefined && item !== null && { item: toPlainItem(item) }),
    type: isCondition ? 'ConditionCheckFailed' : code,
    message: isCondition ? 'The condition check failed.' : (memberOf(reason, 'Message') ?? 'None'),
  };
}

const asList = (value: JsonValue | undefined): readonly JsonValue[] => (Array.isArray(value) ? value : []);

function memberOf(value: JsonValue | undefined, name: string): JsonValue | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value[name] : undefined;
}
