import { describe, expect, test } from 'vitest';
import { key, put, startPosts } from './postsTable.ts';
import { recordingAuthorizer } from './support.ts';

describe('single items', () => {
  test('PutItem gives the item written, GetItem reads it, sets are lists and numbers are numbers', async () => {
    const { ask } = startPosts();
    const attributes = {
      n: { N: 12.5 },
      text: { N: '3' },
      none: { NULL: null },
      flag: { BOOL: false },
      bytes: { B: 'AQID' },
      names: { SS: ['a', 'b'] },
      numbers: { NS: [1, '2'] },
      list: { L: [{ S: 'x' }, { M: { deep: { N: 1 } } }] },
    };
    const item = {
      pk: 'u1',
      sk: 'p1',
      n: 12.5,
      text: 3,
      none: null,
      flag: false,
      bytes: 'AQID',
      names: ['a', 'b'],
      numbers: [1, 2],
      list: ['x', { deep: 1 }],
    };
    expect(await ask({ version: '2018-05-29', ...put('p1', attributes) })).toEqual({ result: item });
    expect(await ask({ operation: 'GetItem', key: key('p1'), consistentRead: true })).toEqual({ result: item });
    expect(await ask({ operation: 'GetItem', key: key('none') })).toEqual({ result: null });
  });

  test('GetItem with a projection', async () => {
    const { ask } = startPosts();
    await ask(put('p1', { title: { S: 'T' }, body: { S: 'B' } }));
    const projection = { expression: '#t', expressionNames: { '#t': 'title' } };
    expect(await ask({ operation: 'GetItem', key: key('p1'), projection })).toEqual({ result: { title: 'T' } });
  });

  test('UpdateItem gives the item after the update', async () => {
    const { ask } = startPosts();
    await ask(put('p1', { n: { N: 1 } }));
    const update = {
      expression: 'SET #n = #n + :one',
      expressionNames: { '#n': 'n' },
      expressionValues: { ':one': { N: 1 } },
    };
    expect(await ask({ operation: 'UpdateItem', key: key('p1'), update })).toEqual({
      result: { pk: 'u1', sk: 'p1', n: 2 },
    });
  });

  test('DeleteItem gives the item that was there, or null', async () => {
    const { ask } = startPosts();
    await ask(put('p1'));
    expect(await ask({ operation: 'DeleteItem', key: key('p1') })).toEqual({ result: { pk: 'u1', sk: 'p1' } });
    expect(await ask({ operation: 'DeleteItem', key: key('p1') })).toEqual({ result: null });
  });
});

