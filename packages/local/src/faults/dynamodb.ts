import { AwsError } from '../aws/error.ts';
import type { JsonObject, JsonValue } from '../json.ts';
import type { DynamoDb } from '../services/dynamodb/index.ts';
import {
  type CancellationCode,
  executeBatch,
  throughputExceeded,
  transactionCancelled,
} from '../services/dynamodb/refusals.ts';
import { isApplication } from './callers.ts';
import type { Faults } from './faults.ts';

/**
 * DynamoDB that refuses calls of functions now and then, before anything is done. Resolvers are spared: AppSync does not try
 * again, so that each fault would be an answer to a client.
 */
export function faultyDynamoDb(dynamodb: DynamoDb, faults: Faults): DynamoDb {
  if (!faults.has('dynamodbThrottled') && !faults.has('dynamodbConflict')) return dynamodb;
  const keys = keyReader(dynamodb);
  return {
    ...dynamodb,
    call(operation, input, principal) {
      if (!isApplication(principal) || !Object.hasOwn(FAULTY, operation)) {
        return dynamodb.call(operation, input, principal);
      }
      return FAULTY[operation]!({
        operation,
        input,
        faults,
        keys,
        run: (given) => dynamodb.call(operation, given, principal),
      });
    },
  };
}

type Answer = JsonObject | Promise<JsonObject>;

interface Call {
  readonly operation: string;
  readonly input: JsonObject;
  readonly faults: Faults;
  readonly keys: KeyReader;
  readonly run: (input: JsonObject) => Answer;
}

const FAULTY: Readonly<Record<string, (call: Call) => Answer>> = {
  GetItem: (call) => throttled(call, itemKey(call)),
  Query: (call) => throttled(call, JSON.stringify(call.input)),
  Scan: (call) => throttled(call, JSON.stringify(call.input)),
  PutItem: (call) => writeItem(call),
  UpdateItem: (call) => writeItem(call),
  DeleteItem: (call) => writeItem(call),
  BatchGetItem: batch,
  BatchWriteItem: batch,
  TransactGetItems: (call) => transact(call),
  TransactWriteItems: (call) => transact(call),
};

function throttled({ operation, input, faults, run }: Call, key: string): Answer {
  if (faults.strikes('dynamodbThrottled', `${operation} ${key}`)) throw throughputExceeded();
  return run(input);
}

function writeItem(call: Call): Answer {
  const key = itemKey(call);
  if (call.faults.strikes('dynamodbConflict', `${call.operation} ${key}`)) {
    throw new AwsError('TransactionConflictException', 'Transaction is ongoing for the item');
  }
  return throttled(call, key);
}

const itemKey = ({ input, keys }: Call): string => keys(String(input['TableName']), input['Key'] ?? input['Item']);

function batch({ operation, input, faults, run }: Call): Answer {
  return executeBatch(
    { operation, input },
    {
      isRefused: (table, request) =>
        faults.strikes('dynamodbThrottled', `${operation} ${table} ${JSON.stringify(request)}`),
      run,
      refusal: throughputExceeded,
    },
  );
}

function transact({ operation, input, faults, keys, run }: Call): Answer {
  const items = (input['TransactItems'] ?? []) as JsonObject[];
  const codes = items.map((item): CancellationCode => {
    const [action] = Object.values(item) as JsonObject[];
    const key = `${operation} ${keys(String(action?.['TableName']), action?.['Key'] ?? action?.['Item'])}`;
    if (faults.strikes('dynamodbConflict', key)) return 'TransactionConflict';
    return faults.strikes('dynamodbThrottled', key) ? 'ThrottlingError' : 'None';
  });
  if (codes.every((code) => code === 'None')) return run(input);
  throw transactionCancelled(codes);
}

/** The key of an item as text: the same for all writes of one item, whatever else they write. */
type KeyReader = (table: string, item: JsonValue | undefined) => string;

function keyReader(dynamodb: DynamoDb): KeyReader {
  const names = new Map<string, readonly string[]>();
  const namesOf = (table: string): readonly string[] => {
    const known = names.get(table);
    if (known) return known;
    const { Table: described } = dynamodb.execute('DescribeTable', { TableName: table });
    const schema = (described as JsonObject)['KeySchema'] as JsonObject[];
    const found = schema.map(({ AttributeName: name }) => String(name));
    names.set(table, found);
    return found;
  };
  return (table, item) => {
    const values = (item ?? {}) as JsonObject;
    return `${table} ${JSON.stringify(namesOf(table).map((name) => values[name] ?? null))}`;
  };
}
