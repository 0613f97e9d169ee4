import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/json.ts';
import {
  byAuthor,
  key,
  openEngine,
  openThings,
  put,
  refusal,
  sortKeys,
  things,
  type TestEngine,
} from './support/engine.ts';

const invalid = 'ValidationException: ';

function query(engine: TestEngine, condition: string, values: JsonObject, input: JsonObject = {}): JsonObject {
  return engine.run('Query', {
    TableName: 'Things',
    KeyConditionExpression: condition,
    ExpressionAttributeValues: values,
    ...input,
  });
}

const a = { ':a': { S: 'a' } };
const owned = (engine: TestEngine, input: JsonObject = {}) =>
  query(engine, 'author = :a', a, { IndexName: 'byAuthor', ...input });

describe('Query validations', () => {
  const engine = openThings({ indexes: [byAuthor({ type: 'KEYS_ONLY' })] });
  const ask = (condition: string, values: JsonObject, input?: JsonObject) =>
    refusal(() => query(engine, condition, values, input));

  it('refuses a request without a key condition', () => {
    expect(refusal(() => engine.run('Query', { TableName: 'Things' }))).toBe(
      `${invalid}Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.`,
    );
  });

  it('refuses an index that does not exist', () => {
    expect(ask('pk = :a', a, { IndexName: 'nope' })).toBe(
      `${invalid}The table does not have the specified index: nope`,
    );
  });

  it('refuses key conditions that are no range of one partition', () => {
    const n = { ...a, ':n': { N: '1' } };
    expect(ask('sk = :n', { ':n': { N: '1' } })).toBe(`${invalid}Query condition missed key schema element: pk`);
    expect(ask('pk > :a', a)).toBe(`${invalid}Query key condition not supported`);
    expect(ask('pk = :a AND title = :n', n)).toBe(`${invalid}Query condition missed key schema element: sk`);
    expect(ask('pk = :a OR sk = :n', n)).toBe(`${invalid}Invalid operator used in KeyConditionExpression: OR`);
    expect(ask('pk = :a AND sk <> :n', n)).toBe(`${invalid}Invalid operator used in KeyConditionExpression: <>`);
    expect(ask('pk = :a AND contains(sk, :n)', n)).toBe(
      `${invalid}Invalid operator used in KeyConditionExpression: contains`,
    );
    expect(ask('pk = :a AND sk > :n AND sk < :n', n)).toBe(
      `${invalid}KeyConditionExpressions must only contain one condition per key`,
    );
    expect(ask('pk = :a AND sk = :s', { ...a, ':s': { S: 'x' } })).toBe(
      `${invalid}One or more parameter values were invalid: Condition parameter type does not match schema type`,
    );
    expect(ask('pk = :a AND sk BETWEEN :two AND :n', { ...n, ':two': { N: '2' } })).toContain(
      'The BETWEEN operator requires upper bound to be greater than or equal to lower bound; lower bound operand: AttributeValue: {N:2}',
    );
  });

  it('refuses a filter on the key', () => {
    expect(ask('pk = :a', { ...a, ':n': { N: '1' } }, { FilterExpression: 'sk > :n' })).toBe(
      `${invalid}Filter Expression can only contain non-primary key attributes: Primary key attribute: sk`,
    );
  });

  it('refuses what an index cannot give', () => {
    const ownedBy = (input: JsonObject) => refusal(() => owned(engine, input));
    expect(ownedBy({ ConsistentRead: true })).toBe(
      `${invalid}Consistent reads are not supported on global secondary indexes`,
    );
    expect(ownedBy({ Select: 'ALL_ATTRIBUTES' })).toContain('its projection type is not ALL');
    expect(ownedBy({ ProjectionExpression: 'pk, body' })).toBe(
      `${invalid}One or more parameter values were invalid: Global secondary index byAuthor does not project [body]`,
    );
    expect(ask('pk = :a', a, { Select: 'ALL_PROJECTED_ATTRIBUTES' })).toContain(
      'only when Querying using an IndexName',
    );
    expect(ask('pk = :a', a, { Select: 'COUNT', ProjectionExpression: 'pk' })).toBe(
      `${invalid}Cannot specify the ProjectionExpression when choosing to get COUNT`,
    );
  });

  it('refuses a start key of another partition, range or shape', () => {
    const from = (ExclusiveStartKey: JsonObject) =>
      ask('pk = :a AND sk < :n', { ...a, ':n': { N: '5' } }, { ExclusiveStartKey });
    expect(from(key('b', 1))).toBe(
      `${invalid}The provided starting key is outside query boundaries based on provided conditions`,
    );
    expect(from(key('a', 5))).toBe(`${invalid}The provided starting key does not match the range key predicate`);
    expect(from({ pk: { S: 'a' } })).toBe(
      `${invalid}The provided starting key is invalid: The provided key element does not match the schema`,
    );
    expect(from({ pk: { S: 'a' }, sk: { S: '1' } })).toBe(
      `${invalid}The provided starting key is invalid: The provided key element does not match the schema`,
    );
    expect(refusal(() => owned(engine, { ExclusiveStartKey: key('a', 1) }))).toBe(
      `${invalid}The provided starting key is invalid`,
    );
  });

  it('refuses a limit of zero', () => {
    expect(ask('pk = :a', a, { Limit: 0 })).toBe(
      `${invalid}1 validation error detected: Value '0' at 'limit' failed to satisfy constraint: Member must have value greater than or equal to 1`,
    );
  });
});

