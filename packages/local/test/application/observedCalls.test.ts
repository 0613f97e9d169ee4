import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { type ObservedCall, startLocal } from '../../src/index.ts';
import { observeDynamoDb } from '../../src/system/observe.ts';
import { byAuthor, key, openThings } from '../dynamodb/support/engine.ts';
import { writeGreenhouse } from './greenhouse.ts';

const ending: (() => void | Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ending.splice(0)) await end();
});

function observedThings() {
  const engine = openThings({ indexes: [byAuthor({ type: 'KEYS_ONLY' })] });
  ending.push(engine.close);
  const calls: ObservedCall[] = [];
  return { db: observeDynamoDb(engine.db, (call) => calls.push(call)), calls };
}

const item = { ...key('a', 1), author: { S: 'x' }, score: { N: '1' } };

describe('a system that is observed', () => {
  test('tells of resolvers, of what their requests used, of invocations and of what functions used', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'greenhouse-'));
    await writeGreenhouse(folder);
    const calls: ObservedCall[] = [];
    const onCall = (call: ObservedCall): void => void calls.push(call);
    const system = await startLocal({ from: folder, port: 0, awsPort: 0, dataDirectory: null, onCall });
    ending.push(async () => {
      await system.close();
      await rm(folder, { recursive: true });
    });
    await fetch(system.endpoints.graphql, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-api-key': system.configuration?.apiKey ?? '' },
      body: JSON.stringify({ query: 'mutation { record(sensor: "north", celsius: 20) { celsius } }' }),
    });
    await system.idle();
    const told = calls.map((call) => (call.service === 'lambda' ? { ...call, payloadBytes: undefined } : call));
    expect(told).toEqual([
      { service: 'appsync', field: 'Mutation.record' },
      {
        service: 'dynamodb',
        operation: 'PutItem',
        field: 'Mutation.record',
        partitions: [{ table: 'greenhouse-readings', index: null, key: 'north' }],
        consumed: [{ TableName: 'greenhouse-readings', CapacityUnits: 1, Table: { CapacityUnits: 1 } }],
      },
      { service: 'lambda', functionName: 'greenhouse-averages' },
      {
        service: 'dynamodb',
        operation: 'UpdateItem',
        field: null,
        partitions: [{ table: 'greenhouse-averages', index: null, key: 'north' }],
        consumed: [{ TableName: 'greenhouse-averages', CapacityUnits: 1, Table: { CapacityUnits: 1 } }],
      },
    ]);
  });
});

describe('an observed table', () => {
  test('tells the units of each index, and the caller who did not ask for them is not told', () => {
    const { db, calls } = observedThings();
    expect(db.execute('PutItem', { TableName: 'Things', Item: item })).toEqual({});
    expect(calls).toEqual([
      {
        service: 'dynamodb',
        operation: 'PutItem',
        field: null,
        partitions: [
          { table: 'Things', index: null, key: 'a' },
          { table: 'Things', index: 'byAuthor', key: 'x' },
        ],
        consumed: [
          {
            TableName: 'Things',
            CapacityUnits: 2,
            Table: { CapacityUnits: 1 },
            GlobalSecondaryIndexes: { byAuthor: { CapacityUnits: 1 } },
          },
        ],
      },
    ]);
  });

  test('answers callers who asked as DynamoDB would have', () => {
    const { db } = observedThings();
    const put = (wanted: string) =>
      db.execute('PutItem', { TableName: 'Things', Item: item, ReturnConsumedCapacity: wanted });
    expect(put('TOTAL')).toEqual({ ConsumedCapacity: { TableName: 'Things', CapacityUnits: 2 } });
    expect(put('NONE')).toEqual({});
    expect(put('INDEXES')).toEqual({
      ConsumedCapacity: { TableName: 'Things', CapacityUnits: 1, Table: { CapacityUnits: 1 } },
    });
  });

  test('tells of a failed condition, whose units nobody knows, and lets the error pass', () => {
    const { db, calls } = observedThings();
    const input = { TableName: 'Things', Item: item, ConditionExpression: 'attribute_exists(pk)' };
    expect(() => db.execute('PutItem', input, 'Mutation.put')).toThrow('The conditional request failed');
    expect(calls).toEqual([
      {
        service: 'dynamodb',
        operation: 'PutItem',
        field: 'Mutation.put',
        partitions: [
          { table: 'Things', index: null, key: 'a' },
          { table: 'Things', index: 'byAuthor', key: 'x' },
        ],
        consumed: [],
        failed: 'ConditionalCheckFailedException',
      },
    ]);
  });
});
