import { NotEmulated } from '../../../../aws/error.ts';
import type { JsonObject, JsonValue } from '../../../../json.ts';
import { chain } from '../../execution/chain.ts';
import { booleanAt, optional, requestObject, type RequestObject } from '../requestObject.ts';
import { readCondition, type Condition } from './condition.ts';
import { afterFailedCondition, type ItemWrite } from './conditionalFailure.ts';
import { placeholders, readExpression } from './expressions.ts';
import type { Operation, OperationContext } from './operation.ts';
import { readProjection } from './projection.ts';
import { toPlainItem, toWireItem, type WireItem } from './typedValues.ts';

const VERSIONED = ['_version', 'customPartitionKey', 'populateIndexFields'];

export const getItem: Operation = ({ call, table }) => {
  const request = requestObject(call.request, ['key', 'consistentRead', 'projection']);
  const projection = optional(request.projection, '$[projection]', readProjection);
  const input = {
    TableName: table.tableName,
    Key: toWireItem(request.key, '$[key]'),
    ConsistentRead: optional(request.consistentRead, '$[consistentRead]', booleanAt) ?? false,
    ...(projection !== undefined && { ProjectionExpression: projection.expression }),
    ...placeholders(projection),
  };
  return chain(table.send(call, 'GetItem', input), ({ Item }) => ({ result: toPlainItem(Item) }));
};

export const putItem: Operation = (context) => {
  const { table } = context;
  const request = writeRequest(context, ['attributeValues']);
  const key = toWireItem(request.key, '$[key]');
  const item: WireItem = { ...(optional(request.attributeValues, '$[attributeValues]', toWireItem) ?? {}), ...key };
  const condition = optional(request.condition, '$[condition]', readCondition);
  const input = { TableName: table.tableName, Item: item, ...conditionInput(condition), ...placeholders(condition) };
  return write(context, { operation: 'PutItem', repeat: putItem, input, key, item, condition }, () => item);
};

export const updateItem: Operation = (context) => {
  const { table } = context;
  const request = writeRequest(context, ['update']);
  const key = toWireItem(request.key, '$[key]');
  const update = readExpression(request.update, '$[update]');
  const condition = optional(request.condition, '$[condition]', readCondition);
  const input = {
    TableName: table.tableName,
    Key: key,
    UpdateExpression: update.expression,
    ReturnValues: 'ALL_NEW',
    ...conditionInput(condition),
    ...placeholders(update, condition),
  };
  return write(
    context,
    { operation: 'UpdateItem', repeat: updateItem, input, key, condition },
    ({ Attributes }) => Attributes,
  );
};

export const deleteItem: Operation = (context) => {
  const { table } = context;
  const request = writeRequest(context, []);
  const key = toWireItem(request.key, '$[key]');
  const condition = optional(request.condition, '$[condition]', readCondition);
  const input = {
    TableName: table.tableName,
    Key: key,
    ReturnValues: 'ALL_OLD',
    ...conditionInput(condition),
    ...placeholders(condition),
  };
  return write(
    context,
    { operation: 'DeleteItem', repeat: deleteItem, input, key, condition },
    ({ Attributes }) => Attributes,
  );
};

type Write = Omit<ItemWrite, 'condition'> & { readonly condition: Condition | undefined };

function write(
  context: OperationContext,
  { condition, ...itemWrite }: Write,
  written: (output: JsonObject) => JsonValue | undefined,
): ReturnType<Operation> {
  const send = () =>
    chain(context.table.send(context.call, itemWrite.operation, itemWrite.input), (output) => ({
      result: toPlainItem(written(output)),
    }));
  return condition === undefined ? send() : afterFailedCondition(context, { ...itemWrite, condition }, send);
}

function writeRequest({ call }: OperationContext, members: readonly string[]): RequestObject {
  const request = requestObject(call.request, ['key', 'condition', ...members, ...VERSIONED]);
  for (const member of VERSIONED) {
    if (request[member] !== undefined && request[member] !== null) {
      throw new NotEmulated(`${member} (a versioned data source, used by ${call.address})`);
    }
  }
  return request;
}

const conditionInput = (condition: Condition | undefined): JsonObject =>
  condition === undefined ? {} : { ConditionExpression: condition.expression };
