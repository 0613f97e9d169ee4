import { afterEach, describe, expect, it } from 'vitest';
import { AwsError } from '../../src/aws/error.ts';
import type { Throughput } from '../../src/definitions/throughput.ts';
import type { JsonObject } from '../../src/json.ts';
import { throttledDynamoDb } from '../../src/throttling/dynamodb.ts';
import { byAuthor, key, openThings, type TestEngine } from '../dynamodb/support/engine.ts';

let engine: TestEngine | undefined;
afterEach(() => engine?.close());

const PLENTY: Throughput = { reads: 40_000, writes: 40_000, mode: 'PAY_PER_REQUEST' };

function limited(throughput: Readonly<Record<string, Throughput>>) {
  const opened = openThings({ indexes: [byAuthor()] });
  engine = opened;
  const given = new Map(Object.entries(throughput));
  const dynamodb = throttledDynamoDb(opened.db, { throughput: () => given, clock: opened.clock });
  /** The answer, or the error. */
  const call = (operation: string, input: JsonObject): JsonObject => {
    try {
      return dynamodb.execute(operation, input);
    } catch (error) {
      if (error instanceof AwsError) return { code: error.code, message: error.message, ...error.details };
      throw error;
    }
  };
  /** How many of so many calls were refused. */
  const refusals = (count: number, operation: string, input: (index: number) => JsonObject): number =>
    Array.from({ length: count }, (_, index) => call(operation, input(index))).filter(({ code }) => code !== undefined)
      .length;
  return { call, refusals, clock: opened.clock };
}

const get = (pk: string): JsonObject => ({ TableName: 'Things', Key: key(pk, 1), ConsistentRead: true });
const put = (pk: string, more: JsonObject = {}): JsonObject => ({
  TableName: 'Things',
  Item: { ...key(pk, 1), ...more },
});

// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-partition-key-design.html
describe('a partition key', () => {
  it('gives 3,000 read units a second, and others theirs', () => {
    const { refusals, clock } = limited({ Things: PLENTY });
    expect(refusals(3_500, 'GetItem', () => get('hot'))).toBe(500);
    expect(refusals(500, 'GetItem', () => get('cold'))).toBe(0);
    clock.advance(500);
    expect(refusals(3_500, 'GetItem', () => get('hot'))).toBe(2_000);
  });

  it('takes 1,000 write units a second, in the index that an item is put into as well', () => {
    const { refusals } = limited({ Things: PLENTY, 'Things/byAuthor': PLENTY });
    const author = { author: { S: 'same' }, score: { N: '1' } };
    expect(refusals(1_200, 'PutItem', (index) => put(`key ${index}`, author))).toBe(200);
    expect(refusals(1_200, 'PutItem', (index) => put(`other ${index}`))).toBe(0);
  });

  it('is refused for on demand and provisioned tables in their own words', () => {
    const onDemand = limited({ Things: { ...PLENTY, writes: 1 } });
    onDemand.call('PutItem', put('a'));
    expect(onDemand.call('PutItem', put('b'))).toEqual({
      code: 'ThrottlingException',
      message:
        'Throughput exceeds the current capacity of your table or index. DynamoDB is automatically scaling your table or index so please try again shortly.',
    });
    engine?.close();
    const provisioned = limited({ Things: { reads: 5, writes: 0, mode: 'PROVISIONED' } });
    expect(provisioned.call('PutItem', put('b'))).toMatchObject({ code: 'ProvisionedThroughputExceededException' });
  });
});

// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/burst-adaptive-capacity.html
it('provisioned capacity that was not used is kept for five minutes', () => {
  const { refusals, clock } = limited({ Things: { reads: 5, writes: 5, mode: 'PROVISIONED' } });
  expect(refusals(1_600, 'GetItem', (index) => get(String(index)))).toBe(95);
  clock.advance(10_000);
  expect(refusals(60, 'GetItem', (index) => get(String(index)))).toBe(10);
  clock.advance(3_600_000);
  expect(refusals(1_600, 'GetItem', (index) => get(String(index)))).toBe(95);
});

describe('of several items at once', () => {
  it('a batch leaves unprocessed what is refused', () => {
    const { call, refusals } = limited({ Things: PLENTY });
    refusals(3_000, 'GetItem', () => get('hot'));
    const Keys = [key('hot', 1), key('cold', 1)];
    expect(call('BatchGetItem', { RequestItems: { Things: { Keys, ConsistentRead: true } } })).toEqual({
      Responses: { Things: [] },
      UnprocessedKeys: { Things: { Keys: [key('hot', 1)], ConsistentRead: true } },
    });
    expect(call('BatchGetItem', { RequestItems: { Things: { Keys: [key('hot', 1)] } } })).toMatchObject({
      code: 'ThrottlingException',
    });
  });

  it('a transaction is cancelled, and says for which', () => {
    const { call, refusals } = limited({ Things: PLENTY });
    refusals(1_000, 'PutItem', () => put('hot'));
    const TransactItems = ['cold', 'hot'].map((pk) => ({ Put: put(pk) }));
    expect(call('TransactWriteItems', { TransactItems })).toMatchObject({
      code: 'TransactionCanceledException',
      CancellationReasons: [{ Code: 'None' }, { Code: 'ThrottlingError' }],
    });
  });
});

it('answers are what they are without a limit, capacity only where it was asked for', () => {
  const { call } = limited({ Things: PLENTY });
  expect(call('PutItem', put('a'))).toEqual({});
  expect(call('GetItem', { ...get('a'), ReturnConsumedCapacity: 'TOTAL' })).toEqual({
    Item: key('a', 1),
    ConsumedCapacity: { TableName: 'Things', CapacityUnits: 1 },
  });
});
