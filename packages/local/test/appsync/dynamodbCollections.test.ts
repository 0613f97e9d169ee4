import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../src/json.ts';
import { key, put, startPosts } from './postsTable.ts';
import { type TestOptions } from './support.ts';

describe('queries and scans', () => {
  const query = {
    operation: 'Query',
    query: { expression: '#p = :p', expressionNames: { '#p': 'pk' }, expressionValues: { ':p': { S: 'u1' } } },
  };
  async function withPosts(options: TestOptions = {}) {
    const api = startPosts(options);
    for (const n of [1, 2, 3]) await api.ask(put(`p${n}`, { n: { N: n }, tag: { S: n === 2 ? 'b' : 'a' } }));
    return api;
  }
  const item = (n: number) => ({ pk: 'u1', sk: `p${n}`, n, tag: n === 2 ? 'b' : 'a' });

  test('a query gives items, a null token at the end, and the number scanned before the filter', async () => {
    const { ask } = await withPosts();
    const filter = { expression: '#n > :n', expressionNames: { '#n': 'n' }, expressionValues: { ':n': { N: 1 } } };
    expect(await ask({ ...query, filter, scanIndexForward: false })).toEqual({
      result: { items: [item(3), item(2)], nextToken: null, scannedCount: 3 },
    });
    expect(await ask({ ...query, filter: JSON.stringify(filter), limit: 3 })).toMatchObject({
      result: { items: [item(2), item(3)] },
    });
  });

  test('pages follow the token, which cannot be read, forged, or used by another resolver', async () => {
    const { ask } = await withPosts();
    const first = (await ask({ ...query, limit: 2, nextToken: null })).result as { items: unknown; nextToken: string };
    expect(first.items).toEqual([item(1), item(2)]);
    expect(Buffer.from(first.nextToken, 'base64').toString('latin1')).not.toContain('p2');
    expect(await ask({ ...query, limit: 2, nextToken: first.nextToken })).toEqual({
      result: { items: [item(3)], nextToken: null, scannedCount: 1 },
    });
    const refused = {
      result: null,
      error: {
        type: 'DynamoDB:UserIllegalArgumentException',
        message:
          'com.amazonaws.deepdish.common.pagination.InvalidPaginationTokenException: Invalid pagination token given.',
      },
    };
    expect(await ask({ ...query, nextToken: first.nextToken }, 'other')).toEqual(refused);
    expect(await ask({ ...query, nextToken: 'abc' })).toEqual(refused);
    const flipped = Buffer.from(first.nextToken, 'base64');
    flipped.writeUInt8(flipped.readUInt8(40) ^ 1, 40);
    expect(await ask({ ...query, nextToken: flipped.toString('base64') })).toEqual(refused);
  });

  test('an index, a projection and a scan', async () => {
    const { ask } = await withPosts();
    const byTag = {
      operation: 'Query',
      index: 'byTag',
      query: { expression: 'tag = :t', expressionValues: { ':t': { S: 'b' } } },
    };
    expect(await ask(byTag)).toMatchObject({ result: { items: [item(2)] } });
    const projection = { expression: '#n', expressionNames: { '#n': 'n' } };
    expect(await ask({ ...byTag, select: 'SPECIFIC_ATTRIBUTES', projection })).toMatchObject({
      result: { items: [{ n: 2 }] },
    });
    const { result } = await ask({ operation: 'Scan', limit: 2 });
    expect(result).toMatchObject({
      items: [item(1), item(2)],
      scannedCount: 2,
      nextToken: expect.any(String) as string,
    });
  });

  test('a misspelt index names the data source and the resolver', async () => {
    const { ask } = await withPosts();
    const { error } = await ask({ ...query, index: 'byTga' });
    expect(error?.type).toBe('DynamoDB:ValidationException');
    expect(error?.message).toContain('byTga');
    expect(error?.message).toContain('[aws_appsync_datasource.posts, used by aws_appsync_resolver.Query_run]');
  });
});

