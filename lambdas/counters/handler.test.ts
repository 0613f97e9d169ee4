import '../testing/environment.ts';
import { DynamoDBDocumentClient, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { cancelled, MET, throttled, timedOut } from '../testing/errors.ts';
import { AT, block, comment, deleted, follow, like, post, record, streamEvent } from '../testing/events.ts';
import { handler } from './handler.ts';

vi.mock('../shared/retry.ts', async (original) => ({ ...(await original<object>()), pauseAfter: async () => {} }));
const dynamodb = mockClient(DynamoDBDocumentClient);
const log = vi.spyOn(console, 'log').mockReturnValue();
const warn = vi.spyOn(console, 'warn').mockReturnValue();
const error = vi.spyOn(console, 'error').mockReturnValue();

beforeEach(() => {
  dynamodb.reset();
  dynamodb.on(TransactWriteCommand).resolves({});
  for (const spy of [log, warn, error]) spy.mockClear();
});

const NOTHING_FAILED = { batchItemFailures: [] };
const transactions = () => dynamodb.commandCalls(TransactWriteCommand).map(({ args }) => args[0].input.TransactItems);
const updates = () => transactions().map((actions) => actions?.flatMap(({ Update }) => Update ?? [])[0]);
const markers = () =>
  transactions().map((actions) => actions?.flatMap(({ Put }) => (Put?.Item?.operationId as string | undefined) ?? []));

const marker = (operationId: string) => ({
  Put: {
    TableName: 'ops',
    Item: { operationId, expiresAt: AT + 172_800 },
    ConditionExpression: 'attribute_not_exists(operationId)',
  },
});

describe('counters', () => {
  test('adds the likes of a batch in one write, with a marker of two days for each', async () => {
    const event = streamEvent({ n: 1, after: like('ann', 'p1') }, { n: 2, after: like('ben', 'p1') });
    expect(await handler(event)).toEqual(NOTHING_FAILED);
    expect(transactions()).toEqual([
      [
        marker('EVENT#event-1#likeCount'),
        marker('EVENT#event-2#likeCount'),
        {
          Update: {
            TableName: 'posts',
            Key: { postId: 'p1', item: 'STATS' },
            UpdateExpression: 'ADD likeCount :likeCount',
            ExpressionAttributeValues: { ':likeCount': 2 },
            ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
          },
        },
      ],
    ]);
  });

  test('counts a follow on both sides, and makes no profile by counting', async () => {
    await handler(streamEvent({ n: 1, after: follow('ann', 'ben') }));
    expect(markers()).toEqual([['EVENT#event-1#followerCount'], ['EVENT#event-1#followingCount']]);
    expect(updates()).toEqual([
      {
        TableName: 'users',
        Key: { userId: 'ben' },
        UpdateExpression: 'ADD followerCount :followerCount',
        ConditionExpression: 'attribute_exists(userId)',
        ExpressionAttributeValues: { ':followerCount': 1 },
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      },
      {
        TableName: 'users',
        Key: { userId: 'ann' },
        UpdateExpression: 'ADD followingCount :followingCount',
        ConditionExpression: 'attribute_exists(userId)',
        ExpressionAttributeValues: { ':followingCount': 1 },
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      },
    ]);
  });

  test('counts an archived post until it is deleted, whatever of it the table forgets', async () => {
    const note = { postId: 'p1', item: 'ARCHIVE', ownerId: 'author' };
    await handler(
      streamEvent({ n: 1, after: note }, { n: 2, before: post('p1'), expired: true }, { n: 3, before: note }),
    );
    expect(dynamodb.commandCalls(TransactWriteCommand)).toEqual([]);

    await handler(streamEvent({ n: 4, before: note, after: { ...note, deletedAt: '2025-01-31T10:00:00.000Z' } }));
    expect(updates()).toMatchObject([
      { TableName: 'users', Key: { userId: 'author' }, ExpressionAttributeValues: { ':postCount': -1 } },
    ]);
  });

  test('takes back no more than there is', async () => {
    await handler(streamEvent({ n: 1, before: like('ann', 'p1') }));
    expect(updates()[0]).toMatchObject({
      UpdateExpression: 'ADD likeCount :likeCount',
      ConditionExpression: 'likeCount >= :likeCountFloor',
      ExpressionAttributeValues: { ':likeCount': -1, ':likeCountFloor': 1 },
    });
  });

  test.each([
    ['deleted', { n: 1, before: post('p1'), after: deleted(post('p1')) }, -1],
    [
      'removed by a moderator',
      { n: 1, before: post('p1'), after: post('p1', { removedAt: '2025-01-31T11:00:00.000Z' }) },
      -1,
    ],
    ['published', { n: 1, after: post('p1') }, 1],
    ['expired while it was live', { n: 1, before: post('p1') }, -1],
  ])('counts a post that is %s', async (_, happened, by) => {
    await handler(streamEvent(happened));
    expect(updates().map((update) => update?.ExpressionAttributeValues?.[':postCount'])).toEqual([by]);
    expect(updates()[0]?.Key).toEqual({ userId: 'author' });
  });

  test('counts comments at the post, down when one is deleted', async () => {
    const event = streamEvent(
      { n: 1, after: comment('c1') },
      { n: 2, after: comment('c2') },
      { n: 3, after: comment('c3') },
      { n: 4, before: comment('c1'), after: deleted(comment('c1')) },
    );
    await handler(event);
    expect(updates()).toMatchObject([
      { Key: { postId: 'p1', item: 'STATS' }, ExpressionAttributeValues: { ':commentCount': 2 } },
    ]);
  });

  test.each([
    ['the removal of what was deleted before', { n: 1, before: deleted(post('p1')) }],
    [
      'a removal by a moderator of what the author deleted',
      {
        n: 1,
        before: deleted(comment('c1')),
        after: { ...deleted(comment('c1')), removedAt: '2025-01-31T12:00:00.000Z' },
      },
    ],
    ['a block', { n: 1, after: block('ann', 'ben') }],
    ['a change of a like', { n: 1, before: like('ann', 'p1'), after: { ...like('ann', 'p1'), edgeId: 'other' } }],
  ])('writes nothing for %s', async (_, happened) => {
    expect(await handler(streamEvent(happened))).toEqual(NOTHING_FAILED);
    expect(transactions()).toEqual([]);
  });

  test('marks what cancels out, since it may come again one without the other', async () => {
    await handler(streamEvent({ n: 1, after: like('ann', 'p1') }, { n: 2, before: like('ann', 'p1') }));
    expect(markers()).toEqual([['EVENT#event-1#likeCount', 'EVENT#event-2#likeCount']]);
    expect(updates()).toEqual([undefined]);
  });

  test('leaves out what a marker says was counted, and counts the rest', async () => {
    dynamodb
      .on(TransactWriteCommand)
      .rejectsOnce(cancelled(MET, 'None', MET, 'None'))
      .resolves({});
    const event = streamEvent(
      { n: 1, after: like('ann', 'p1') },
      { n: 2, after: like('ben', 'p1') },
      { n: 3, after: like('cat', 'p1') },
    );
    expect(await handler(event)).toEqual(NOTHING_FAILED);
    expect(markers()[1]).toEqual(['EVENT#event-2#likeCount']);
    expect(updates()[1]?.ExpressionAttributeValues).toEqual({ ':likeCount': 1 });
  });

  test('is done when all was counted before', async () => {
    dynamodb.on(TransactWriteCommand).rejects(cancelled(MET, 'None'));
    expect(await handler(streamEvent({ n: 1, after: like('ann', 'p1') }))).toEqual(NOTHING_FAILED);
    expect(transactions()).toHaveLength(1);
  });

  test('takes a record that is twice in a batch once', async () => {
    const twice = record({ n: 1, after: like('ann', 'p1') });
    await handler({ Records: [twice, twice] });
    expect(markers()).toEqual([['EVENT#event-1#likeCount']]);
    expect(updates()[0]?.ExpressionAttributeValues).toEqual({ ':likeCount': 1 });
  });

  test('keeps a transaction at 100 actions', async () => {
    const likes = Array.from({ length: 100 }, (_, n) => ({ n, after: like(`user-${n}`, 'p1') }));
    await handler(streamEvent(...likes));
    expect(transactions().map((actions) => actions?.length)).toEqual([100, 2]);
    expect(updates().map((update) => update?.ExpressionAttributeValues)).toEqual([
      { ':likeCount': 99 },
      { ':likeCount': 1 },
    ]);
  });

  test('adds before it takes back when a batch does not fit in one transaction', async () => {
    const unlikes = Array.from({ length: 50 }, (_, n) => ({ n, before: like(`user-${n}`, 'p1') }));
    const likes = Array.from({ length: 50 }, (_, n) => ({ n: 50 + n, after: like(`user-${n}`, 'p1') }));
    await handler(streamEvent(...unlikes, ...likes));
    expect(updates().map((update) => update?.ExpressionAttributeValues?.[':likeCount'])).toEqual([1, -1]);
  });

  test('leaves out what would count on a user without a profile', async () => {
    dynamodb.on(TransactWriteCommand).rejects(cancelled('None', MET));
    expect(await handler(streamEvent({ n: 1, after: post('p1') }))).toEqual(NOTHING_FAILED);
    expect(JSON.parse(warn.mock.calls[0]?.[0] as string)).toMatchObject({
      level: 'WARN',
      skips: [{ sequenceNumber: '100', reason: 'the user has no profile' }],
    });
  });

  test('reports a decrease below zero, so that it is delivered again after the increase', async () => {
    dynamodb.on(TransactWriteCommand).rejects(cancelled('None', { found: { likeCount: { N: '0' } } }));
    const event = streamEvent({ n: 1, before: like('ann', 'p1') });
    expect(await handler(event)).toEqual({ batchItemFailures: [{ itemIdentifier: '100' }] });
    expect(JSON.parse(error.mock.calls[0]?.[0] as string)).toMatchObject({
      errors: ['CounterTooLow: a counter of p1/STATS would be negative'],
    });
  });

  test('tries again when the counter is being written by another', async () => {
    dynamodb
      .on(TransactWriteCommand)
      .rejectsOnce(cancelled('None', 'TransactionConflict'))
      .rejectsOnce(cancelled('ThrottlingError', 'None'))
      .resolves({});
    expect(await handler(streamEvent({ n: 1, after: like('ann', 'p1') }))).toEqual(NOTHING_FAILED);
    expect(transactions()).toHaveLength(3);
  });

  test.each([
    ['that is written all the time', () => cancelled('None', 'TransactionConflict'), 5],
    ['that is throttled', throttled, 1],
    ['whose table does not answer in time', timedOut, 1],
  ])('reports the first record of a counter %s and counts the others', async (_, failure, tries) => {
    dynamodb
      .on(TransactWriteCommand)
      .callsFake((input: { TransactItems: { Update?: { Key: { postId: string } } }[] }) => {
        if (input.TransactItems.at(-1)?.Update?.Key.postId === 'busy') throw failure();
        return {};
      });
    const event = streamEvent(
      { n: 1, after: like('ann', 'p1') },
      { n: 2, after: like('ann', 'busy') },
      { n: 3, after: like('ben', 'p1') },
      { n: 4, after: like('ben', 'busy') },
    );
    expect(await handler(event)).toEqual({ batchItemFailures: [{ itemIdentifier: '200' }] });
    const counted = updates().filter((update) => update?.Key?.postId === 'p1');
    expect(counted.map((update) => update?.ExpressionAttributeValues)).toEqual([{ ':likeCount': 2 }]);
    expect(updates().filter((update) => update?.Key?.postId === 'busy')).toHaveLength(tries);
  });

  test('leaves malformed records out, says so, and counts the others', async () => {
    const event = streamEvent(
      { n: 1, after: { ...like('ann', 'p1'), targetId: 7 } },
      { n: 2, after: like('ben', 'p1') },
    );
    expect(await handler({ Records: [{ eventID: 'event-0' }, ...event.Records] })).toEqual(NOTHING_FAILED);
    expect(markers()).toEqual([['EVENT#event-2#likeCount']]);
    expect(JSON.parse(warn.mock.calls[0]?.[0] as string)).toMatchObject({
      function: 'counters',
      records: 3,
      counts: { counted: 1 },
      skipped: 2,
      skips: [{ reason: 'the record has no SequenceNumber' }, { sequenceNumber: '100', reason: 'targetId is no text' }],
      failed: 0,
    });
  });
});
