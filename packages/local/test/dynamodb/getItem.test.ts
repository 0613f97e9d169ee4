import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/json.ts';
import { get, key, openThings, put, refusal } from './support/engine.ts';

const invalid = 'ValidationException: ';

describe('GetItem validations', () => {
  const engine = openThings();
  const ask = (input: object) =>
    refusal(() => engine.run('GetItem', { TableName: 'Things', Key: key('a', 1), ...input }));

  it('refuses a request without a table name', () => {
    expect(refusal(() => engine.run('GetItem', { Key: key('a', 1) }))).toBe(
      `${invalid}1 validation error detected: Value null at 'tableName' failed to satisfy constraint: Member must not be null`,
    );
  });

  it('refuses a table that does not exist by its name', () => {
    expect(ask({ TableName: 'Nothing' })).toBe(
      'ResourceNotFoundException: Requested resource not found: Table: Nothing not found',
    );
  });

  it('refuses a key with a missing, an additional or a mistyped attribute', () => {
    const message = `${invalid}The provided key element does not match the schema`;
    expect(ask({ Key: { pk: { S: 'a' } } })).toBe(message);
    expect(ask({ Key: { ...key('a', 1), more: { S: 'b' } } })).toBe(message);
    expect(ask({ Key: { pk: { S: 'a' }, sk: { S: '1' } } })).toBe(message);
    expect(ask({ Key: { pk: { S: 'a' }, constructor: { N: '1' } } })).toBe(message);
  });

  it('refuses an empty and a too long key', () => {
    expect(ask({ Key: key('', 1) })).toBe(
      `${invalid}One or more parameter values were invalid: The AttributeValue for a key attribute cannot contain an empty string value. Key: pk`,
    );
    expect(ask({ Key: key('x'.repeat(2049), 1) })).toBe(
      `${invalid}One or more parameter values were invalid: Size of hashkey has exceeded the maximum size limit of2048 bytes`,
    );
    expect(get(engine, 'x'.repeat(2048), 1)).toBeUndefined();
  });

  it('counts the bytes of a key, not its characters', () => {
    expect(ask({ Key: key('あ'.repeat(683), 1) })).toContain('exceeded the maximum size limit');
    expect(get(engine, 'あ'.repeat(682), 1)).toBeUndefined();
  });

  it('refuses values of no type, of two types and of a wrong JSON type', () => {
    expect(ask({ Key: { pk: {}, sk: { N: '1' } } })).toBe(
      `${invalid}Supplied AttributeValue is empty, must contain exactly one of the supported datatypes`,
    );
    expect(ask({ Key: { pk: { S: 'a', N: '1' }, sk: { N: '1' } } })).toBe(
      `${invalid}Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes`,
    );
    expect(ask({ Key: { pk: { S: 1 }, sk: { N: '1' } } })).toBe(
      'SerializationException: NUMBER_VALUE cannot be converted to String',
    );
    expect(ask({ Key: 'a' })).toMatch(/^SerializationException/);
    expect(ask({ ConsistentRead: 'yes' })).toMatch(/^SerializationException/);
  });

  it('refuses the parameters of the time before expressions', () => {
    expect(ask({ AttributesToGet: ['a'] })).toBe(
      "NotEmulated: DynamoDB's legacy parameter AttributesToGet is not emulated by @hiroba/local",
    );
  });

  it('refuses unused and undefined names', () => {
    expect(ask({ ProjectionExpression: 'a', ExpressionAttributeNames: { '#b': 'b' } })).toBe(
      `${invalid}Value provided in ExpressionAttributeNames unused in expressions: keys: {#b}`,
    );
    expect(ask({ ProjectionExpression: '#c' })).toBe(
      `${invalid}Invalid ProjectionExpression: An expression attribute name used in the document path is not defined; attribute name: #c`,
    );
    expect(ask({ ExpressionAttributeNames: { '#b': 'b' } })).toBe(
      `${invalid}ExpressionAttributeNames can only be specified when using expressions`,
    );
  });

  it('refuses overlapping projections and reserved words', () => {
    expect(ask({ ProjectionExpression: 'a, b.c, a' })).toBe(
      `${invalid}Invalid ProjectionExpression: Two document paths overlap with each other; must remove or rewrite one of these paths; path one: [a], path two: [a]`,
    );
    expect(ask({ ProjectionExpression: 'a, comment' })).toBe(
      `${invalid}Invalid ProjectionExpression: Attribute name is a reserved keyword; reserved keyword: comment`,
    );
    expect(ask({ ProjectionExpression: 'pk.a' })).toBe(
      `${invalid}Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed: Key: pk`,
    );
  });
});

