import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AwsError } from '../../src/aws/error.ts';
import { faultyDynamoDb } from '../../src/faults/dynamodb.ts';
import { createFaults, type FaultOptions } from '../../src/faults/faults.ts';
import type { JsonObject } from '../../src/json.ts';
import { get, key, openThings, put, type TestEngine } from '../dynamodb/support/engine.ts';

const worker = { arn: 'arn:aws:iam::123456789012:role/worker' };
const root = { arn: 'arn:aws:iam::123456789012:root' };
const ofThings = (sk: number): JsonObject => ({ TableName: 'Things', Key: key('a', sk) });

let engine: TestEngine;
beforeEach(() => {
  engine = openThings();
});
afterEach(() => engine.close());

function faulty(rates: FaultOptions['rates'], most = 1) {
  const faults = createFaults({ seed: 'seed', rates, most });
  const dynamodb = faultyDynamoDb(engine.db, faults);
  /** The answer, or the code of the refusal. */
  const call = (operation: string, input: JsonObject, principal = worker): JsonObject | string => {
    try {
      return dynamodb.call(operation, input, principal) as JsonObject;
    } catch (error) {
      if (error instanceof AwsError) return error.code;
      throw error;
    }
  };
  return { call, counts: () => faults.counts(), dynamodb };
}

describe('throttling', () => {
  it.each([
    ['GetItem', ofThings(1)],
    ['PutItem', { TableName: 'Things', Item: key('a', 1) }],
    ['UpdateItem', ofThings(1)],
    ['DeleteItem', ofThings(1)],
    [
      'Query',
      { TableName: 'Things', KeyConditionExpression: 'pk = :a', ExpressionAttributeValues: { ':a': { S: 'a' } } },
    ],
    ['Scan', { TableName: 'Things' }],
  ])('refuses %s, and does it the next time', (operation, input) => {
    const { call, counts } = faulty({ dynamodbThrottled: 1 });
    expect(call(operation, input)).toBe('ProvisionedThroughputExceededException');
    expect(call(operation, input)).toEqual(expect.any(Object));
    expect(counts().dynamodbThrottled).toBe(1);
  });

  it('does nothing of what it refuses', () => {
    const { call } = faulty({ dynamodbThrottled: 1 });
    call('PutItem', { TableName: 'Things', Item: key('a', 1) });
    expect(get(engine, 'a', 1)).toBeUndefined();
  });

  it('decides by the key of an item, whatever is written to it', () => {
    const { call } = faulty({ dynamodbThrottled: 1 });
    const write = (n: string) => call('PutItem', { TableName: 'Things', Item: { ...key('a', 1), n: { N: n } } });
    expect([write('1'), write('2')]).toEqual(['ProvisionedThroughputExceededException', {}]);
  });

  it('leaves requests of a batch unprocessed, which succeed when they are sent again', () => {
    const { call } = faulty({ dynamodbThrottled: 0.5 });
    const requests = [1, 2, 3, 4].map((sk) => ({ PutRequest: { Item: key('a', sk) } }));
    const first = call('BatchWriteItem', { RequestItems: { Things: requests } }) as JsonObject;
    const left = (first['UnprocessedItems'] as { Things: typeof requests }).Things;
    expect(left.length).toBeGreaterThan(0);
    expect(left.length).toBeLessThan(4);
    expect([1, 2, 3, 4].filter((sk) => get(engine, 'a', sk) !== undefined)).toHaveLength(4 - left.length);
    for (let again = left; again.length > 0;) {
      const answer = call('BatchWriteItem', { RequestItems: { Things: again } });
      if (typeof answer === 'string') continue;
      again = (answer['UnprocessedItems'] as { Things?: typeof requests }).Things ?? [];
    }
    expect([1, 2, 3, 4].every((sk) => get(engine, 'a', sk) !== undefined)).toBe(true);
  });

  it('leaves keys of a batch unread, with what else the request said', () => {
    [1, 2, 3, 4].forEach((sk) => put(engine, 'a', sk));
    const { call } = faulty({ dynamodbThrottled: 0.5 });
    const Things = { Keys: [1, 2, 3, 4].map((sk) => key('a', sk)), ConsistentRead: true };
    const { Responses, UnprocessedKeys } = call('BatchGetItem', { RequestItems: { Things } }) as {
      Responses: { Things: unknown[] };
      UnprocessedKeys: { Things: { Keys: unknown[]; ConsistentRead: boolean } };
    };
    expect(UnprocessedKeys.Things.ConsistentRead).toBe(true);
    expect(Responses.Things.length + UnprocessedKeys.Things.Keys.length).toBe(4);
    expect(UnprocessedKeys.Things.Keys.length).toBeGreaterThan(0);
  });

  it('refuses a batch of which nothing is left', () => {
    const { call } = faulty({ dynamodbThrottled: 1 });
    const RequestItems = { Things: [{ DeleteRequest: { Key: key('a', 1) } }] };
    expect(call('BatchWriteItem', { RequestItems })).toBe('ProvisionedThroughputExceededException');
    expect(call('BatchWriteItem', { RequestItems })).toEqual({ UnprocessedItems: {} });
  });
});

describe('conflicts', () => {
  it('refuse a write', () => {
    const { call, counts } = faulty({ dynamodbConflict: 1 });
    expect(call('UpdateItem', ofThings(1))).toBe('TransactionConflictException');
    expect(call('UpdateItem', ofThings(1))).toEqual({});
    expect(call('GetItem', ofThings(1))).toEqual({ Item: key('a', 1) });
    expect(counts().dynamodbConflict).toBe(1);
  });

  it('cancel a transaction, with the reason at its place', () => {
    const { dynamodb } = faulty({ dynamodbConflict: 0.5 });
    const TransactItems = [1, 2, 3, 4].map((sk) => ({ Put: { TableName: 'Things', Item: key('a', sk) } }));
    let refused: AwsError | undefined;
    try {
      dynamodb.call('TransactWriteItems', { TransactItems }, worker);
    } catch (error) {
      refused = error as AwsError;
    }
    const reasons = refused?.details['CancellationReasons'] as JsonObject[];
    expect(refused?.code).toBe('TransactionCanceledException');
    expect(reasons).toHaveLength(4);
    expect(reasons).toContainEqual({ Code: 'None' });
    expect(reasons).toContainEqual({ Code: 'TransactionConflict', Message: 'Transaction is ongoing for the item' });
    expect(refused?.message).toContain(`[${reasons.map(({ Code }) => String(Code)).join(', ')}]`);
    expect([1, 2, 3, 4].filter((sk) => get(engine, 'a', sk) !== undefined)).toEqual([]);
  });
});

describe('what is spared', () => {
  const all = { dynamodbThrottled: 1, dynamodbConflict: 1 };

  it("are the developer's own calls, and resolvers", () => {
    const { call, dynamodb, counts } = faulty(all);
    expect(call('GetItem', ofThings(1), root)).toEqual({});
    expect(dynamodb.execute('PutItem', { TableName: 'Things', Item: key('a', 1) })).toEqual({});
    expect(counts()).toMatchObject({ dynamodbThrottled: 0, dynamodbConflict: 0 });
  });

  it('is everything at a rate of 0', () => {
    const { dynamodb } = faulty({ dynamodbThrottled: 0 });
    expect(dynamodb).toBe(engine.db);
  });

  it('are the refusals of DynamoDB itself', () => {
    const { call } = faulty(all);
    expect(call('GetItem', { TableName: 'Nothing', Key: key('a', 1) })).toBe('ResourceNotFoundException');
  });
});
