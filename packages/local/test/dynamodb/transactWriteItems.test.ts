import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/json.ts';
import { byAuthor, get, key, openThings, put, refusal, refused, type TestEngine } from './support/engine.ts';

const invalid = 'ValidationException: ';
const Things = { TableName: 'Things' };

function transact(engine: TestEngine, TransactItems: JsonObject[], input: JsonObject = {}): JsonObject {
  return engine.run('TransactWriteItems', { TransactItems, ...input });
}

const putAction = (n: number, attributes: JsonObject = {}): JsonObject => ({
  Put: { ...Things, Item: { ...key('a', n), ...attributes } },
});

describe('TransactWriteItems validations', () => {
  const engine = openThings();
  const ask = (items: JsonObject[]) => refusal(() => transact(engine, items));

  it('refuses no action and more than 100', () => {
    expect(ask([])).toContain('Member must have length greater than or equal to 1');
    expect(ask(Array.from({ length: 101 }, (_, n) => putAction(n)))).toContain('less than or equal to 100');
  });

  it('refuses an element that is not one action', () => {
    const message = `${invalid}TransactItems can only contain one of Check, Put, Update or Delete`;
    expect(ask([{}])).toBe(message);
    expect(ask([{ ...putAction(1), Delete: { ...Things, Key: key('a', 2) } }])).toBe(message);
    expect(ask([{ toString: { ...Things, Key: key('a', 2) } }])).toBe(message);
  });

  it('refuses two actions on one item', () => {
    expect(ask([putAction(1), { Delete: { ...Things, Key: key('a', 1) } }])).toBe(
      `${invalid}Transaction request cannot include multiple operations on one item`,
    );
  });

  it('refuses a check without a condition and an update without an expression', () => {
    expect(ask([{ ConditionCheck: { ...Things, Key: key('a', 1) } }])).toContain(
      "Value null at 'transactItems.1.member.conditionCheck.conditionExpression'",
    );
    expect(ask([{ Update: { ...Things, Key: key('a', 1) } }])).toContain("update.updateExpression'");
  });

  it('refuses more than 4 MB', () => {
    const big = { body: { S: 'x'.repeat(390 * 1024) } };
    expect(ask(Array.from({ length: 11 }, (_, n) => putAction(n, big)))).toContain('exceeds 4194304 bytes');
  });

  it('refuses a request token longer than 36 characters', () => {
    expect(refusal(() => transact(engine, [putAction(1)], { ClientRequestToken: 'x'.repeat(37) }))).toContain(
      "at 'clientRequestToken' failed to satisfy constraint: Member must have length less than or equal to 36",
    );
  });
});

describe('TransactWriteItems functionality', () => {
  it('does all its actions, over several tables', () => {
    const engine = openThings();
    engine.db.provision({
      name: 'Other',
      key: { partition: { name: 'id', type: 'S' } },
      indexes: [],
      ttlAttribute: null,
      stream: null,
      deletionProtection: false,
    });
    put(engine, 'a', 1, { n: { N: '1' } });
    put(engine, 'a', 2);
    put(engine, 'a', 3);
    const answer = transact(engine, [
      {
        Update: {
          ...Things,
          Key: key('a', 1),
          UpdateExpression: 'SET n = n + :n',
          ExpressionAttributeValues: { ':n': { N: '2' } },
        },
      },
      { Delete: { ...Things, Key: key('a', 2) } },
      { ConditionCheck: { ...Things, Key: key('a', 3), ConditionExpression: 'attribute_exists(pk)' } },
      { Put: { TableName: 'Other', Item: { id: { S: 'x' } } } },
    ]);
    expect(answer).toEqual({});
    expect([get(engine, 'a', 1), get(engine, 'a', 2)]).toEqual([{ ...key('a', 1), n: { N: '3' } }, undefined]);
    expect(engine.run('GetItem', { TableName: 'Other', Key: { id: { S: 'x' } } }).Item).toEqual({ id: { S: 'x' } });
  });

  it('does none when a condition fails, and gives a reason for each action', () => {
    const engine = openThings({ indexes: [byAuthor()], stream: 'KEYS_ONLY' });
    put(engine, 'a', 2, { n: { N: '1' } });
    const error = refused(() =>
      transact(engine, [
        putAction(1, { author: { S: 'x' }, score: { N: '1' } }),
        {
          Put: {
            ...Things,
            Item: key('a', 2),
            ConditionExpression: 'attribute_not_exists(pk)',
            ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
          },
        },
        {
          Update: {
            ...Things,
            Key: key('a', 3),
            UpdateExpression: 'SET n = n + :n',
            ExpressionAttributeValues: { ':n': { N: '2' } },
          },
        },
      ]),
    );
    expect(error.code).toBe('TransactionCanceledException');
    expect(error.message).toBe(
      'Transaction cancelled, please refer cancellation reasons for specific reasons [None, ConditionalCheckFailed, ValidationError]',
    );
    expect(error.details).toEqual({
      CancellationReasons: [
        { Code: 'None' },
        {
          Code: 'ConditionalCheckFailed',
          Message: 'The conditional request failed',
          Item: { ...key('a', 2), n: { N: '1' } },
        },
        {
          Code: 'ValidationError',
          Message: 'The provided expression refers to an attribute that does not exist in the item',
        },
      ],
    });
    expect(get(engine, 'a', 1)).toBeUndefined();
    expect(engine.run('Scan', { ...Things, IndexName: 'byAuthor' }).Count).toBe(0);
    expect(engine.db.stream('Things').read(null, 10)).toHaveLength(1);
  });

  it('uses twice the capacity', () => {
    const engine = openThings();
    expect(transact(engine, [putAction(1), putAction(2)], { ReturnConsumedCapacity: 'TOTAL' })).toEqual({
      ConsumedCapacity: [{ TableName: 'Things', CapacityUnits: 4, WriteCapacityUnits: 4 }],
    });
  });
});

describe('A ClientRequestToken', () => {
  const increment: JsonObject = {
    Update: {
      ...Things,
      Key: key('a', 1),
      UpdateExpression: 'ADD n :one',
      ExpressionAttributeValues: { ':one': { N: '1' } },
    },
  };
  const token = { ClientRequestToken: 'token-1' };
  const count = (engine: TestEngine) => (get(engine, 'a', 1) as { n: { N: string } }).n.N;

  it('makes a repeat succeed without doing it again, for ten minutes', () => {
    const engine = openThings();
    transact(engine, [increment], token);
    engine.clock.advance(9 * 60_000);
    transact(engine, [increment], token);
    expect(count(engine)).toBe('1');
    engine.clock.advance(60_000);
    transact(engine, [increment], token);
    expect(count(engine)).toBe('2');
  });

  it('is refused with another request', () => {
    const engine = openThings();
    transact(engine, [increment], token);
    expect(refusal(() => transact(engine, [putAction(2)], token))).toMatch(/^IdempotentParameterMismatchException/);
    expect(get(engine, 'a', 2)).toBeUndefined();
  });

  it('is not used up by a cancelled transaction', () => {
    const engine = openThings();
    const conditional = { Put: { ...Things, Item: key('a', 2), ConditionExpression: 'attribute_exists(pk)' } };
    expect(refusal(() => transact(engine, [conditional], token))).toMatch(/^TransactionCanceledException/);
    put(engine, 'a', 2, { old: { S: 'x' } });
    transact(engine, [conditional], token);
    expect(get(engine, 'a', 2)).toEqual(key('a', 2));
  });
});