describe('Query functionality', () => {
  const engine = openThings();
  for (const n of [10, -3, 2, 0, -20, 100, 1.5, -0.25, 1e10]) put(engine, 'a', n, { half: { BOOL: n % 1 !== 0 } });
  put(engine, 'b', 5);
  const numbers = (condition: string, values: JsonObject, input?: JsonObject) =>
    sortKeys(query(engine, condition, { ...a, ...values }, input));

  it('orders numbers by value, in both directions', () => {
    expect(numbers('pk = :a', {})).toEqual([-20, -3, -0.25, 0, 1.5, 2, 10, 100, 1e10]);
    expect(numbers('pk = :a', {}, { ScanIndexForward: false })).toEqual([1e10, 100, 10, 2, 1.5, 0, -0.25, -3, -20]);
  });

  it('selects ranges with every comparison, whichever side the attribute is on', () => {
    const two = { ':n': { N: '2' } };
    expect(numbers('pk = :a AND sk = :n', two)).toEqual([2]);
    expect(numbers('pk = :a AND sk < :n', two)).toEqual([-20, -3, -0.25, 0, 1.5]);
    expect(numbers('pk = :a AND sk <= :n', two)).toEqual([-20, -3, -0.25, 0, 1.5, 2]);
    expect(numbers('pk = :a AND sk > :n', two)).toEqual([10, 100, 1e10]);
    expect(numbers(':n <= sk AND :a = pk', two)).toEqual([2, 10, 100, 1e10]);
    expect(numbers('pk = :a AND sk BETWEEN :m AND :n', { ...two, ':m': { N: '-3' } })).toEqual([-3, -0.25, 0, 1.5, 2]);
    expect(numbers('(pk = :a) AND (sk = :n)', two)).toEqual([2]);
  });

  it('orders strings by their UTF-8 bytes and finds prefixes', () => {
    const strings = openEngine();
    strings.db.provision(things({ key: { partition: { name: 'pk', type: 'S' }, sort: { name: 'sk', type: 'S' } } }));
    const all = ['a', 'ab', 'ac', 'b', 'é', '\uffff', '😀', '日本', '日本語'];
    for (const sk of all) strings.run('PutItem', { TableName: 'Things', Item: { pk: { S: 'a' }, sk: { S: sk } } });
    const found = (condition: string, s: string) =>
      (query(strings, condition, { ...a, ...(s ? { ':s': { S: s } } : {}) }).Items as { sk: { S: string } }[]).map(
        ({ sk }) => sk.S,
      );
    expect(found('pk = :a', '')).toEqual(['a', 'ab', 'ac', 'b', 'é', '日本', '日本語', '\uffff', '😀']);
    expect(found('pk = :a AND begins_with(sk, :s)', 'a')).toEqual(['a', 'ab', 'ac']);
    expect(found('pk = :a AND begins_with(sk, :s)', '日本')).toEqual(['日本', '日本語']);
    expect(found('pk = :a AND begins_with(sk, :s)', '😀')).toEqual(['😀']);
  });

  it('orders binary keys by their bytes, also behind a prefix of 0xff', () => {
    const binaries = openEngine();
    binaries.db.provision(things({ key: { partition: { name: 'pk', type: 'S' }, sort: { name: 'sk', type: 'B' } } }));
    const all = [[0xff, 0xff], [0xff], [0x00], [0x7f], [0x80]].map((bytes) => Buffer.from(bytes).toString('base64'));
    for (const sk of all) binaries.run('PutItem', { TableName: 'Things', Item: { pk: { S: 'a' }, sk: { B: sk } } });
    const found = (condition: string, values: JsonObject) =>
      (query(binaries, condition, { ...a, ...values }).Items as { sk: { B: string } }[]).map(({ sk }) =>
        Buffer.from(sk.B, 'base64').toString('hex'),
      );
    expect(found('pk = :a', {})).toEqual(['00', '7f', '80', 'ff', 'ffff']);
    expect(found('pk = :a AND begins_with(sk, :s)', { ':s': { B: '/w==' } })).toEqual(['ff', 'ffff']);
  });

  it('filters after the limit and tells both counts', () => {
    const answer = query(
      engine,
      'pk = :a',
      { ...a, ':yes': { BOOL: true } },
      { FilterExpression: 'half = :yes', Limit: 4 },
    );
    expect(sortKeys(answer)).toEqual([-0.25]);
    expect(answer).toMatchObject({ Count: 1, ScannedCount: 4, LastEvaluatedKey: key('a', 0) });
  });

  it('goes on paging when a filter drops a whole page', () => {
    const answer = query(engine, 'pk = :a', { ...a, ':x': { N: '0' } }, { FilterExpression: 'nothing = :x', Limit: 3 });
    expect(answer).toEqual({ Count: 0, ScannedCount: 3, Items: [], LastEvaluatedKey: key('a', -0.25) });
  });

  it('counts without items, and projects', () => {
    expect(query(engine, 'pk = :a', a, { Select: 'COUNT' })).toEqual({ Count: 9, ScannedCount: 9 });
    expect(query(engine, 'pk = :a', a, { ProjectionExpression: 'sk', Limit: 1 }).Items).toEqual([{ sk: { N: '-20' } }]);
  });

  it('has a last evaluated key when the limit is met exactly, and an empty page behind it', () => {
    const first = query(engine, 'pk = :a', a, { Limit: 9 });
    expect(first.LastEvaluatedKey).toEqual(key('a', 1e10));
    const second = query(engine, 'pk = :a', a, { Limit: 9, ExclusiveStartKey: first.LastEvaluatedKey as JsonObject });
    expect(second).toEqual({ Count: 0, ScannedCount: 0, Items: [] });
  });

  it('tells capacity of what it read', () => {
    const big = openThings({ indexes: [byAuthor()] });
    for (let n = 0; n < 3; n += 1)
      put(big, 'a', n, { body: { S: 'x'.repeat(3000) }, author: { S: 'a' }, score: { N: '1' } });
    expect(query(big, 'pk = :a', a, { ReturnConsumedCapacity: 'TOTAL' }).ConsumedCapacity).toEqual({
      TableName: 'Things',
      CapacityUnits: 1.5,
    });
    expect(owned(big, { ReturnConsumedCapacity: 'INDEXES' }).ConsumedCapacity).toEqual({
      TableName: 'Things',
      CapacityUnits: 1.5,
      Table: { CapacityUnits: 0 },
      GlobalSecondaryIndexes: { byAuthor: { CapacityUnits: 1.5 } },
    });
  });
});

