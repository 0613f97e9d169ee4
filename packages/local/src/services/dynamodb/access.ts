import type { Access } from '../../aws/service.ts';
import { AwsError } from '../../aws/error.ts';
import type { JsonObject, JsonValue } from '../../json.ts';
import { own } from './attributeValue.ts';
import type { Context } from './context.ts';
import { pathsOf } from './expressions/conditionPaths.ts';
import { readExpressions, type Expressions } from './expressions/index.ts';
import type { ExpressionKind } from './expressions/lexer.ts';
import { partitionValueIn } from './keyCondition.ts';
import type { AttributeValue, KeySchema, Table } from './model.ts';
import { normaliseNumber } from './number.ts';

/**
 * What a call does in IAM's terms. Keys of the condition context are those of "Condition keys for Amazon DynamoDB" in
 * the Service Authorization Reference. An input that the operation will refuse gets what can be told of it.
 */
export function accessOf(context: Context, operation: string, input: JsonObject): readonly Access[] {
  if (operation === 'ListTables' || operation === 'ListStreams') {
    return [{ action: `dynamodb:${operation}`, resource: '*' }];
  }
  const stream = streamOf(operation, input);
  if (stream !== null) return [{ action: `dynamodb:${operation}`, resource: stream }];
  if (operation === 'BatchGetItem' || operation === 'BatchWriteItem') return batchAccess(context, operation, input);
  if (operation === 'TransactGetItems' || operation === 'TransactWriteItems') {
    return transactAccess(context, operation, input);
  }
  return [oneAccess(context, operation, input)];
}

/** The ARN of the stream that is read; null: the operation is about a table. */
function streamOf(operation: string, { StreamArn: arn, ShardIterator: iterator }: JsonObject): string | null {
  if (operation === 'GetRecords') return typeof iterator === 'string' ? (iterator.split('|')[0] ?? '') : '';
  if (operation !== 'DescribeStream' && operation !== 'GetShardIterator') return null;
  return typeof arn === 'string' ? arn : '';
}

type Keys = Readonly<Record<string, string | readonly string[]>>;

const TRANSACTED: Readonly<Record<string, string>> = {
  Get: 'GetItem',
  Put: 'PutItem',
  Update: 'UpdateItem',
  Delete: 'DeleteItem',
  ConditionCheck: 'ConditionCheckItem',
};

/** DynamoDB authorizes each action of a transaction as the operation it stands for (developerguide/transaction-apis-iam). */
function transactAccess(context: Context, operation: string, input: JsonObject): Access[] {
  return asList(input.TransactItems).flatMap((item) =>
    Object.entries(asMap(item)).flatMap(([name, action]) => {
      const iam = TRANSACTED[name];
      if (iam === undefined) return [];
      const access = oneAccess(context, iam, asMap(action));
      return [
        { ...access, context: { ...access.context, 'dynamodb:EnclosingOperation': operation, ...capacityKey(input) } },
      ];
    }),
  );
}

function batchAccess(context: Context, operation: string, input: JsonObject): Access[] {
  return Object.entries(asMap(input.RequestItems)).map(([tableName, request]) => {
    const table = tableOf(context, tableName);
    const entries = operation === 'BatchGetItem' ? asList(asMap(request).Keys) : asList(request).map(writtenOf);
    const leading = table ? entries.flatMap((entry) => leadingKey(table.key, asMap(entry))) : [];
    const keys =
      operation === 'BatchGetItem'
        ? readKeys(asMap(request), entries)
        : { 'dynamodb:Attributes': unique(entries.flatMap((entry) => Object.keys(asMap(entry)))) };
    return {
      action: `dynamodb:${operation}`,
      resource: tableArn(context, tableName),
      context: { ...keys, ...leadingKeys(leading), ...capacityKey(input) },
    };
  });
}

/** The item or key of a write request. */
function writtenOf(request: JsonValue): JsonValue {
  const { PutRequest: put, DeleteRequest: remove } = asMap(request);
  return asMap(put).Item ?? asMap(remove).Key ?? {};
}

function oneAccess(context: Context, operation: string, input: JsonObject): Access {
  const tableName = typeof input.TableName === 'string' ? input.TableName : '';
  const arn = tableArn(context, tableName);
  const { IndexName: index } = input;
  const resource = typeof index === 'string' ? `${arn}/index/${index}` : arn;
  const read = CONTEXT[operation];
  const keys = read ? { ...read(tableOf(context, tableName), input), ...capacityKey(input) } : {};
  return { action: `dynamodb:${operation}`, resource, context: keys };
}

type ReadContext = (table: Table | null, input: JsonObject) => Keys;

const CONTEXT: Readonly<Record<string, ReadContext | undefined>> = {
  GetItem: (table, input) => ({ ...readKeys(input, [input.Key ?? {}]), ...keyed(table, input.Key) }),
  PutItem: (table, input) => writeContext(table, input, input.Item),
  UpdateItem: (table, input) => writeContext(table, input, input.Key),
  DeleteItem: (table, input) => writeContext(table, input, input.Key),
  ConditionCheckItem: (table, input) => writeContext(table, input, input.Key),
  Query: queryContext,
  Scan: (_table, input) => selectContext(input, expressionsOf(input, ['ProjectionExpression', 'FilterExpression'])),
};