describe('batches', () => {
  test('BatchPutItem repeats the items, BatchGetItem keeps the order of the keys, BatchDeleteItem gives the keys', async () => {
    const { ask } = startPosts();
    const items = [1, 2].map((n) => ({ ...key(`p${n}`), n: { N: n } }));
    const plain = [1, 2].map((n) => ({ pk: 'u1', sk: `p${n}`, n }));
    expect(await ask({ operation: 'BatchPutItem', tables: { Posts: items } })).toEqual({
      result: { data: { Posts: plain }, unprocessedItems: { Posts: [] } },
    });
    const keys = [key('p2'), key('none'), key('p1')];
    const found = { result: { data: { Posts: [plain[1], null, plain[0]] }, unprocessedKeys: { Posts: [] } } };
    expect(await ask({ operation: 'BatchGetItem', tables: { Posts: { keys, consistentRead: true } } })).toEqual(found);
    expect(await ask({ operation: 'BatchGetItem', tables: { Posts: keys } })).toEqual(found);
    expect(await ask({ operation: 'BatchDeleteItem', tables: { Posts: [key('p1')] } })).toEqual({
      result: { data: { Posts: [{ pk: 'u1', sk: 'p1' }] }, unprocessedKeys: { Posts: [] } },
    });
  });

  test('a projection without the key still puts the items in order', async () => {
    const { ask } = startPosts();
    for (const n of [1, 2]) await ask(put(`p${n}`, { n: { N: n } }));
    const projection = { expression: '#n', expressionNames: { '#n': 'n' } };
    const tables = { Posts: { keys: [key('p2'), key('p1')], projection } };
    expect(await ask({ operation: 'BatchGetItem', tables })).toMatchObject({
      result: { data: { Posts: [{ n: 2 }, { n: 1 }] } },
    });
  });

  test('what DynamoDB leaves unprocessed is null in the data', async () => {
    const execute = (operation: string): JsonObject =>
      operation === 'BatchGetItem'
        ? {
            Responses: { posts: [{ id: { S: 'p2' }, title: { S: 't' } }] },
            UnprocessedKeys: { authors: { Keys: [{ id: { S: 'a1' } }] } },
          }
        : (WRITE_ANSWERS.shift() ?? {});
    const WRITE_ANSWERS = [
      { UnprocessedItems: { authors: [{ PutRequest: { Item: { id: { S: 'a1' } } } }] } },
      { UnprocessedItems: { authors: [{ DeleteRequest: { Key: { id: { S: 'a1' } } } }] } },
    ];
    const { ask } = startPosts({ dynamodb: { execute, access: () => [] } });
    const keys = { authors: [{ id: { S: 'a1' } }], posts: [{ id: { S: 'p2' } }] };
    expect(
      await ask({
        operation: 'BatchGetItem',
        tables: { authors: { keys: keys.authors }, posts: { keys: keys.posts } },
      }),
    ).toEqual({
      result: {
        data: { authors: [null], posts: [{ id: 'p2', title: 't' }] },
        unprocessedKeys: { authors: [{ id: 'a1' }], posts: [] },
      },
    });
    expect(await ask({ operation: 'BatchPutItem', tables: keys })).toEqual({
      result: {
        data: { authors: [null], posts: [{ id: 'p2' }] },
        unprocessedItems: { authors: [{ id: 'a1' }], posts: [] },
      },
    });
    expect(await ask({ operation: 'BatchDeleteItem', tables: keys })).toEqual({
      result: {
        data: { authors: [null], posts: [{ id: 'p2' }] },
        unprocessedKeys: { authors: [{ id: 'a1' }], posts: [] },
      },
    });
  });
});

describe('transactions', () => {
  const write = (operation: string, sk: string, more: unknown = {}) => ({
    table: 'Posts',
    operation,
    key: key(sk),
    ...(more as object),
  });

  test('TransactWriteItems gives the keys, TransactGetItems the items', async () => {
    const { ask } = startPosts();
    await ask(put('p2', { n: { N: 1 } }));
    await ask(put('p3'));
    const transactItems = [
      write('PutItem', 'p1', { attributeValues: { n: { N: 1 } } }),
      write('UpdateItem', 'p2', {
        update: { expression: 'SET n = n + :i', expressionValues: { ':i': { N: 4 } } },
        condition: { expression: '#n = :old', expressionNames: { '#n': 'n' }, expressionValues: { ':old': { N: 1 } } },
      }),
      write('DeleteItem', 'p3'),
      write('ConditionCheck', 'p4', { condition: { expression: 'attribute_not_exists(pk)' } }),
    ];
    expect(await ask({ operation: 'TransactWriteItems', transactItems })).toEqual({
      result: { keys: ['p1', 'p2', 'p3', 'p4'].map((sk) => ({ pk: 'u1', sk })), cancellationReasons: null },
    });
    const gets = ['p2', 'p3'].map((sk) => ({ table: 'Posts', key: key(sk) }));
    expect(await ask({ operation: 'TransactGetItems', transactItems: gets })).toEqual({
      result: { items: [{ pk: 'u1', sk: 'p2', n: 5 }, null], cancellationReasons: null },
    });
  });

  test('a cancelled transaction gives a reason per item, with the old item unless that is declined', async () => {
    const { ask } = startPosts();
    await ask(put('p1', { title: { S: 'old' } }));
    const condition = { expression: 'attribute_not_exists(pk)' };
    const items = (more: object) => [
      write('PutItem', 'p1', { condition: { ...condition, ...more } }),
      write('PutItem', 'p2', {}),
    ];
    const { result, error } = await ask({ operation: 'TransactWriteItems', transactItems: items({}) });
    expect(result).toEqual({
      keys: null,
      cancellationReasons: [
        {
          item: { pk: 'u1', sk: 'p1', title: 'old' },
          type: 'ConditionCheckFailed',
          message: 'The condition check failed.',
        },
        { type: 'None', message: 'None' },
      ],
    });
    expect(error?.type).toBe('DynamoDB:TransactionCanceledException');
    const declined = await ask({
      operation: 'TransactWriteItems',
      transactItems: items({ returnValuesOnConditionCheckFailure: false }),
    });
    expect(declined.result).toMatchObject({
      cancellationReasons: [{ type: 'ConditionCheckFailed', message: 'The condition check failed.' }, { type: 'None' }],
    });
    expect(JSON.stringify(declined.result)).not.toContain('old');
    expect(await ask({ operation: 'GetItem', key: key('p2') })).toEqual({ result: null });
  });
});
