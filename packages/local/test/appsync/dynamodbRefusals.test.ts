import { describe, expect, test } from 'vitest';
import { AwsError } from '../../src/aws/error.ts';
import { key, put, startPosts } from './postsTable.ts';
import { recordingAuthorizer } from './support.ts';

describe('a request that is not understood fails the field with MappingTemplate', () => {
  const { request } = startPosts();
  test.each([
    ['no request', null, "Value for field '$' not found."],
    ['a string', 'x', "Value for field '$' must be an object."],
    ['no operation', {}, "Value for field '$[operation]' not found."],
    ['an unknown operation', { operation: 'Truncate' }, "Unsupported operation 'Truncate'."],
    [
      'an unknown element',
      { operation: 'GetItem', key: key('a'), consistent: true },
      "Unsupported element '$[consistent]'.",
    ],
    ['an element of another operation', { ...put('a'), projection: {} }, "Unsupported element '$[projection]'."],
    ['no key', { operation: 'GetItem' }, "Value for field '$[key]' not found."],
    [
      'a key that is not typed',
      { operation: 'GetItem', key: { pk: 'u1' } },
      "Value for field '$[key][pk]' must be an object.",
    ],
    [
      'a type that does not exist',
      { operation: 'GetItem', key: { pk: { X: 1 } } },
      'Unable to convert {"X":1} at \'$[key][pk]\' to a DynamoDB typed value.',
    ],
    ['a limit that is no number', { operation: 'Scan', limit: '10' }, "Value for field '$[limit]' must be an integer."],
    [
      'an unknown element of a condition',
      { ...put('a'), condition: { expression: 'a', values: {} } },
      "Unsupported element '$[condition][values]'.",
    ],
    [
      'an unknown operation of a transaction',
      { operation: 'TransactWriteItems', transactItems: [{ operation: 'GetItem' }] },
      "Unsupported operation 'GetItem' at '$[transactItems][0]'.",
    ],
  ])('%s', async (_title, input, message) => {
    expect(await request(input)).toMatchObject({
      data: { run: null },
      errors: [{ path: ['run'], data: null, errorType: 'MappingTemplate', errorInfo: null, message }],
    });
  });

  test('versioned data sources are not emulated, and say so', async () => {
    expect(await request({ operation: 'Sync' })).toMatchObject({ errors: [{ errorType: 'NotEmulated' }] });
    expect(await request({ ...put('a'), _version: 1 })).toMatchObject({ errors: [{ errorType: 'NotEmulated' }] });
  });
});

describe('refusals of DynamoDB', () => {
  test('are ctx.error; a response handler that ignores it swallows the error', async () => {
    const { ask } = startPosts();
    const { result, error } = await ask({ operation: 'GetItem', key: { pk: { S: 'u1' } } });
    expect(result).toBeNull();
    expect(error?.type).toBe('DynamoDB:ValidationException');
    expect(error?.message).toMatch(/ \(Service: DynamoDb, Status Code: 400, Request ID: [0-9a-f-]{36}\)$/);
  });

  test('a missing permission names action, data source and resolver, and nothing is written', async () => {
    const authorizer = recordingAuthorizer(['dynamodb:PutItem']);
    const lines: string[] = [];
    const { ask } = startPosts({ authorizer, onLog: (line) => lines.push(line) });
    const { error } = await ask(put('p1'));
    expect(lines).toEqual([expect.stringContaining('[aws_appsync_datasource.posts, used by')]);
    expect(error?.type).toBe('DynamoDB:AccessDeniedException');
    expect(error?.message).toContain(
      'arn:aws:iam::123456789012:role/reader is not authorized to perform: dynamodb:PutItem',
    );
    expect(error?.message).toContain('[aws_appsync_datasource.posts, used by aws_appsync_resolver.Query_run]');
    expect(await ask({ operation: 'GetItem', key: key('p1') })).toEqual({ result: null });
  });

  test('every access of a transaction is judged, also by an authorizer that takes time', async () => {
    const asked: string[] = [];
    const { ask } = startPosts({
      authorizer: {
        authorize: async (_principal, { action }) => {
          asked.push(action);
          if (action === 'dynamodb:DeleteItem') throw new AwsError('AccessDeniedException', 'not DeleteItem');
        },
      },
    });
    const transactItems = [
      { table: 'Posts', operation: 'PutItem', key: key('p1') },
      { table: 'Posts', operation: 'DeleteItem', key: key('p2') },
    ];
    const { error } = await ask({ operation: 'TransactWriteItems', transactItems });
    expect(error?.type).toBe('DynamoDB:AccessDeniedException');
    expect(asked).toEqual(['dynamodb:PutItem', 'dynamodb:DeleteItem']);
    expect(await ask({ operation: 'GetItem', key: key('p1') })).toEqual({ result: null });
  });

  test('a missing table names the data source', async () => {
    const { ask } = startPosts();
    const { error } = await ask({ operation: 'BatchGetItem', tables: { Nowhere: { keys: [key('a')] } } });
    expect(error?.type).toBe('DynamoDB:ResourceNotFoundException');
    expect(error?.message).toContain('aws_appsync_datasource.posts');
  });
});
