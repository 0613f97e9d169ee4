import { describe, expect, it } from 'vitest';
import { byAuthor, get, key, openThings, put, refusal, refused } from './support/engine.ts';

const invalid = 'ValidationException: ';

describe('PutItem validations', () => {
  const engine = openThings({ indexes: [byAuthor()] });
  const ask = (attributes: object, input: object = {}) =>
    refusal(() => engine.run('PutItem', { TableName: 'Things', Item: { ...key('a', 1), ...attributes }, ...input }));

  it('names all faults of the parameters at once', () => {
    expect(refusal(() => engine.run('PutItem', { TableName: '', ReturnValues: 'hi' }))).toBe(
      `${invalid}3 validation errors detected: ` +
        "Value '' at 'tableName' failed to satisfy constraint: Member must have length greater than or equal to 1; " +
        "Value null at 'item' failed to satisfy constraint: Member must not be null; " +
        "Value 'hi' at 'returnValues' failed to satisfy constraint: Member must satisfy enum value set: [ALL_NEW, UPDATED_OLD, ALL_OLD, NONE, UPDATED_NEW]",
    );
  });

  it('refuses other return values than the old item', () => {
    expect(ask({}, { ReturnValues: 'ALL_NEW' })).toBe(`${invalid}ReturnValues can only be ALL_OLD or NONE`);
  });

  it('refuses a missing, mistyped or empty key', () => {
    expect(refusal(() => engine.run('PutItem', { TableName: 'Things', Item: { pk: { S: 'a' } } }))).toBe(
      `${invalid}One or more parameter values were invalid: Missing the key sk in the item`,
    );
    expect(ask({ sk: { S: 'x' } })).toBe(
      `${invalid}One or more parameter values were invalid: Type mismatch for key sk expected: N actual: S`,
    );
    expect(ask({ pk: { S: '' } })).toBe(
      `${invalid}One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: pk`,
    );
  });

  it('refuses a mistyped or empty index key', () => {
    expect(ask({ author: { N: '1' } })).toBe(
      `${invalid}One or more parameter values were invalid: Type mismatch for Index Key author Expected: S Actual: N IndexName: byAuthor`,
    );
    expect(ask({ author: { S: '' } })).toBe(
      `${invalid}One or more parameter values are not valid. A value specified for a secondary index key is not supported. ` +
        'The AttributeValue for a key attribute cannot contain an empty string value. IndexName: byAuthor, IndexKey: author',
    );
  });

  it('refuses sets that are empty or have a member twice', () => {
    expect(ask({ s: { SS: [] } })).toBe(
      `${invalid}One or more parameter values were invalid: An string set  may not be empty`,
    );
    expect(ask({ s: { SS: ['a', 'a'] } })).toBe(
      `${invalid}One or more parameter values were invalid: Input collection [a, a] contains duplicates.`,
    );
    expect(ask({ s: { NS: ['1', '1.0'] } })).toBe(`${invalid}Input collection contains duplicates`);
  });

  it('refuses an untrue null and broken base64', () => {
    expect(ask({ n: { NULL: false } })).toBe(
      `${invalid}One or more parameter values were invalid: Null attribute value types must have the value of true`,
    );
    expect(ask({ b: { B: 'abc' } })).toMatch(/^SerializationException/);
  });

  it('refuses more than 32 levels without exhausting the stack', () => {
    const nested = (levels: number): object => (levels === 0 ? { S: 'x' } : { L: [nested(levels - 1)] });
    expect(ask({ deep: nested(33) })).toContain('Nesting Levels have exceeded supported limits');
    expect(ask({ deep: nested(5000) })).toContain('Nesting Levels have exceeded supported limits');
    put(engine, 'deep', 1, { deep: nested(31) as never });
  });

  it('takes an item of exactly 400 KB and refuses one byte more', () => {
    // pk(2)+a(1) + sk(2)+1(2 bytes) + x(1) = 8 bytes beside the string.
    expect(ask({ x: { S: 'x'.repeat(400 * 1024 - 7) } })).toBe(
      `${invalid}Item size has exceeded the maximum allowed size`,
    );
    put(engine, 'a', 1, { x: { S: 'x'.repeat(400 * 1024 - 8) } });
  });

  it('refuses unused values and values without an expression', () => {
    expect(ask({}, { ExpressionAttributeValues: { ':a': { S: 'a' } } })).toBe(
      `${invalid}ExpressionAttributeValues can only be specified when using expressions: ConditionExpression is null`,
    );
    expect(
      ask({}, { ConditionExpression: 'attribute_exists(pk)', ExpressionAttributeValues: { ':a': { S: 'a' } } }),
    ).toBe(`${invalid}Value provided in ExpressionAttributeValues unused in expressions: keys: {:a}`);
    expect(ask({}, { ConditionExpression: 'pk = :b' })).toBe(
      `${invalid}Invalid ConditionExpression: An expression attribute value used in expression is not defined; attribute value: :b`,
    );
  });
});

