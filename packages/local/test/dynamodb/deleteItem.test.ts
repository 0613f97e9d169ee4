import { describe, expect, it } from 'vitest';
import { byAuthor, get, key, openThings, put, refusal } from './support/engine.ts';

describe('DeleteItem validations', () => {
  it('refuses a key that is not the table’s and return values other than the old item', () => {
    const engine = openThings();
    const ask = (input: object) =>
      refusal(() => engine.run('DeleteItem', { TableName: 'Things', Key: key('a', 1), ...input }));
    expect(ask({ Key: { pk: { S: 'a' } } })).toBe(
      'ValidationException: The provided key element does not match the schema',
    );
    expect(ask({ ReturnValues: 'UPDATED_OLD' })).toBe('ValidationException: ReturnValues can only be ALL_OLD or NONE');
  });
});

describe('DeleteItem functionality', () => {
  it('deletes the item with its index entries and returns it when asked', () => {
    const engine = openThings({ indexes: [byAuthor()] });
    put(engine, 'a', 1, { author: { S: 'x' }, score: { N: '1' } });
    const answer = engine.run('DeleteItem', { TableName: 'Things', Key: key('a', 1), ReturnValues: 'ALL_OLD' });
    expect(answer).toEqual({ Attributes: { ...key('a', 1), author: { S: 'x' }, score: { N: '1' } } });
    expect(get(engine, 'a', 1)).toBeUndefined();
    expect(engine.run('Scan', { TableName: 'Things', IndexName: 'byAuthor' }).Count).toBe(0);
  });

  it('succeeds without an item', () => {
    const engine = openThings({ stream: 'NEW_AND_OLD_IMAGES' });
    expect(engine.run('DeleteItem', { TableName: 'Things', Key: key('a', 1), ReturnValues: 'ALL_OLD' })).toEqual({});
    expect(engine.db.stream('Things').read(null, 10)).toEqual([]);
  });

  it('deletes nothing when the condition fails', () => {
    const engine = openThings();
    put(engine, 'a', 1, { n: { N: '1' } });
    const input = {
      TableName: 'Things',
      Key: key('a', 1),
      ConditionExpression: 'n > :n',
      ExpressionAttributeValues: { ':n': { N: '1' } },
    };
    expect(refusal(() => engine.run('DeleteItem', input))).toMatch(/^ConditionalCheckFailedException/);
    expect(get(engine, 'a', 1)).toBeDefined();
  });
});
