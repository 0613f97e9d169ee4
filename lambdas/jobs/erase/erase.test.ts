import '../../testing/environment.ts';
import { DeleteObjectsCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import {
  AdminDeleteUserCommand,
  AdminDisableUserCommand,
  AdminUserGlobalSignOutCommand,
  ListUsersCommand,
  UserNotFoundException,
} from '@aws-sdk/client-cognito-identity-provider';
import { SendMessageBatchCommand } from '@aws-sdk/client-sqs';
import {
  BatchGetCommand,
  BatchWriteCommand,
  GetCommand,
  QueryCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { dynamodb } from '../../shared/dynamodb.ts';
import { s3 } from '../../shared/s3.ts';
import { sqs } from '../../shared/sendMessages.ts';
import { cancelled, MET, throttled } from '../../testing/errors.ts';
import { follow, like, post } from '../../testing/events.ts';
import { queueEvent } from '../../testing/messages.ts';
import { handler } from '../handler.ts';
import { cognito } from '../../shared/members.ts';

const [tables, objects, queue, pool] = [mockClient(dynamodb), mockClient(s3), mockClient(sqs), mockClient(cognito)];
for (const level of ['log', 'warn', 'error'] as const) vi.spyOn(console, level).mockImplementation(() => undefined);

const step = { kind: 'erase', jobId: 'j1', userId: 'ann', step: 0 };

beforeEach(() => {
  for (const mock of [tables, objects, queue, pool]) mock.reset();
  queue.on(SendMessageBatchCommand).resolves({ Successful: [], Failed: [] });
  tables.on(UpdateCommand).resolves({});
  tables.on(QueryCommand).resolves({ Items: [] });
  tables.on(BatchGetCommand).resolves({ Responses: {} });
  tables.on(BatchWriteCommand).resolves({ UnprocessedItems: {} });
  tables.on(TransactWriteCommand).resolves({});
  tables
    .on(GetCommand, { TableName: 'ops' })
    .resolves({ Item: { userId: 'ann', kind: 'ACCOUNT_DELETION', state: 'QUEUED' } });
  tables.on(GetCommand, { TableName: 'posts' }).resolves({});
  closed({ handle: 'ann_h', postCount: 0 });
  objects.on(ListObjectsV2Command).resolves({ Contents: [] });
  objects.on(DeleteObjectsCommand).resolves({});
  pool.onAnyCommand().resolves({});
});

function closed(attributes: object): void {
  tables.on(GetCommand, { TableName: 'users' }).resolves({ Item: { userId: 'ann', status: 'DELETED', ...attributes } });
}

const work = (body: object, receives = 1) => handler(queueEvent({ id: 'm1', body, receives }));
const sent = () =>
  queue.commandCalls(SendMessageBatchCommand).flatMap(({ args: [{ input }] }) =>
    (input.Entries ?? []).map(({ MessageBody = '', DelaySeconds }) => ({
      ...(JSON.parse(MessageBody) as { task: string }),
      delay: DelaySeconds,
    })),
  );
const deleted = () =>
  tables
    .commandCalls(BatchWriteCommand)
    .flatMap(({ args: [{ input }] }) =>
      Object.entries(input.RequestItems ?? {}).flatMap(([table, requests]) =>
        requests.map(({ DeleteRequest }) => ({ table, ...DeleteRequest?.Key })),
      ),
    );
const transactions = () =>
  tables.commandCalls(TransactWriteCommand).map(({ args: [{ input }] }) => input.TransactItems);

describe('an erasure', () => {
  test('begins by closing the door', async () => {
    await work(step);

    const user = { UserPoolId: 'us-east-1_example', Username: 'ann' };
    expect(pool.commandCalls(AdminUserGlobalSignOutCommand)[0]?.args[0].input).toEqual(user);
    expect(pool.commandCalls(AdminDisableUserCommand)[0]?.args[0].input).toEqual(user);
    expect(sent()).toEqual([{ ...step, step: 1, task: 'hidePosts', delay: 0 }]);
  });

  test('waits, once what readers see is hidden, for what was under way', async () => {
    await work({ ...step, step: 2, task: 'hideArchive' });

    expect(sent()).toEqual([{ ...step, step: 3, task: 'underPosts', delay: 300 }]);
  });

  test.each([
    ['an account that is in use', { status: 'ACTIVE' }],
    ['an account that is suspended', { status: 'SUSPENDED' }],
  ])('of %s does nothing', async (_, attributes) => {
    closed(attributes);

    await work({ ...step, task: 'edges' });

    expect(pool.calls()).toEqual([]);
    expect(deleted()).toEqual([]);
    expect(sent()).toEqual([]);
  });

  test('of a member whom the pool no longer has goes on', async () => {
    pool
      .on(AdminDeleteUserCommand)
      .rejects(new UserNotFoundException({ message: 'User does not exist.', $metadata: {} }))
      .on(ListUsersCommand)
      .resolves({ Users: [] });

    expect(await work({ ...step, task: 'member' })).toEqual({ batchItemFailures: [] });
    expect(sent()).toMatchObject([{ task: 'prove' }]);
  });
});

describe('a step that is throttled in the middle', () => {
  const FIRST = { authorId: 'ann', postId: 'p1', item: 'POST' };
  const SECOND = { authorId: 'ann', postId: 'p2', item: 'POST' };

  test('is done again from its position, and what was done before is no hindrance', async () => {
    tables
      .on(QueryCommand)
      .resolvesOnce({ Items: [FIRST], LastEvaluatedKey: FIRST })
      .resolvesOnce({ Items: [SECOND] })
      .resolves({ Items: [SECOND] });
    tables
      .on(BatchGetCommand)
      .resolvesOnce({ Responses: { posts: [post('p1')] } })
      .rejectsOnce(throttled())
      .resolves({ Responses: { posts: [post('p2')] } });
    const middle = { ...step, step: 9, task: 'posts', position: JSON.stringify({ ...FIRST, postId: 'p0' }) };

    expect(await work(middle)).toEqual({ batchItemFailures: [{ itemIdentifier: 'm1' }] });
    expect(deleted()).toEqual([
      { table: 'posts', postId: 'p1', item: 'POST' },
      { table: 'posts', postId: 'p1', item: 'ARCHIVE' },
    ]);
    expect(sent()).toEqual([]);

    expect(await work(middle, 2)).toEqual({ batchItemFailures: [] });
    expect(tables.commandCalls(QueryCommand).map(({ args: [{ input }] }) => input.ExclusiveStartKey?.postId)).toEqual([
      'p0',
      'p1',
      'p0',
    ]);
    expect(deleted()).toEqual([
      { table: 'posts', postId: 'p1', item: 'POST' },
      { table: 'posts', postId: 'p1', item: 'ARCHIVE' },
      { table: 'posts', postId: 'p2', item: 'POST' },
      { table: 'posts', postId: 'p2', item: 'ARCHIVE' },
    ]);
    expect(sent()).toMatchObject([{ task: 'archive', step: 10 }]);
  });

  test('makes tombstones before it deletes, so that counters, tags and timelines hear of it', async () => {
    tables.on(QueryCommand).resolves({ Items: [FIRST] });
    tables.on(BatchGetCommand).resolves({ Responses: { posts: [post('p1')] } });

    await work({ ...step, task: 'posts' });

    const order = tables
      .calls()
      .map(({ args: [command] }) => command.constructor.name)
      .filter((name) => name === 'UpdateCommand' || name === 'BatchWriteCommand');
    expect(order.slice(0, 2)).toEqual(['UpdateCommand', 'BatchWriteCommand']);
    expect(tables.commandCalls(UpdateCommand)[0]?.args[0].input).toMatchObject({
      Key: { postId: 'p1', item: 'POST' },
      UpdateExpression: 'SET deletedAt = :now, expiresAt = :expiresAt REMOVE body, hashtags, photoIds',
    });
  });
});

describe('what others were told of the member', () => {
  const notification = {
    userId: 'author',
    notificationId: '2025-01-31#LIKE#p1',
    kind: 'LIKE',
    actorIds: ['ben', 'ann'],
    actorCount: 2,
    updatedAt: '2025-01-31T10:00:00.000Z',
  };
  const edges = () => work({ ...step, task: 'edges' });

  beforeEach(() => {
    tables.on(QueryCommand).resolves({ Items: [like('ann', 'p1'), follow('ann', 'ben')] });
  });

  test('tells of the others', async () => {
    tables.on(BatchGetCommand).resolves({ Responses: { notifications: [notification] } });

    await edges();

    expect(transactions()).toMatchObject([
      [
        {
          Update: {
            Key: { userId: 'author', notificationId: '2025-01-31#LIKE#p1' },
            UpdateExpression: 'SET actorIds = :others, actorCount = :fewer',
            ConditionExpression: 'updatedAt = :updatedAt AND actorCount = :actorCount',
            ExpressionAttributeValues: { ':others': ['ben'], ':fewer': 1, ':actorCount': 2 },
          },
        },
      ],
    ]);
    expect(deleted()).toEqual([
      { table: 'edges', userId: 'ann', edge: 'LIKE#p1' },
      { table: 'edges', userId: 'ann', edge: 'FOLLOW#ben' },
    ]);
  });

  test('goes, with its place among the unread, when there are no others', async () => {
    const alone = { ...notification, actorIds: ['ann'], actorCount: 1 };
    tables.on(BatchGetCommand).resolves({ Responses: { notifications: [alone] } });
    tables
      .on(GetCommand, { TableName: 'users', Key: { userId: 'author' } })
      .resolves({ Item: { userId: 'author', unreadCount: 3 } });

    await edges();

    expect(transactions()).toMatchObject([
      [
        { Delete: { Key: { userId: 'author', notificationId: '2025-01-31#LIKE#p1' } } },
        { Update: { Key: { userId: 'author' }, ExpressionAttributeValues: { ':less': -1, ':stored': 3 } } },
      ],
    ]);
  });

  test('is read again when it grows meanwhile', async () => {
    tables.on(BatchGetCommand).resolves({ Responses: { notifications: [notification] } });
    tables.on(TransactWriteCommand).rejectsOnce(cancelled(MET)).resolves({});
    tables
      .on(GetCommand, { TableName: 'notifications' })
      .resolves({ Item: { ...notification, actorIds: ['eve', 'ben', 'ann'], actorCount: 3 } });

    await edges();

    expect(transactions()[1]).toMatchObject([
      { Update: { ExpressionAttributeValues: { ':others': ['eve', 'ben'], ':fewer': 2, ':actorCount': 3 } } },
    ]);
  });
});

describe('the proof', () => {
  test('goes around again while something is found, which it erases', async () => {
    tables.on(QueryCommand, { TableName: 'edges', IndexName: undefined }).resolves({ Items: [like('ann', 'p1')] });

    await work({ ...step, task: 'prove' });

    expect(deleted()).toEqual([{ table: 'edges', userId: 'ann', edge: 'LIKE#p1' }]);
    expect(sent()).toMatchObject([{ task: 'prove', position: '2' }]);
  });

  test('ends when nothing is left', async () => {
    await work({ ...step, task: 'prove', position: '2' });

    expect(sent()).toMatchObject([{ task: 'handle' }]);
  });

  test('does not go around for ever', async () => {
    tables.on(QueryCommand, { TableName: 'edges', IndexName: undefined }).resolves({ Items: [like('ann', 'p1')] });

    expect(await work({ ...step, task: 'prove', position: '20' })).toEqual({
      batchItemFailures: [{ itemIdentifier: 'm1' }],
    });
  });
});

describe('the end', () => {
  test('leaves a tombstone and gives the handle up, and the job is DONE', async () => {
    await work({ ...step, task: 'handle' });

    expect(transactions()).toMatchObject([
      [
        {
          Update: {
            Key: { userId: 'ann' },
            UpdateExpression: 'REMOVE #n0',
            ConditionExpression: '#status = :deleted',
            ExpressionAttributeNames: { '#n0': 'handle' },
          },
        },
        { Delete: { Key: { userId: 'HANDLE#ann_h' }, ExpressionAttributeValues: { ':member': 'ann' } } },
      ],
    ]);
    expect(tables.commandCalls(UpdateCommand)[0]?.args[0].input.ExpressionAttributeValues).toMatchObject({
      ':state': 'DONE',
    });
    expect(sent()).toEqual([]);
  });

  test('comes once, however often its message does', async () => {
    closed({ postCount: 0 });

    await work({ ...step, task: 'handle' });

    expect(transactions()).toEqual([]);
  });
});