function writeContext(table: Table | null, input: JsonObject, item: JsonValue | undefined): Keys {
  const { condition, update } = expressionsOf(input, ['UpdateExpression', 'ConditionExpression']);
  const touched = [...(update?.paths ?? []), ...(condition ? pathsOf(condition) : [])].map(([name]) => String(name));
  return {
    'dynamodb:Attributes': unique([...Object.keys(asMap(item)), ...touched]),
    'dynamodb:ReturnValues': typeof input.ReturnValues === 'string' ? input.ReturnValues : 'NONE',
    ...keyed(table, item),
  };
}

/** Attributes of a read are those it names; without a projection it reads all, which `Select` says. */
function readKeys(input: JsonObject, keys: readonly JsonValue[]): Keys {
  const { projection } = expressionsOf(input, ['ProjectionExpression']);
  if (!projection) return { 'dynamodb:Select': 'ALL_ATTRIBUTES' };
  const names = [...keys.flatMap((key) => Object.keys(asMap(key))), ...projection.paths.map(([name]) => String(name))];
  return { 'dynamodb:Select': 'SPECIFIC_ATTRIBUTES', 'dynamodb:Attributes': unique(names) };
}

function queryContext(table: Table | null, input: JsonObject): Keys {
  const expressions = expressionsOf(input, ['ProjectionExpression', 'FilterExpression', 'KeyConditionExpression']);
  const schema = table?.liveIndexes.find(({ name }) => name === input.IndexName)?.key ?? table?.key;
  const value = schema && expressions.keyCondition && leadingIn(expressions, schema);
  return { ...selectContext(input, expressions), ...leadingKeys(value ? [keyText(value)] : []) };
}

function leadingIn({ keyCondition }: Expressions, schema: KeySchema): AttributeValue | null {
  return tolerant(() => keyCondition && partitionValueIn(keyCondition, schema), null);
}

function selectContext(input: JsonObject, { projection, filter, keyCondition }: Expressions): Keys {
  const conditions = [filter, keyCondition].flatMap((condition) => (condition ? pathsOf(condition) : []));
  const names = [...(projection?.paths ?? []), ...conditions].map(([name]) => String(name));
  const whole = typeof input.IndexName === 'string' ? 'ALL_PROJECTED_ATTRIBUTES' : 'ALL_ATTRIBUTES';
  const select = typeof input.Select === 'string' ? input.Select : projection ? 'SPECIFIC_ATTRIBUTES' : whole;
  return { 'dynamodb:Select': select, ...(names.length > 0 ? { 'dynamodb:Attributes': unique(names) } : {}) };
}

const NO_EXPRESSIONS: Expressions = {
  condition: null,
  filter: null,
  keyCondition: null,
  projection: null,
  update: null,
};

function expressionsOf(input: JsonObject, kinds: readonly ExpressionKind[]): Expressions {
  return tolerant(() => readExpressions(input, kinds), NO_EXPRESSIONS);
}

/** Authorization comes before validation, so a faulty input must not fail here; the operation refuses it in a moment. */
function tolerant<Result>(read: () => Result, otherwise: Result): Result {
  try {
    return read();
  } catch (error) {
    if (error instanceof AwsError) return otherwise;
    throw error;
  }
}

function keyed(table: Table | null, item: JsonValue | undefined): Keys {
  return leadingKeys(table ? leadingKey(table.key, asMap(item)) : []);
}

function leadingKey({ partition }: KeySchema, item: JsonObject): string[] {
  const value = asMap(own(item, partition.name))[partition.type];
  if (typeof value !== 'string') return [];
  return [partition.type === 'N' ? tolerant(() => normaliseNumber(value), value) : value];
}

function keyText(value: AttributeValue): string {
  return 'S' in value ? value.S : 'N' in value ? value.N : 'B' in value ? value.B : '';
}

function leadingKeys(values: readonly string[]): Keys {
  return values.length > 0 ? { 'dynamodb:LeadingKeys': unique(values) } : {};
}

function capacityKey({ ReturnConsumedCapacity: wanted }: JsonObject): Keys {
  return typeof wanted === 'string' ? { 'dynamodb:ReturnConsumedCapacity': wanted } : {};
}

function tableOf({ catalog }: Context, nameOrArn: string): Table | null {
  return tolerant(() => catalog.open(nameOrArn).table, null);
}

function tableArn({ account }: Context, nameOrArn: string): string {
  if (nameOrArn.startsWith('arn:')) return nameOrArn;
  return `arn:aws:dynamodb:${account.region}:${account.accountId}:table/${nameOrArn}`;
}

function unique(values: readonly string[]): readonly string[] {
  return [...new Set(values)];
}

function asMap(value: JsonValue | undefined): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
}

function asList(value: JsonValue | undefined): readonly JsonValue[] {
  return Array.isArray(value) ? value : [];
}
