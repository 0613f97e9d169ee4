import { describe, expect, it } from 'vitest';
import { key, openThings, put, refusal } from './support/engine.ts';

const keys = (from: number, to: number) => Array.from({ length: to - from }, (_, n) => key('a', from + n));

describe('BatchGetItem validations', () => {
  const engine = openThings();
  const ask = (RequestItems: object) =>
    refusal(() => engine.run('BatchGetItem', { RequestItems: JSON.parse(JSON.stringify(RequestItems)) }));

  it('refuses an empty request, more than 100 keys and a key twice', () => {
    expect(ask({})).toContain('Member must have length greater than or equal to 1');
    expect(ask({ Things: { Keys: keys(0, 101) } })).toContain('Member must have length less than or equal to 100');
    expect(ask({ Things: { Keys: [key('a', 1), { pk: { S: 'a' }, sk: { N: '1.0' } }] } })).toBe(
      'ValidationException: Provided list of item keys contains duplicates',
    );
  });

  it('refuses more than 100 keys over several tables', () => {
    const two = openThings();
    const other = { name: 'Other', key: { partition: { name: 'id', type: 'S' } }, indexes: [] } as const;
    two.db.provision({ ...other, ttlAttribute: null, stream: null, deletionProtection: false });
    const RequestItems = {
      Things: { Keys: keys(0, 60) },
      Other: { Keys: Array.from({ length: 41 }, (_, n) => ({ id: { S: `${n}` } })) },
    };
    expect(refusal(() => two.run('BatchGetItem', { RequestItems }))).toBe(
      'ValidationException: Too many items requested for the BatchGetItem call',
    );
  });

  it('refuses a table that does not exist', () => {
    expect(ask({ Nothing: { Keys: keys(0, 1) } })).toMatch(/^ResourceNotFoundException/);
  });
});

describe('BatchGetItem functionality', () => {
  it('returns the items that exist, projected', () => {
    const engine = openThings();
    put(engine, 'a', 1, { x: { S: 'x' }, y: { S: 'y' } });
    put(engine, 'a', 3, { x: { S: 'z' } });
    const answer = engine.run('BatchGetItem', {
      RequestItems: { Things: { Keys: keys(1, 4), ProjectionExpression: 'sk, x', ConsistentRead: true } },
      ReturnConsumedCapacity: 'TOTAL',
    });
    expect(answer).toEqual({
      Responses: {
        Things: [
          { sk: { N: '1' }, x: { S: 'x' } },
          { sk: { N: '3' }, x: { S: 'z' } },
        ],
      },
      UnprocessedKeys: {},
      ConsumedCapacity: [{ TableName: 'Things', CapacityUnits: 3 }],
    });
  });

  it('leaves what exceeds 16 MB unprocessed, ready to be asked again', () => {
    const engine = openThings();
    for (let n = 0; n < 50; n += 1) put(engine, 'a', n, { body: { S: 'x'.repeat(380 * 1024) } });
    const request = { Things: { Keys: keys(0, 50), ConsistentRead: true, ProjectionExpression: 'sk' } };
    const first = engine.run('BatchGetItem', { RequestItems: request });
    expect((first.Responses as { Things: unknown[] }).Things).toHaveLength(43);
    expect(first.UnprocessedKeys).toEqual({
      Things: { Keys: keys(43, 50), ConsistentRead: true, ProjectionExpression: 'sk' },
    });
    const second = engine.run('BatchGetItem', { RequestItems: first.UnprocessedKeys ?? null });
    expect((second.Responses as { Things: unknown[] }).Things).toHaveLength(7);
  });
});
