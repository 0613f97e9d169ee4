import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/json.ts';
import { byAuthor, get, key, openThings, put, refusal, type TestEngine } from './support/engine.ts';

const invalid = 'ValidationException: ';

function update(engine: TestEngine, UpdateExpression: string, values?: JsonObject, input: JsonObject = {}): JsonObject {
  return engine.run('UpdateItem', {
    TableName: 'Things',
    Key: key('a', 1),
    UpdateExpression,
    ...(values ? { ExpressionAttributeValues: values } : {}),
    ...input,
  });
}

const one = { ':one': { N: '1' } };

describe('UpdateItem validations', () => {
  const engine = openThings({ indexes: [byAuthor()] });
  const ask = (expression: string, values?: JsonObject) => refusal(() => update(engine, expression, values));

  it('refuses a syntax error with the place', () => {
    expect(ask('SET a = ')).toBe(`${invalid}Invalid UpdateExpression: Syntax error; token: "<EOF>", near: "="`);
    expect(ask('SET a == :one', one)).toBe(
      `${invalid}Invalid UpdateExpression: Syntax error; token: "=", near: "== :one"`,
    );
    expect(ask('a = :one', one)).toBe(`${invalid}Invalid UpdateExpression: Syntax error; token: "a", near: "a ="`);
    expect(ask('SET a = {}')).toBe(`${invalid}Invalid UpdateExpression: Syntax error; token: "{", near: "= {"`);
    expect(ask('')).toBe(`${invalid}Invalid UpdateExpression: The expression can not be empty;`);
  });

  it('refuses a section twice, an unknown function and a reserved word', () => {
    expect(ask('SET a = :one SET b = :one', one)).toBe(
      `${invalid}Invalid UpdateExpression: The "SET" section can only be used once in an update expression;`,
    );
    expect(ask('SET a = plus(b, :one)', one)).toBe(
      `${invalid}Invalid UpdateExpression: Invalid function name; function: plus`,
    );
    expect(ask('SET size = :one', one)).toBe(
      `${invalid}Invalid UpdateExpression: Attribute name is a reserved keyword; reserved keyword: size`,
    );
  });

  it('refuses overlapping and conflicting paths', () => {
    expect(ask('SET a.b = :one REMOVE a', one)).toBe(
      `${invalid}Invalid UpdateExpression: Two document paths overlap with each other; must remove or rewrite one of these paths; path one: [a, b], path two: [a]`,
    );
    expect(ask('SET a.b = :one, a[0] = :one', one)).toBe(
      `${invalid}Invalid UpdateExpression: Two document paths conflict with each other; must remove or rewrite one of these paths; path one: [a, b], path two: [a, [0]]`,
    );
  });

  it('refuses operands of a wrong type before reading the item', () => {
    expect(ask('SET a = b + :s', { ':s': { S: 'x' } })).toBe(
      `${invalid}Invalid UpdateExpression: Incorrect operand type for operator or function; operator or function: +, operand type: S`,
    );
    expect(ask('ADD a :s', { ':s': { S: 'x' } })).toBe(
      `${invalid}Invalid UpdateExpression: Incorrect operand type for operator or function; operator: ADD, operand type: STRING`,
    );
    expect(ask('DELETE a :one', one)).toBe(
      `${invalid}Invalid UpdateExpression: Incorrect operand type for operator or function; operator: DELETE, operand type: NUMBER`,
    );
    expect(ask('SET a = if_not_exists(:one, :one)', one)).toBe(
      `${invalid}Invalid UpdateExpression: Operator or function requires a document path; operator or function: if_not_exists`,
    );
    expect(ask('SET a = list_append(:one)', one)).toBe(
      `${invalid}Invalid UpdateExpression: Incorrect number of operands for operator or function; operator or function: list_append, number of operands: 1`,
    );
  });

  it('refuses to change the key', () => {
    expect(ask('SET pk = :one', one)).toBe(
      `${invalid}One or more parameter values were invalid: Cannot update attribute pk. This attribute is part of the key`,
    );
  });

  it('refuses an index key of another type', () => {
    expect(ask('SET author = :one', one)).toContain('Type mismatch for Index Key author Expected: S Actual: N');
    expect(get(engine, 'a', 1)).toBeUndefined();
  });

  it('refuses a missing operand, a path into nothing and a wrong type in the item, and changes nothing', () => {
    put(engine, 'a', 1, { s: { S: 'x' } });
    expect(ask('SET a = nowhere')).toBe(
      `${invalid}The provided expression refers to an attribute that does not exist in the item`,
    );
    expect(ask('SET a.b = :one', one)).toBe(
      `${invalid}The document path provided in the update expression is invalid for update`,
    );
    expect(ask('SET b = :one, s = s + :one', one)).toBe(
      `${invalid}An operand in the update expression has an incorrect data type`,
    );
    expect(ask('ADD s :one', one)).toBe(`${invalid}An operand in the update expression has an incorrect data type`);
    expect(get(engine, 'a', 1)).toEqual({ ...key('a', 1), s: { S: 'x' } });
  });

  it('refuses to let an item grow beyond 400 KB', () => {
    expect(ask('SET x = :x', { ':x': { S: 'x'.repeat(400 * 1024) } })).toBe(
      `${invalid}Item size to update has exceeded the maximum allowed size`,
    );
  });

  it('refuses an expression that is too long, has too many operators or is nested too deeply', () => {
    expect(ask(`SET ${'a'.repeat(4096)} = :one`, one)).toContain(
      'Expression size has exceeded the maximum allowed size',
    );
    const many = Array.from({ length: 301 }, (_, index) => `a${index}`).join(',');
    expect(ask(`REMOVE ${many}`)).toContain('too many operators');
    expect(ask(`SET a = ${'('.repeat(200)}:one${')'.repeat(200)}`, one)).toContain('nested too deeply');
  });
});

