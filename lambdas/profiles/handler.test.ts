import '../testing/environment.ts';
import { SendMessageBatchCommand } from '@aws-sdk/client-sqs';
import { DeleteCommand, DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { sqs } from '../shared/sendMessages.ts';
import { throttled } from '../testing/errors.ts';
import { streamEvent } from '../testing/events.ts';
import { handler } from './handler.ts';

const queue = mockClient(sqs);
const dynamodb = mockClient(DynamoDBDocumentClient);
for (const level of ['log', 'warn', 'error'] as const) vi.spyOn(console, level).mockReturnValue();
const profile = (userId: string, trace?: string) => ({ userId, handle: userId, status: 'ACTIVE', trace });

beforeEach(() => {
  queue.reset();
  dynamodb.reset();
  queue.on(SendMessageBatchCommand).resolves({ Failed: [] });
});

const sent = () =>
  queue.commandCalls(SendMessageBatchCommand).flatMap(({ args }) =>
    (args[0].input.Entries ?? []).map(({ MessageBody, MessageAttributes }) => ({
      body: JSON.parse(MessageBody ?? '') as object,
      trace: MessageAttributes?.trace?.StringValue,
    })),
  );

describe('a profile', () => {
  test('that is made has its member welcomed, each with its own trace', async () => {
    const answer = await handler(
      streamEvent({ n: 1, after: profile('ann', '1-00000001-a') }, { n: 2, after: profile('ben') }),
    );
    expect(answer).toEqual({ batchItemFailures: [] });
    const welcome = (userId: string) => ({ kind: 'welcome', occasion: 'welcome', mails: [{ userId, data: {} }] });
    expect(sent()).toEqual([
      { body: welcome('ann'), trace: '1-00000001-a' },
      { body: welcome('ben'), trace: undefined },
    ]);
  });

  test('that changes or goes, and a claim of a handle, welcome nobody', async () => {
    await handler(
      streamEvent(
        { n: 1, before: profile('ann'), after: { ...profile('ann'), handle: 'anna' } },
        { n: 2, before: profile('ann') },
        { n: 3, after: { userId: 'HANDLE#ann', ownerId: 'ann', createdAt: '2025-01-31T10:00:00.000Z' } },
      ),
    );
    expect(sent()).toEqual([]);
  });

  test('is delivered again when the queue cannot be reached', async () => {
    queue.on(SendMessageBatchCommand).rejects(new Error('away'));
    expect(await handler(streamEvent({ n: 1, after: profile('ann') }))).toEqual({
      batchItemFailures: [{ itemIdentifier: '100' }],
    });
  });
});

describe('the list of those who want digests', () => {
  const wanting = (digest?: string, more: object = {}) => ({ ...profile('ann'), digest, ...more });
  const put = () => dynamodb.commandCalls(PutCommand).map(({ args }) => args[0].input);
  const removed = () => dynamodb.commandCalls(DeleteCommand).map(({ args }) => args[0].input);

  test.each([
    ['DAILY', 'DAILY_MAIL#1'],
    ['WEEKLY', 'WEEKLY_MAIL#1'],
  ])('has who chooses %s', async (digest, status) => {
    await handler(streamEvent({ n: 1, before: wanting(), after: wanting(digest) }));
    expect(put()).toEqual([{ TableName: 'ops', Item: { operationId: 'DIGEST_MAIL#ann', status, createdAt: 'ann' } }]);
    expect(sent()).toEqual([]);
  });

  test.each([
    ['chooses none', wanting('NEVER')],
    ['deletes the account', wanting('DAILY', { status: 'DELETED' })],
  ])('loses who %s', async (_, after) => {
    await handler(streamEvent({ n: 1, before: wanting('DAILY'), after }));
    expect(removed()).toEqual([{ TableName: 'ops', Key: { operationId: 'DIGEST_MAIL#ann' } }]);
  });

  test('stays as it is while counters and other settings change', async () => {
    const after = wanting('DAILY', { followerCount: 7, language: 'JA' });
    await handler(
      streamEvent({ n: 1, before: wanting('DAILY'), after }, { n: 2, before: wanting(), after: wanting() }),
    );
    expect([...put(), ...removed()]).toEqual([]);
  });

  test('has the last of several choices, and the first that fails is delivered again', async () => {
    const event = streamEvent(
      { n: 1, before: wanting('NEVER'), after: wanting('DAILY') },
      { n: 2, before: wanting('DAILY'), after: wanting('WEEKLY') },
    );
    expect(await handler(event)).toEqual({ batchItemFailures: [] });
    expect(put().map(({ Item }) => Item?.status as string)).toEqual(['DAILY_MAIL#1', 'WEEKLY_MAIL#1']);
    dynamodb.reset();
    dynamodb.on(PutCommand).rejectsOnce(throttled()).resolves({});
    expect(await handler(event)).toEqual({ batchItemFailures: [{ itemIdentifier: '100' }] });
  });
});
