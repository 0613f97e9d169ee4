import { describe, expect, it } from 'vitest';
import { byAuthor, get, key, openThings, put, refusal } from './support/engine.ts';

const puts = (count: number) => Array.from({ length: count }, (_, n) => ({ PutRequest: { Item: key('a', n) } }));

describe('BatchWriteItem validations', () => {
  const engine = openThings({ indexes: [byAuthor()] });
  const ask = (Things: object[]) =>
    refusal(() => engine.run('BatchWriteItem', { RequestItems: { Things: JSON.parse(JSON.stringify(Things)) } }));

  it('refuses no request and more than 25', () => {
    expect(ask([])).toContain('Member must have length greater than or equal to 1');
    expect(ask(puts(26))).toContain('Member must have length less than or equal to 25');
  });

  it('refuses an item twice, and an empty or double request', () => {
    expect(ask([...puts(1), { DeleteRequest: { Key: key('a', 0) } }])).toBe(
      'ValidationException: Provided list of item keys contains duplicates',
    );
    expect(ask([{}])).toMatch(/^ValidationException/);
    expect(ask([{ PutRequest: { Item: key('a', 1) }, DeleteRequest: { Key: key('a', 2) } }])).toMatch(
      /^ValidationException/,
    );
  });

  it('writes nothing when one request is invalid', () => {
    expect(ask([...puts(3), { PutRequest: { Item: { ...key('a', 9), author: { N: '1' } } } }])).toContain(
      'Type mismatch for Index Key author',
    );
    expect(get(engine, 'a', 0)).toBeUndefined();
  });
});

describe('BatchWriteItem functionality', () => {
  it('puts and deletes, and tells capacity', () => {
    const engine = openThings();
    put(engine, 'b', 1);
    const answer = engine.run('BatchWriteItem', {
      RequestItems: { Things: [...puts(2), { DeleteRequest: { Key: key('b', 1) } }] },
      ReturnConsumedCapacity: 'TOTAL',
    });
    expect(answer).toEqual({ UnprocessedItems: {}, ConsumedCapacity: [{ TableName: 'Things', CapacityUnits: 3 }] });
    expect([get(engine, 'a', 0), get(engine, 'a', 1), get(engine, 'b', 1)]).toEqual([
      key('a', 0),
      key('a', 1),
      undefined,
    ]);
  });
});