describe('Query on an index', () => {
  it('holds only items that have the whole index key', () => {
    const engine = openThings({ indexes: [byAuthor()] });
    put(engine, 'x', 1, { author: { S: 'a' } });
    put(engine, 'x', 2, { score: { N: '1' } });
    put(engine, 'x', 3, { author: { S: 'a' }, score: { N: '1' } });
    expect(sortKeys(owned(engine))).toEqual([3]);
  });

  it('gives what it projects', () => {
    const item = { ...key('x', 1), author: { S: 'a' }, score: { N: '1' }, body: { S: 'b' }, title: { S: 't' } };
    const given = (projection: Parameters<typeof byAuthor>[0]) => {
      const engine = openThings({ indexes: [byAuthor(projection)] });
      engine.run('PutItem', { TableName: 'Things', Item: item });
      return owned(engine).Items;
    };
    const keys = { ...key('x', 1), author: { S: 'a' }, score: { N: '1' } };
    expect(given({ type: 'ALL' })).toEqual([item]);
    expect(given({ type: 'KEYS_ONLY' })).toEqual([keys]);
    expect(given({ type: 'INCLUDE', attributes: ['title', 'absent'] })).toEqual([{ ...keys, title: { S: 't' } }]);
  });

  it('pages exactly through entries with the same index key, in both directions', () => {
    const engine = openThings({ indexes: [byAuthor({ type: 'KEYS_ONLY' })] });
    const all = Array.from({ length: 23 }, (_, n) => n);
    for (const n of all) put(engine, `p${n % 5}`, n, { author: { S: 'a' }, score: { N: String(n % 2) } });
    for (const ScanIndexForward of [true, false]) {
      const seen: number[] = [];
      let ExclusiveStartKey: JsonObject | undefined;
      do {
        const page = owned(engine, { Limit: 3, ScanIndexForward, ...(ExclusiveStartKey ? { ExclusiveStartKey } : {}) });
        seen.push(...sortKeys(page));
        ExclusiveStartKey = page.LastEvaluatedKey as JsonObject | undefined;
      } while (ExclusiveStartKey);
      expect([...seen].sort((x, y) => x - y)).toEqual(all);
      expect(seen.map((n) => n % 2)).toEqual(seen.map((n) => n % 2).sort((x, y) => (ScanIndexForward ? x - y : y - x)));
    }
  });

  it('goes on behind an item that was deleted meanwhile', () => {
    const engine = openThings({ indexes: [byAuthor()] });
    for (const n of [1, 2, 3, 4]) put(engine, 'x', n, { author: { S: 'a' }, score: { N: '7' } });
    const first = owned(engine, { Limit: 2 });
    engine.run('DeleteItem', { TableName: 'Things', Key: key('x', sortKeys(first)[1] as number) });
    const second = owned(engine, { ExclusiveStartKey: first.LastEvaluatedKey as JsonObject });
    expect([...sortKeys(first), ...sortKeys(second)].sort()).toEqual([1, 2, 3, 4]);
  });
});

describe('Pages of Query', () => {
  it('end before 1 MB', () => {
    const engine = openThings();
    for (let n = 0; n < 25; n += 1) put(engine, 'a', n, { body: { S: 'x'.repeat(100 * 1024) } });
    const counts: number[] = [];
    let ExclusiveStartKey: JsonObject | undefined;
    do {
      const page = query(engine, 'pk = :a', a, ExclusiveStartKey ? { ExclusiveStartKey } : {});
      counts.push(page.Count as number);
      ExclusiveStartKey = page.LastEvaluatedKey as JsonObject | undefined;
    } while (ExclusiveStartKey);
    expect(counts).toEqual([10, 10, 5]);
  });

  it('hold many small items', () => {
    const engine = openThings();
    for (let n = 0; n < 700; n += 1) put(engine, 'a', n);
    expect(sortKeys(query(engine, 'pk = :a', a))).toEqual(Array.from({ length: 700 }, (_, n) => n));
    expect(query(engine, 'pk = :a', a, { Limit: 321 })).toMatchObject({ Count: 321, LastEvaluatedKey: key('a', 320) });
  });
});
