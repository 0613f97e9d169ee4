import '../testing/environment.ts';
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3';
import { SendMessageBatchCommand } from '@aws-sdk/client-sqs';
import { BatchGetCommand, GetCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { dynamodb } from '../shared/dynamodb.ts';
import { s3 } from '../shared/s3.ts';
import { sqs } from '../shared/sendMessages.ts';
import { conditionFailed, throttled } from '../testing/errors.ts';
import { queueEvent } from '../testing/messages.ts';
import { handler } from './handler.ts';

const [dynamodbMock, s3Mock, sqsMock] = [mockClient(dynamodb), mockClient(s3), mockClient(sqs)];
for (const level of ['log', 'warn', 'error'] as const) vi.spyOn(console, level).mockImplementation(() => undefined);

const job = { operationId: 'JOB#j1', userId: 'ann', kind: 'DATA_EXPORT', state: 'QUEUED' };
const step = { kind: 'export', jobId: 'j1', userId: 'ann', step: 0 };
const A_POSITION = '{"authorId":"ann","postId":"p1"}';

beforeEach(() => {
  dynamodbMock.reset();
  s3Mock.reset();
  sqsMock.reset();
  sqsMock.on(SendMessageBatchCommand).resolves({ Successful: [], Failed: [] });
  s3Mock.on(PutObjectCommand).resolves({});
  s3Mock.on(ListObjectsV2Command).resolves({ Contents: [] });
  dynamodbMock.on(UpdateCommand).resolves({});
  stored(job);
  dynamodbMock
    .on(GetCommand, { TableName: 'users' })
    .resolves({ Item: { userId: 'ann', handle: 'ann', status: 'ACTIVE' } });
});

function stored(item: object | undefined): void {
  dynamodbMock.on(GetCommand, { TableName: 'ops' }).resolves({ Item: item as Record<string, unknown> });
}

const work = (body: object, receives = 1) => handler(queueEvent({ id: 'm1', body, receives, trace: '1-00000001-a' }));
const sent = (queue = 'jobs') =>
  sqsMock
    .commandCalls(SendMessageBatchCommand)
    .filter(({ args: [{ input }] }) => input.QueueUrl?.endsWith(`/hiroba-dev-${queue}`))
    .flatMap(({ args: [{ input }] }) => input.Entries ?? [])
    .map(({ MessageBody = '' }) => JSON.parse(MessageBody) as unknown);
const written = () => s3Mock.commandCalls(PutObjectCommand).map(({ args: [{ input }] }) => [input.Key, input.Body]);
const updates = () =>
  dynamodbMock.commandCalls(UpdateCommand).map(({ args: [{ input }] }) => input.ExpressionAttributeValues);

describe('a step', () => {
  test('does its piece, sends the next step and notes how far the job is', async () => {
    expect(await work(step)).toEqual({ batchItemFailures: [] });

    expect(written()).toEqual([
      ['ann/j1/parts/profile/00000000', '{"id":"ann","handle":"ann","posts":0,"followers":0,"following":0}\n'],
    ]);
    expect(sent()).toEqual([{ ...step, step: 1, task: 'settings' }]);
    expect(updates()).toEqual([{ ':state': 'RUNNING', ':step': 1, ':done': 'DONE' }]);
  });

  test('goes on from its position, and says where the next one does', async () => {
    dynamodbMock.on(QueryCommand).resolves({
      Items: [{ authorId: 'ann', postId: 'p2' }],
      LastEvaluatedKey: { authorId: 'ann', postId: 'p2' },
    });
    dynamodbMock.on(BatchGetCommand).resolves({
      Responses: { posts: [{ postId: 'p2', item: 'POST', authorId: 'ann', body: 'hi', trace: 'secret' }] },
    });

    await work({ ...step, step: 7, task: 'posts', position: A_POSITION });

    const [first] = dynamodbMock.commandCalls(QueryCommand);
    expect(first?.args[0].input).toMatchObject({ ExclusiveStartKey: { authorId: 'ann', postId: 'p1' } });
    expect(dynamodbMock.commandCalls(QueryCommand)).toHaveLength(10);
    expect(written()).toEqual([['ann/j1/parts/posts/00000007', '{"id":"p2","body":"hi"}\n'.repeat(10)]]);
    expect(sent()).toEqual([{ ...step, step: 8, task: 'posts', position: '{"authorId":"ann","postId":"p2"}' }]);
  });

  test('that comes twice is done once', async () => {
    stored({ ...job, state: 'RUNNING', step: 1 });

    await work(step);

    expect(written()).toEqual([]);
    expect(sent()).toEqual([]);
  });

  test('whose other delivery was faster is no failure', async () => {
    dynamodbMock.on(UpdateCommand).rejects(conditionFailed());

    expect(await work(step)).toEqual({ batchItemFailures: [] });
  });

  test.each([
    ['a job that is done', { ...job, state: 'DONE' }],
    ['a job that is gone', undefined],
  ])('of %s does nothing', async (_, item) => {
    stored(item);

    await work(step);

    expect(written()).toEqual([]);
    expect(sent()).toEqual([]);
  });

  test('for an account that is being erased ends the export', async () => {
    dynamodbMock.on(GetCommand, { TableName: 'users' }).resolves({ Item: { userId: 'ann', status: 'DELETED' } });

    await work(step);

    expect(written()).toEqual([]);
    expect(sent()).toEqual([]);
    expect(updates()).toEqual([]);
  });
});

describe('a step that fails', () => {
  test('is done again from where it began', async () => {
    dynamodbMock.on(QueryCommand).rejects(throttled());
    const middle = { ...step, step: 7, task: 'posts', position: A_POSITION };

    expect(await work(middle)).toEqual({ batchItemFailures: [{ itemIdentifier: 'm1' }] });
    expect(sent()).toEqual([]);
    expect(updates()).toEqual([]);

    dynamodbMock.on(QueryCommand).resolves({ Items: [] });
    expect(await work(middle, 2)).toEqual({ batchItemFailures: [] });
    const starts = dynamodbMock.commandCalls(QueryCommand).map(({ args: [{ input }] }) => input.ExclusiveStartKey);
    expect(starts).toEqual([
      { authorId: 'ann', postId: 'p1' },
      { authorId: 'ann', postId: 'p1' },
    ]);
    expect(sent()).toEqual([{ ...step, step: 8, task: 'comments' }]);
  });

  test('for the last time fails the job, and lies in the queue of what was given up', async () => {
    dynamodbMock.on(QueryCommand).rejects(throttled());
    const middle = { ...step, step: 7, task: 'posts', position: A_POSITION };

    expect(await work(middle, 5)).toEqual({ batchItemFailures: [] });

    expect(updates()).toEqual([{ ':state': 'FAILED', ':done': 'DONE' }]);
    expect(sent('worker-dead')).toEqual([middle]);
  });

  test('goes on when it is taken out of there', async () => {
    stored({ ...job, state: 'FAILED', step: 7 });
    dynamodbMock.on(QueryCommand).resolves({ Items: [] });

    await work({ ...step, step: 7, task: 'posts', position: A_POSITION });

    expect(sent()).toEqual([{ ...step, step: 8, task: 'comments' }]);
    expect(updates()).toEqual([{ ':state': 'RUNNING', ':step': 8, ':done': 'DONE' }]);
  });

  test('because it is no step is given up at once', async () => {
    await work({ ...step, step: -1 });
    await work({ ...step, kind: 'other' });
    expect(sent('worker-dead')).toHaveLength(2);
  });
});

describe('the last step', () => {
  test('notes what there is to download', async () => {
    s3Mock.on(ListObjectsV2Command, { Prefix: 'ann/j1/archives/' }).resolves({
      Contents: [{ Key: 'ann/j1/archives/hiroba-export-1.zip', Size: 321 }],
    });

    await work({ ...step, step: 12, task: 'clear' });

    expect(sent()).toEqual([]);
    expect(updates()).toEqual([
      {
        ':archives': [{ name: 'hiroba-export-1.zip', key: 'ann/j1/archives/hiroba-export-1.zip', bytes: 321 }],
        ':state': 'DONE',
        ':finishedAt': expect.stringMatching(/^\d{4}-.*Z$/),
      },
    ]);
  });
});

describe('packing', () => {
  const MEGABYTES = 1024 * 1024;

  test('makes another archive of what one does not take', async () => {
    const part = (name: string) => ({ Key: `ann/j1/parts/posts/${name}`, Size: 40 * MEGABYTES });
    s3Mock.on(ListObjectsV2Command).resolves({ Contents: [part('00000001'), part('00000002')] });
    s3Mock.on(GetObjectCommand).callsFake(() => ({
      Body: { transformToByteArray: async () => new Uint8Array([123, 125, 10]) },
    }));

    await work({ ...step, step: 11, task: 'pack' });

    expect(written().map(([key]) => key)).toEqual(['ann/j1/archives/hiroba-export-1.zip']);
    expect(sent()).toEqual([
      { ...step, step: 12, task: 'pack', position: '{"after":"ann/j1/parts/posts/00000001","archives":1}' },
    ]);
  });
});
