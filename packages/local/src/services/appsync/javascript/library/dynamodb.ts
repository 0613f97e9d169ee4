/** `@aws-appsync/utils/dynamodb`: plain inputs to the requests of a DynamoDB data source. */
import { keyExpression, optionalFilter } from './expressions.ts';
import { isObject, toBinarySet, toMapValues, toNumberSet, toStringSet } from './typedValues.ts';
import { operations, updateExpression } from './updates.ts';

type Input = Record<string, unknown>;

const { entries } = Object;
const { isArray } = Array;
const Refusal = Error;

function input(payload: unknown): Input {
  if (!isObject(payload)) throw new Refusal('The input must be an object.');
  return payload;
}

/** Copies what is given under the same name; `null` is a value, `undefined` is not. */
function copy(from: Input, names: readonly string[]): Input {
  const to: Input = {};
  for (const name of names) if (from[name] !== undefined) to[name] = from[name];
  return to;
}

function required(value: unknown, what: string): Input {
  const members = toMapValues(value);
  if (!members) throw new Refusal(`${what} must be an object.`);
  return members;
}

/** `projection: ['id', 'author.name']` to a projection expression. */
function projectionOf({ projection }: Input): Input {
  if (!isArray(projection) || projection.length === 0) return {};
  const expressionNames: Record<string, string> = {};
  const paths: string[] = [];
  let count = 0;
  const placeholders: Record<string, string> = {};
  for (const path of projection as unknown[]) {
    if (typeof path !== 'string') throw new Refusal('A projection is a list of attribute paths.');
    const names: string[] = [];
    for (const attribute of path.split('.')) {
      const known = placeholders[attribute] ?? `#expName_${(count += 1)}`;
      placeholders[attribute] = known;
      expressionNames[known] = attribute;
      names.push(known);
    }
    paths.push(names.join('.'));
  }
  return { projection: { expression: paths.join(', '), expressionNames } };
}

function conditionOf({ condition }: Input): Input {
  const built = optionalFilter(condition);
  return built ? { condition: built } : {};
}

function filterOf({ filter }: Input): Input {
  const built = optionalFilter(filter);
  return built ? { filter: built } : {};
}

const WRITE_OPTIONS = ['_version', 'customPartitionKey', 'populateIndexFields'] as const;
const PAGE_OPTIONS = ['index', 'limit', 'nextToken', 'consistentRead', 'select', 'scanIndexForward'] as const;

function key(from: Input): Input {
  return { key: required(from.key, 'The key') };
}

function get(payload: unknown): Input {
  const from = input(payload);
  return { operation: 'GetItem', ...key(from), ...copy(from, ['consistentRead']), ...projectionOf(from) };
}

function put(payload: unknown): Input {
  const from = input(payload);
  const attributeValues = required(from.item, 'The item');
  return { operation: 'PutItem', ...key(from), attributeValues, ...conditionOf(from), ...copy(from, WRITE_OPTIONS) };
}

function update(payload: unknown): Input {
  const from = input(payload);
  const built = updateExpression(from.update);
  return { operation: 'UpdateItem', ...key(from), update: built, ...conditionOf(from), ...copy(from, WRITE_OPTIONS) };
}

function remove(payload: unknown): Input {
  const from = input(payload);
  return { operation: 'DeleteItem', ...key(from), ...conditionOf(from), ...copy(from, WRITE_OPTIONS) };
}

function query(payload: unknown): Input {
  const from = input(payload);
  const built = keyExpression(from.query);
  return { operation: 'Query', query: built, ...copy(from, PAGE_OPTIONS), ...filterOf(from), ...projectionOf(from) };
}

function scan(payload: unknown): Input {
  const from = input(payload);
  const options = copy(from, [...PAGE_OPTIONS, 'segment', 'totalSegments']);
  return { operation: 'Scan', ...options, ...filterOf(from), ...projectionOf(from) };
}

function sync(payload: unknown): Input {
  const from = input(payload);
  const options = copy(from, ['limit', 'nextToken', 'lastSync', 'basePartitionKey', 'deltaIndexName']);
  return { operation: 'Sync', ...options, ...filterOf(from) };
}

function tablesOf(payload: unknown, request: (table: unknown) => unknown): Input {
  const { tables } = input(payload);
  const requests: Input = {};
  for (const [table, value] of entries(input(tables))) requests[table] = request(value);
  return requests;
}

function listOf(values: unknown, what: string): Input[] {
  if (!isArray(values)) throw new Refusal(`${what} must be a list.`);
  const list: Input[] = [];
  for (const value of values as unknown[]) list.push(required(value, what));
  return list;
}

function batchGet(payload: unknown): Input {
  const tables = tablesOf(payload, (value) => {
    const table = input(value);
    return { keys: listOf(table.keys, 'The keys'), ...copy(table, ['consistentRead']), ...projectionOf(table) };
  });
  return { operation: 'BatchGetItem', tables };
}

const batchPut = (payload: unknown): Input => ({
  operation: 'BatchPutItem',
  tables: tablesOf(payload, (items) => listOf(items, 'The items')),
});

const batchDelete = (payload: unknown): Input => ({
  operation: 'BatchDeleteItem',
  tables: tablesOf(payload, (keys) => listOf(keys, 'The keys')),
});

function transactItems(payload: unknown, request: (item: Input) => Input): Input[] {
  const { items } = input(payload);
  if (!isArray(items)) throw new Refusal('The items must be a list.');
  const requests: Input[] = [];
  for (const item of items as unknown[]) requests.push(request(input(item)));
  return requests;
}

const transactGet = (payload: unknown): Input => ({
  operation: 'TransactGetItems',
  transactItems: transactItems(payload, (item) => ({ ...copy(item, ['table']), ...key(item), ...projectionOf(item) })),
});

/** How each kind of transaction member reads in a request. */
const TRANSACT_WRITES: Readonly<Record<string, (item: Input) => Input>> = {
  putItem: put,
  updateItem: update,
  deleteItem: remove,
  conditionCheck: (item) => ({ operation: 'ConditionCheck', ...key(item), ...conditionOf(item) }),
};

function transactWriteItem(item: Input): Input {
  for (const [kind, request] of entries(TRANSACT_WRITES)) {
    if (item[kind] === undefined) continue;
    const from = input(item[kind]);
    return { ...copy(from, ['table']), ...request(from) };
  }
  throw new Refusal('A transaction item needs putItem, updateItem, deleteItem or conditionCheck.');
}

const transactWrite = (payload: unknown): Input => ({
  operation: 'TransactWriteItems',
  transactItems: transactItems(payload, transactWriteItem),
});

export const dynamodbModule = {
  get,
  put,
  update,
  remove,
  query,
  scan,
  sync,
  batchGet,
  batchPut,
  batchDelete,
  transactGet,
  transactWrite,
  toStringSet,
  toNumberSet,
  toBinarySet,
  operations,
};