describe('PutItem functionality', () => {
  it('replaces the whole item and returns the old one when asked', () => {
    const engine = openThings();
    put(engine, 'a', 1, { old: { S: 'x' } });
    const answer = engine.run('PutItem', {
      TableName: 'Things',
      Item: { ...key('a', 1), now: { S: 'y' } },
      ReturnValues: 'ALL_OLD',
    });
    expect(answer).toEqual({ Attributes: { ...key('a', 1), old: { S: 'x' } } });
    expect(get(engine, 'a', 1)).toEqual({ ...key('a', 1), now: { S: 'y' } });
  });

  it('writes nothing when the condition fails', () => {
    const engine = openThings();
    put(engine, 'a', 1, { v: { N: '1' } });
    const again = () =>
      engine.run('PutItem', {
        TableName: 'Things',
        Item: { ...key('a', 1), v: { N: '2' } },
        ConditionExpression: 'attribute_not_exists(pk)',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      });
    expect(refusal(again)).toBe('ConditionalCheckFailedException: The conditional request failed');
    expect(refused(again).details).toEqual({ Item: { ...key('a', 1), v: { N: '1' } } });
    expect(get(engine, 'a', 1)).toEqual({ ...key('a', 1), v: { N: '1' } });
  });

  it('does not return the item of a failed condition unasked', () => {
    const engine = openThings();
    put(engine, 'a', 1);
    const input = { TableName: 'Things', Item: key('a', 1), ConditionExpression: 'attribute_not_exists(pk)' };
    expect(refused(() => engine.run('PutItem', input)).details).toEqual({});
  });

  it('does not change the item it was given', () => {
    const engine = openThings();
    const Item = Object.freeze({ pk: Object.freeze({ S: 'a' }), sk: Object.freeze({ N: '01' }) });
    engine.run('PutItem', { TableName: 'Things', Item });
    expect(get(engine, 'a', 1)).toEqual(key('a', 1));
  });

  it('takes null parameters for absent', () => {
    const engine = openThings();
    engine.run('PutItem', { TableName: 'Things', Item: key('a', 1), ConditionExpression: null, ReturnValues: null });
    expect(get(engine, 'a', 1)).toEqual(key('a', 1));
  });

  it('tells capacity by table and index: one unit for a KB, two for a moved index key, none for an unmoved KEYS_ONLY entry', () => {
    const engine = openThings({ indexes: [byAuthor({ type: 'KEYS_ONLY' })] });
    const write = (author: string, body: string) =>
      engine.run('PutItem', {
        TableName: 'Things',
        Item: { ...key('a', 1), author: { S: author }, score: { N: '1' }, body: { S: body } },
        ReturnConsumedCapacity: 'INDEXES',
      }).ConsumedCapacity;
    expect(write('x', 'b'.repeat(1500))).toEqual({
      TableName: 'Things',
      CapacityUnits: 3,
      Table: { CapacityUnits: 2 },
      GlobalSecondaryIndexes: { byAuthor: { CapacityUnits: 1 } },
    });
    expect(write('x', 'c')).toEqual({ TableName: 'Things', CapacityUnits: 2, Table: { CapacityUnits: 2 } });
    expect(write('y', 'c')).toEqual({
      TableName: 'Things',
      CapacityUnits: 3,
      Table: { CapacityUnits: 1 },
      GlobalSecondaryIndexes: { byAuthor: { CapacityUnits: 2 } },
    });
  });
});
