import { describe, expect, it } from 'vitest';

import { failureOf, valueOf } from './support.ts';

const KEY = "key: { id: 'a' }";
const TYPED_KEY = { id: { S: 'a' } };

function updateOf(update: string): unknown {
  return (valueOf(`ddb.update({ ${KEY}, update: ${update} })`) as { readonly update: unknown }).update;
}

describe('@aws-appsync/utils/dynamodb', () => {
  it('get asks for attributes by placeholders and reuses them along paths', () => {
    expect(
      valueOf(`ddb.get({ ${KEY}, consistentRead: true, projection: ['name', 'address.city', 'address.zip'] })`),
    ).toEqual({
      operation: 'GetItem',
      key: TYPED_KEY,
      consistentRead: true,
      projection: {
        expression: '#expName_1, #expName_2.#expName_3, #expName_2.#expName_4',
        expressionNames: { '#expName_1': 'name', '#expName_2': 'address', '#expName_3': 'city', '#expName_4': 'zip' },
      },
    });
  });

  it('put keeps sets, leaves out undefined and builds the condition', () => {
    const item = "{ tags: ddb.toStringSet(['a']), none: undefined, nothing: null }";
    expect(
      valueOf(`ddb.put({ ${KEY}, item: ${item}, condition: { id: { attributeExists: false } }, _version: 2 })`),
    ).toEqual({
      operation: 'PutItem',
      key: TYPED_KEY,
      attributeValues: { tags: { SS: ['a'] }, nothing: { NULL: null } },
      condition: { expression: '(attribute_not_exists(#id))', expressionNames: { '#id': 'id' } },
      _version: 2,
    });
  });

  it('remove takes a condition', () => {
    expect(valueOf(`ddb.remove({ ${KEY}, condition: { owner: { eq: 'u' } } })`)).toEqual({
      operation: 'DeleteItem',
      key: TYPED_KEY,
      condition: {
        expression: '(#owner = :owner_eq)',
        expressionNames: { '#owner': 'owner' },
        expressionValues: { ':owner_eq': { S: 'u' } },
      },
    });
  });

  it('query takes partition and sort key conditions, a filter and the page', () => {
    const input = `{ query: { pk: { eq: 'u' }, sk: { beginsWith: 'p#' } }, filter: { likes: { gt: 1 } }, index: 'byTime',
limit: 5, nextToken: null, scanIndexForward: false }`;
    expect(valueOf(`ddb.query(${input})`)).toEqual({
      operation: 'Query',
      query: {
        expression: '(#pk = :pk_eq) AND (begins_with(#sk,:sk_beginsWith))',
        expressionNames: { '#pk': 'pk', '#sk': 'sk' },
        expressionValues: { ':pk_eq': { S: 'u' }, ':sk_beginsWith': { S: 'p#' } },
      },
      filter: {
        expression: '(#likes > :likes_gt)',
        expressionNames: { '#likes': 'likes' },
        expressionValues: { ':likes_gt': { N: 1 } },
      },
      index: 'byTime',
      limit: 5,
      nextToken: null,
      scanIndexForward: false,
    });
  });

  it('query refuses operators that keys do not have', () => {
    expect(failureOf("ddb.query({ query: { pk: { contains: 'u' } } })")).toBe(
      'Unsupported operator contains in a key condition.',
    );
  });

  it('scan and sync copy their options', () => {
    expect(valueOf('ddb.scan({ segment: 0, totalSegments: 2, filter: {} })')).toEqual({
      operation: 'Scan',
      segment: 0,
      totalSegments: 2,
    });
    expect(valueOf('ddb.sync({ lastSync: 1, limit: 10 })')).toEqual({ operation: 'Sync', lastSync: 1, limit: 10 });
  });

  it('batch operations type keys and items', () => {
    expect(valueOf("ddb.batchGet({ tables: { T: { keys: [{ id: 'a' }], consistentRead: true } } })")).toEqual({
      operation: 'BatchGetItem',
      tables: { T: { keys: [TYPED_KEY], consistentRead: true } },
    });
    expect(valueOf("ddb.batchPut({ tables: { T: [{ id: 'a', n: 1 }] } })")).toEqual({
      operation: 'BatchPutItem',
      tables: { T: [{ id: { S: 'a' }, n: { N: 1 } }] },
    });
    expect(valueOf("ddb.batchDelete({ tables: { T: [{ id: 'a' }] } })")).toEqual({
      operation: 'BatchDeleteItem',
      tables: { T: [TYPED_KEY] },
    });
  });

  it('transactions name table and operation of each member', () => {
    const items = `[{ putItem: { table: 'T', ${KEY}, item: { n: 1 } } },
{ updateItem: { table: 'T', ${KEY}, update: { n: 2 } } },
{ deleteItem: { table: 'T', ${KEY} } },
{ conditionCheck: { table: 'T', ${KEY}, condition: { id: { attributeExists: true } } } }]`;
    expect(valueOf(`ddb.transactWrite({ items: ${items} })`)).toEqual({
      operation: 'TransactWriteItems',
      transactItems: [
        { table: 'T', operation: 'PutItem', key: TYPED_KEY, attributeValues: { n: { N: 1 } } },
        {
          table: 'T',
          operation: 'UpdateItem',
          key: TYPED_KEY,
          update: {
            expression: 'SET #expName_1 = :expValue_1',
            expressionNames: { '#expName_1': 'n' },
            expressionValues: { ':expValue_1': { N: 2 } },
          },
        },
        { table: 'T', operation: 'DeleteItem', key: TYPED_KEY },
        {
          table: 'T',
          operation: 'ConditionCheck',
          key: TYPED_KEY,
          condition: { expression: '(attribute_exists(#id))', expressionNames: { '#id': 'id' } },
        },
      ],
    });
    expect(valueOf(`ddb.transactGet({ items: [{ table: 'T', ${KEY} }] })`)).toEqual({
      operation: 'TransactGetItems',
      transactItems: [{ table: 'T', key: TYPED_KEY }],
    });
    expect(failureOf('ddb.transactWrite({ items: [{ replaceItem: {} }] })')).toContain('needs putItem');
  });

  it('refuses a ready expression as condition, as AppSync does', () => {
    expect(
      failureOf(`ddb.update({ ${KEY}, update: { a: 1 }, condition: { expression: 'attribute_exists(id)' } })`),
    ).toContain('The condition on expression must be an object');
  });
});