describe('GetItem functionality', () => {
  it('returns nothing for an item that does not exist', () => {
    expect(openThings().run('GetItem', { TableName: 'Things', Key: key('a', 1) })).toEqual({});
  });

  it('returns the item with every type of value', () => {
    const engine = openThings();
    const attributes: JsonObject = {
      s: { S: '日本語 😀' },
      n: { N: '1.5' },
      b: { B: 'AAEC' },
      yes: { BOOL: false },
      nil: { NULL: true },
      ss: { SS: ['a', 'b'] },
      ns: { NS: ['1', '2.5'] },
      bs: { BS: ['AA==', 'AQ=='] },
      l: { L: [{ S: '' }, { M: {} }, { L: [] }] },
      m: { M: { deep: { M: { deeper: { N: '1' } } } } },
    };
    put(engine, 'a', 1, attributes);
    expect(get(engine, 'a', 1)).toEqual({ ...key('a', 1), ...attributes });
  });

  it('takes a table ARN for a name', () => {
    const engine = openThings();
    put(engine, 'a', 1);
    const TableName = 'arn:aws:dynamodb:us-east-1:123456789012:table/Things';
    expect(engine.run('GetItem', { TableName, Key: key('a', 1) }).Item).toEqual(key('a', 1));
  });

  it('finds an item by any notation of its number', () => {
    const engine = openThings();
    put(engine, 'a', 1);
    const Key = { pk: { S: 'a' }, sk: { N: '+10.0e-1' } };
    expect(engine.run('GetItem', { TableName: 'Things', Key }).Item).toEqual(key('a', 1));
  });

  it('projects nested paths and closes up lists', () => {
    const engine = openThings();
    put(engine, 'a', 1, { m: { M: { x: { N: '1' }, y: { N: '2' } } }, l: { L: [{ N: '0' }, { N: '1' }, { N: '2' }] } });
    const answer = engine.run('GetItem', {
      TableName: 'Things',
      Key: key('a', 1),
      ProjectionExpression: 'l[2], #m.y, l[0], absent, l[9]',
      ExpressionAttributeNames: { '#m': 'm' },
    });
    expect(answer.Item).toEqual({ l: { L: [{ N: '0' }, { N: '2' }] }, m: { M: { y: { N: '2' } } } });
  });

  it('keeps attributes whose names mean something in JavaScript', () => {
    const engine = openThings();
    const item = JSON.parse('{"pk":{"S":"a"},"sk":{"N":"1"},"__proto__":{"N":"01"},"constructor":{"S":"c"}}');
    engine.run('PutItem', { TableName: 'Things', Item: item });
    expect(JSON.stringify(get(engine, 'a', 1))).toBe(
      '{"pk":{"S":"a"},"sk":{"N":"1"},"__proto__":{"N":"1"},"constructor":{"S":"c"}}',
    );
    const projected = engine.run('GetItem', {
      TableName: 'Things',
      Key: key('a', 1),
      ProjectionExpression: '#p, toString',
      ExpressionAttributeNames: { '#p': '__proto__' },
    });
    expect(JSON.stringify(projected.Item)).toBe('{"__proto__":{"N":"1"}}');
    expect(({} as { N?: string }).N).toBeUndefined();
  });

  it('tells half a unit for up to 4 KB, a whole one for a consistent read', () => {
    const engine = openThings();
    put(engine, 'a', 1, { body: { S: 'x'.repeat(4100) } });
    const units = (ConsistentRead: boolean, sk: number) =>
      engine.run('GetItem', {
        TableName: 'Things',
        Key: key('a', sk),
        ConsistentRead,
        ReturnConsumedCapacity: 'TOTAL',
      });
    expect(units(false, 1).ConsumedCapacity).toEqual({ TableName: 'Things', CapacityUnits: 1 });
    expect(units(true, 1).ConsumedCapacity).toEqual({ TableName: 'Things', CapacityUnits: 2 });
    expect(units(false, 2).ConsumedCapacity).toEqual({ TableName: 'Things', CapacityUnits: 0.5 });
  });
});
