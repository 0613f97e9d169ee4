import '../testing/environment.ts';
import { BatchGetCommand, DynamoDBDocumentClient, GetCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { accepts, appsync, id, published } from '../testing/appsync.ts';
import { cancelled, MET, throttled, timedOut } from '../testing/errors.ts';
import { comment, follow, like, streamEvent } from '../testing/events.ts';
import { handler } from './handler.ts';

vi.mock('../shared/retry.ts', async (original) => ({ ...(await original<object>()), pauseAfter: async () => {} }));
const dynamodb = mockClient(DynamoDBDocumentClient);
for (const method of ['log', 'warn'] as const) vi.spyOn(console, method).mockReturnValue();
const error = vi.spyOn(console, 'error').mockReturnValue();

const NOTHING_FAILED = { batchItemFailures: [] };
const transactions = () => dynamodb.commandCalls(TransactWriteCommand).map(({ args }) => args[0].input.TransactItems);
/** So that a comment is an event and nothing else. */
const wantsNone = () =>
  dynamodb.on(GetCommand, { TableName: 'users' }).resolves({ Item: { userId: 'author', notifyComments: false } });

beforeEach(() => {
  dynamodb.reset();
  dynamodb.on(GetCommand).resolves({});
  dynamodb.on(GetCommand, { TableName: 'users', Key: { userId: 'author' } }).resolves({ Item: { userId: 'author' } });
  dynamodb.on(GetCommand, { TableName: 'users', Key: { userId: 'bea' } }).resolves({ Item: { userId: 'bea' } });
  dynamodb.on(BatchGetCommand).resolves({ Responses: { edges: [] } });
  dynamodb.on(TransactWriteCommand).resolves({});
  appsync.mockReset();
  appsync.mockImplementation(accepts);
  error.mockClear();
});

describe('notifications', () => {
  test.each([
    ['keeps changing', () => cancelled('None', 'None', MET, 'None'), 5],
    ['is written all the time', () => cancelled('None', 'None', 'TransactionConflict', 'None'), 5],
    ['is throttled', throttled, 1],
    ['does not answer in time', timedOut, 1],
  ])('a notification that %s is reported by its first record, and the others are told', async (_, failure, tries) => {
    dynamodb.on(TransactWriteCommand).callsFake((input: { TransactItems: unknown[] }) => {
      if (JSON.stringify(input).includes('#LIKE#busy')) throw failure();
      return {};
    });
    const event = streamEvent(
      { n: 1, after: like('ann', 'p1') },
      { n: 2, after: like('ann', 'busy') },
      { n: 3, after: like('ben', 'busy') },
      { n: 4, after: like('ann', 'p9', 'bea') },
    );
    expect(await handler(event)).toEqual({ batchItemFailures: [{ itemIdentifier: '200' }] });
    expect(published('publishNotification').map(({ recipientId }) => recipientId)).toEqual(
      expect.arrayContaining([id('User', 'author'), id('User', 'bea')]),
    );
    expect(transactions().filter((actions) => JSON.stringify(actions).includes('busy'))).toHaveLength(tries);
  });

  test('a notification that AppSync does not take stays stored and is not told again', async () => {
    appsync.mockRejectedValue(new TypeError('fetch failed'));
    expect(await handler(streamEvent({ n: 1, after: like('ann', 'p1') }))).toEqual(NOTHING_FAILED);
    expect(transactions()).toHaveLength(1);
    expect(appsync).toHaveBeenCalledTimes(3);
  });

  test.each([
    ['answers nothing', () => Promise.reject(new TypeError('fetch failed'))],
    ['answers too late', () => Promise.reject(new DOMException('The operation timed out', 'TimeoutError'))],
    ['is throttled', () => Promise.resolve(new Response('{"errors":[]}', { status: 429 }))],
    ['fails', () => Promise.resolve(new Response('oops', { status: 503 }))],
    ['answers with what is no JSON', () => Promise.resolve(new Response('<html>', { status: 200 }))],
  ])('a comment is delivered again when AppSync %s', async (_, answer) => {
    appsync.mockImplementation((url, init) =>
      init.body.includes(id('Comment', 'p1', 'c2')) ? answer() : accepts(url, init),
    );
    wantsNone();
    const event = streamEvent(
      { n: 1, after: comment('c1') },
      { n: 2, after: comment('c2') },
      { n: 3, after: comment('c3') },
    );
    expect(await handler(event)).toEqual({ batchItemFailures: [{ itemIdentifier: '200' }] });
    expect(published('publishComment')).toHaveLength(5);
  });

  test('a comment is published after AppSync was throttled for a moment', async () => {
    wantsNone();
    appsync.mockResolvedValueOnce(new Response('{}', { status: 429 }));
    expect(await handler(streamEvent({ n: 1, after: comment('c1') }))).toEqual(NOTHING_FAILED);
    expect(published('publishComment')).toHaveLength(2);
  });

  test.each([
    ['200', { data: { publishComment: null }, errors: [{ errorType: 'InvalidArgument', message: 'authorId' }] }],
    ['401', { errors: [{ errorType: 'UnauthorizedException', message: 'Permission denied' }] }],
  ])('a comment that AppSync refuses with %s is dropped and logged, not delivered for ever', async (status, body) => {
    wantsNone();
    appsync.mockResolvedValue(Response.json(body, { status: Number(status) }));
    expect(await handler(streamEvent({ n: 1, after: comment('c1') }))).toEqual(NOTHING_FAILED);
    expect(appsync).toHaveBeenCalledTimes(1);
    expect(JSON.parse(error.mock.calls[0]?.[0] as string)).toMatchObject({
      level: 'ERROR',
      function: 'publish',
      field: 'publishComment',
      published: false,
      status: Number(status),
    });
  });

  test.each([
    ['a like without the author of its post', { ...like('ann', 'p1'), targetOwnerId: undefined }],
    ['a comment without text', comment('c1', { body: undefined })],
    ['an edge without a time', { ...follow('ann', 'ben'), createdAt: 'yesterday' }],
    ['counters that are no numbers', { postId: 'p1', item: 'STATS', likeCount: 1.5 }],
  ])('%s is left out', async (_, after) => {
    expect(await handler(streamEvent({ n: 1, after }))).toEqual(NOTHING_FAILED);
    expect([...transactions(), ...published()]).toEqual([]);
  });
});
