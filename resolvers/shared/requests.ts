import {
  util,
  type DynamoDBBatchGetItemRequest,
  type DynamoDBDeleteItemRequest,
  type DynamoDBGetItemRequest,
  type DynamoDBPutItemRequest,
  type DynamoDBUpdateItemRequest,
} from '@aws-appsync/utils';
import { fail, throttled } from './errors.ts';

type Values = Record<string, unknown>;

/** Strongly consistent when the caller must see its own writes. */
export function getItem(key: Values, consistentRead: boolean): DynamoDBGetItemRequest {
  return { operation: 'GetItem', key: util.dynamodb.toMapValues(key), consistentRead };
}

/** Writes what is not there yet; `absent` is an attribute of the key. */
export function putNewItem(key: Values, item: Values, absent: string): DynamoDBPutItemRequest {
  return {
    operation: 'PutItem',
    key: util.dynamodb.toMapValues(key),
    attributeValues: util.dynamodb.toMapValues(item),
    condition: { expression: 'attribute_not_exists(#absent)', expressionNames: { '#absent': absent } },
  };
}

export function deleteItem(key: Values): DynamoDBDeleteItemRequest {
  return { operation: 'DeleteItem', key: util.dynamodb.toMapValues(key) };
}

/** Names and values with their marks, `#name` and `:value`; values as plain JavaScript. */
export type Expression = { expression: string; names: Record<string, string>; values: Values };

export function updateItem(key: Values, update: Expression, condition: Expression): DynamoDBUpdateItemRequest {
  return {
    operation: 'UpdateItem',
    key: util.dynamodb.toMapValues(key),
    update: expressionOf(update),
    condition: expressionOf(condition),
  };
}

type TypedExpression = { expression: string; expressionNames: Record<string, string>; expressionValues?: Values };

/** DynamoDB refuses an empty map of values. */
export function expressionOf(source: Expression): TypedExpression {
  const typed = { expression: source.expression, expressionNames: source.names };
  const hasValues = Object.keys(source.values).length > 0;
  return hasValues ? { ...typed, expressionValues: util.dynamodb.toMapValues(source.values) as Values } : typed;
}

/** At most 100 keys in all; keys must differ. */
export function batchGet(tables: Record<string, Values[]>, consistentRead: boolean): DynamoDBBatchGetItemRequest {
  const requests: DynamoDBBatchGetItemRequest['tables'] = {};
  for (const table of Object.keys(tables)) {
    const keys = tables[table] as Values[];
    if (keys.length > 0) {
      requests[table] = { keys: keys.map((key) => util.dynamodb.toMapValues(key)), consistentRead };
    }
  }
  return { operation: 'BatchGetItem', tables: requests };
}

export type BatchResult = {
  data: Record<string, (Values | null)[]>;
  unprocessedKeys: Record<string, unknown[] | null> | null;
};

type BatchContext = { result: unknown; error?: { message: string; type: string } };

/**
 * The items that a BatchGetItem found in one table. A key that DynamoDB did not get to would look like a missing item,
 * so it fails the request as a throttle does: "not blocked" must never be concluded from it.
 */
export function batchItems<Item>(ctx: BatchContext, table: string): Item[] {
  if (ctx.error) {
    fail(ctx.error);
  }
  const result = ctx.result as BatchResult;
  const unprocessed = (result.unprocessedKeys ?? {})[table] ?? [];
  if (unprocessed.length > 0) {
    throttled();
  }
  return (result.data[table] ?? []).filter((item) => item !== null) as Item[];
}