describe('a failed condition', () => {
  const absent = { expression: 'attribute_not_exists(pk)' };
  const REJECTED =
    /^The conditional request failed \(Service: DynamoDb, Status Code: 400, Request ID: [0-9a-f-]{36}\)$/;

  test('rejects with the current item as the result', async () => {
    const { ask } = startPosts();
    await ask(put('p1', { title: { S: 'old' } }));
    const { result, error } = await ask({ ...put('p1', { title: { S: 'new' } }), condition: absent });
    expect(result).toEqual({ pk: 'u1', sk: 'p1', title: 'old' });
    expect(error?.type).toBe('DynamoDB:ConditionalCheckFailedException');
    expect(error?.message).toMatch(REJECTED);
  });

  test('may be given as the string that the condition builder returns', async () => {
    const { ask } = startPosts();
    expect(await ask({ ...put('p1'), condition: JSON.stringify(absent) })).toEqual({ result: { pk: 'u1', sk: 'p1' } });
    expect((await ask({ ...put('p1', { a: { S: 'b' } }), condition: JSON.stringify(absent) })).error).toBeDefined();
  });

  test('is a success for a put of an equal item, ignoring what equalsIgnore names', async () => {
    const { ask } = startPosts();
    await ask(put('p1', { tags: { SS: ['a', 'b'] }, at: { N: 1 } }));
    const again = put('p1', { tags: { SS: ['b', 'a'] }, at: { N: 2 } });
    expect((await ask({ ...again, condition: absent })).error).toBeDefined();
    expect(await ask({ ...again, condition: { ...absent, equalsIgnore: ['at'] } })).toEqual({
      result: { pk: 'u1', sk: 'p1', tags: ['a', 'b'], at: 1 },
    });
  });

  test('is a success for a delete of an item that is not there, never for an update', async () => {
    const { ask } = startPosts();
    const exists = { expression: 'attribute_exists(pk)' };
    expect(await ask({ operation: 'DeleteItem', key: key('p1'), condition: exists })).toEqual({ result: null });
    const update = { expression: 'SET a = :a', expressionValues: { ':a': { N: 1 } } };
    const { result, error } = await ask({ operation: 'UpdateItem', key: key('p1'), update, condition: exists });
    expect(result).toBeNull();
    expect(error?.type).toBe('DynamoDB:ConditionalCheckFailedException');
  });

  test('reads the current item with the role of the data source', async () => {
    const authorizer = recordingAuthorizer(['dynamodb:GetItem']);
    const { ask } = startPosts({ authorizer });
    await ask(put('p1', { a: { N: 1 } }));
    const { result, error } = await ask({ ...put('p1'), condition: absent });
    expect(result).toBeNull();
    expect(error?.type).toBe('DynamoDB:AccessDeniedException');
    expect(error?.message).toContain('dynamodb:GetItem');
  });

  describe('with a function as its handler', () => {
    const condition = {
      ...absent,
      conditionalCheckFailedHandler: {
        strategy: 'Custom',
        lambdaArn: 'arn:aws:lambda:us-east-1:123456789012:function:judge',
      },
    };
    const judged = async (answer: unknown) => {
      const payloads: unknown[] = [];
      const { ask } = startPosts({
        invokeLambda: async (_arn, payload) => {
          payloads.push(payload);
          return { payload: answer };
        },
      });
      await ask(put('p1', { v: { N: 1 } }));
      const outcome = await ask({ ...put('p1', { v: { N: 2 } }), condition });
      return { outcome, payloads, ask };
    };

    test('the function gets request, current item and identity; reject rejects', async () => {
      const { outcome, payloads } = await judged({ action: 'reject' });
      expect(outcome.error?.type).toBe('DynamoDB:ConditionalCheckFailedException');
      expect(payloads).toEqual([
        {
          arguments: { input: { ...put('p1', { v: { N: 2 } }), condition } },
          requestMapping: { ...put('p1', { v: { N: 2 } }), condition },
          currentValue: { pk: { S: 'u1' }, sk: { S: 'p1' }, v: { N: '1' } },
          resolver: {
            tableName: 'Posts',
            awsRegion: 'us-east-1',
            parentType: 'Query',
            field: 'run',
            outputType: 'AWSJSON',
          },
          identity: null,
        },
      ]);
    });

    test('discard is a success with the current item', async () => {
      expect((await judged({ action: 'discard' })).outcome).toEqual({ result: { pk: 'u1', sk: 'p1', v: 1 } });
    });

    test('retry writes what the function says, once', async () => {
      const { outcome, ask } = await judged({ action: 'retry', retryMapping: { attributeValues: { v: { N: 3 } } } });
      expect(outcome).toEqual({ result: { pk: 'u1', sk: 'p1', v: 3 } });
      expect(await ask({ operation: 'GetItem', key: key('p1') })).toEqual({ result: { pk: 'u1', sk: 'p1', v: 3 } });
      const again = await judged({ action: 'retry', retryMapping: { attributeValues: { v: { N: 3 } }, condition } });
      expect(again.outcome.error?.type).toBe('DynamoDB:ConditionalCheckFailedException');
      expect(again.payloads).toHaveLength(1);
    });
  });
});