describe('Update objects', () => {
  it('remove attributes', () => {
    expect(updateOf('{ a: ddb.operations.remove(), b: 1, c: ddb.operations.remove() }')).toEqual({
      expression: 'SET #expName_2 = :expValue_1 REMOVE #expName_1, #expName_3',
      expressionNames: { '#expName_1': 'a', '#expName_2': 'b', '#expName_3': 'c' },
      expressionValues: { ':expValue_1': { N: 1 } },
    });
    expect(updateOf('{ a: ddb.operations.remove() }')).toEqual({
      expression: 'REMOVE #expName_1',
      expressionNames: { '#expName_1': 'a' },
    });
  });

  it('update members of a map by path, and replace it on demand', () => {
    expect(updateOf("{ address: { city: 'Tokyo', zip: null, old: ddb.operations.remove() } }")).toEqual({
      expression:
        'SET #expName_1.#expName_2 = :expValue_1, #expName_1.#expName_3 = :expValue_2 REMOVE #expName_1.#expName_4',
      expressionNames: { '#expName_1': 'address', '#expName_2': 'city', '#expName_3': 'zip', '#expName_4': 'old' },
      expressionValues: { ':expValue_1': { S: 'Tokyo' }, ':expValue_2': { NULL: null } },
    });
    expect(updateOf("{ address: ddb.operations.replace({ city: 'Tokyo' }) }")).toMatchObject({
      expression: 'SET #expName_1 = :expValue_1',
      expressionValues: { ':expValue_1': { M: { city: { S: 'Tokyo' } } } },
    });
  });

  it('set items of a list by index', () => {
    expect(
      updateOf("{ list: [ddb.operations.updateListItem('x', 0), ddb.operations.updateListItem('y', 2)] }"),
    ).toEqual({
      expression: 'SET #expName_1[0] = :expValue_1, #expName_1[2] = :expValue_2',
      expressionNames: { '#expName_1': 'list' },
      expressionValues: { ':expValue_1': { S: 'x' }, ':expValue_2': { S: 'y' } },
    });
    expect(failureOf(`ddb.update({ ${KEY}, update: { l: ddb.operations.updateListItem('x', '0] = 1') } })`)).toContain(
      'takes an index',
    );
  });

  it('count by one unless told otherwise, and only by numbers', () => {
    expect(updateOf('{ n: ddb.operations.increment(), m: ddb.operations.decrement() }')).toMatchObject({
      expression: 'SET #expName_1 = #expName_1 + :expValue_1, #expName_2 = #expName_2 - :expValue_2',
      expressionValues: { ':expValue_1': { N: 1 }, ':expValue_2': { N: 1 } },
    });
    expect(failureOf(`ddb.update({ ${KEY}, update: { n: ddb.operations.increment('1') } })`)).toContain(
      'take a number',
    );
  });

  it('leave out undefined and keep operations that were spread', () => {
    expect(updateOf('{ ...{ a: undefined, n: ddb.operations.increment(2) } }')).toMatchObject({
      expression: 'SET #expName_1 = #expName_1 + :expValue_1',
      expressionNames: { '#expName_1': 'n' },
    });
  });
});

describe('util.dynamodb', () => {
  it.each([
    'toString',
    'toStringSet',
    'toNumber',
    'toNumberSet',
    'toBinary',
    'toBinarySet',
    'toBoolean',
    'toMapValues',
  ])('%s gives null for null and undefined', (name) => {
    expect(valueOf(`[util.dynamodb.${name}(null), util.dynamodb.${name}(undefined)]`)).toEqual([null, null]);
  });

  it('refuses values of another type', () => {
    expect(failureOf("util.dynamodb.toNumber('1')")).toBe('Unable to convert "1" to a DynamoDB N value.');
    expect(failureOf("util.dynamodb.toStringSet(['a', 1])")).toContain('DynamoDB SS value');
  });

  it('reads what toS3Object writes', () => {
    expect(valueOf("util.dynamodb.fromS3ObjectJson(util.dynamodb.toS3Object('k', 'b', 'r').S)")).toEqual({
      key: 'k',
      bucket: 'b',
      region: 'r',
    });
  });
});