describe('UpdateItem functionality', () => {
  it('creates the item, even without an expression', () => {
    const engine = openThings();
    engine.run('UpdateItem', { TableName: 'Things', Key: key('a', 1) });
    expect(get(engine, 'a', 1)).toEqual(key('a', 1));
  });

  it('sets, computes and defaults from the item as it was before', () => {
    const engine = openThings();
    put(engine, 'a', 1, { x: { N: '1' }, y: { N: '2' } });
    const answer = update(
      engine,
      'SET x = y, y = x, z = if_not_exists(z, :zero) + :one, w = x - :one',
      { ...one, ':zero': { N: '0' } },
      { ReturnValues: 'ALL_NEW' },
    );
    expect(answer.Attributes).toEqual({ ...key('a', 1), x: { N: '2' }, y: { N: '1' }, z: { N: '1' }, w: { N: '0' } });
  });

  it('appends to lists at either end and sets beyond the end in order of the indexes', () => {
    const engine = openThings();
    put(engine, 'a', 1, { l: { L: [{ S: 'b' }] }, m: { L: [{ S: 'x' }] } });
    update(engine, 'SET l = list_append(:front, l), m[4000000000] = :last, m[7] = :middle, m[0] = :first', {
      ':front': { L: [{ S: 'a' }] },
      ':last': { S: 'z' },
      ':middle': { S: 'y' },
      ':first': { S: 'w' },
    });
    expect(get(engine, 'a', 1)).toEqual({
      ...key('a', 1),
      l: { L: [{ S: 'a' }, { S: 'b' }] },
      m: { L: [{ S: 'w' }, { S: 'y' }, { S: 'z' }] },
    });
  });

  it('removes attributes, map members and list elements by their old indexes', () => {
    const engine = openThings();
    put(engine, 'a', 1, {
      gone: { S: 'x' },
      l: { L: [{ S: '0' }, { S: '1' }, { S: '2' }, { S: '3' }] },
      m: { M: { a: { N: '1' }, b: { L: [{ M: { c: { N: '2' }, d: { N: '3' } } }] } } },
    });
    update(engine, 'REMOVE gone, l[0], l[2], l[9], m.a, m.b[0].c, absent');
    expect(get(engine, 'a', 1)).toEqual({
      ...key('a', 1),
      l: { L: [{ S: '1' }, { S: '3' }] },
      m: { M: { b: { L: [{ M: { d: { N: '3' } } }] } } },
    });
  });

  it('adds to numbers and sets and deletes from sets; an emptied set goes', () => {
    const engine = openThings();
    put(engine, 'a', 1, { n: { N: '1.5' }, s: { SS: ['a', 'b'] }, t: { NS: ['1'] } });
    update(engine, 'ADD n :half, fresh :half, s :c, freshSet :c DELETE t :oneSet, absent :oneSet', {
      ':half': { N: '0.5' },
      ':c': { SS: ['b', 'c'] },
      ':oneSet': { NS: ['1.0', '9'] },
    });
    expect(get(engine, 'a', 1)).toEqual({
      ...key('a', 1),
      n: { N: '2' },
      s: { SS: ['a', 'b', 'c'] },
      fresh: { N: '0.5' },
      freshSet: { SS: ['b', 'c'] },
    });
  });

  it('returns old and new values of what it touched', () => {
    const engine = openThings();
    put(engine, 'a', 1, { m: { M: { x: { N: '1' }, y: { N: '5' } } }, o: { S: 'o' } });
    const touch = (ReturnValues: string) => update(engine, 'SET m.x = m.x + :one', one, { ReturnValues });
    expect(touch('UPDATED_OLD')).toEqual({ Attributes: { m: { M: { x: { N: '1' } } } } });
    expect(touch('UPDATED_NEW')).toEqual({ Attributes: { m: { M: { x: { N: '3' } } } } });
    expect(touch('ALL_OLD').Attributes).toMatchObject({ m: { M: { x: { N: '3' }, y: { N: '5' } } }, o: { S: 'o' } });
    expect(touch('NONE')).toEqual({});
  });

  it('judges its condition on the item before', () => {
    const engine = openThings();
    put(engine, 'a', 1, { n: { N: '1' } });
    const input = { ConditionExpression: 'n = :one' };
    update(engine, 'SET n = n + :one', one, input);
    expect(refusal(() => update(engine, 'SET n = n + :one', one, input))).toBe(
      'ConditionalCheckFailedException: The conditional request failed',
    );
    expect(get(engine, 'a', 1)).toEqual({ ...key('a', 1), n: { N: '2' } });
  });

  it('sets an attribute called __proto__ without touching any prototype', () => {
    const engine = openThings();
    put(engine, 'a', 1, { m: { M: {} } });
    update(engine, 'SET #p = :one, m.#p = :one', one, { ExpressionAttributeNames: { '#p': '__proto__' } });
    expect(JSON.stringify(get(engine, 'a', 1))).toBe(
      '{"pk":{"S":"a"},"sk":{"N":"1"},"m":{"M":{"__proto__":{"N":"1"}}},"__proto__":{"N":"1"}}',
    );
  });

  it('moves the item in its indexes', () => {
    const engine = openThings({ indexes: [byAuthor()] });
    put(engine, 'a', 1, { author: { S: 'x' }, score: { N: '1' } });
    const owned = (author: string) =>
      engine.run('Query', {
        TableName: 'Things',
        IndexName: 'byAuthor',
        KeyConditionExpression: 'author = :o',
        ExpressionAttributeValues: { ':o': { S: author } },
      }).Count;
    update(engine, 'SET author = :y', { ':y': { S: 'y' } });
    expect([owned('x'), owned('y')]).toEqual([0, 1]);
    update(engine, 'REMOVE score');
    expect([owned('x'), owned('y')]).toEqual([0, 0]);
  });
});
