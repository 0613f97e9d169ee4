import '../testing/environment.ts';
import { BatchGetCommand, DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { conditionFailed, throttled, timedOut } from '../testing/errors.ts';
import { deleted, post, stats, streamEvent } from '../testing/events.ts';
import { handler } from './handler.ts';

vi.mock('../shared/retry.ts', async (original) => ({ ...(await original<object>()), pauseAfter: async () => {} }));
const dynamodb = mockClient(DynamoDBDocumentClient);
for (const method of ['log', 'warn', 'error'] as const) vi.spyOn(console, method).mockReturnValue();
vi.useFakeTimers({ toFake: ['Date'], now: new Date('2025-01-31T12:00:00.000Z') });

beforeEach(() => {
  dynamodb.reset();
  dynamodb.on(GetCommand).resolves({});
  dynamodb.on(PutCommand).resolves({});
});

const NOTHING_FAILED = { batchItemFailures: [] };
const holds = (...items: Record<string, unknown>[]) =>
  dynamodb.on(BatchGetCommand).resolves({ Responses: { posts: items } });
const puts = () => dynamodb.commandCalls(PutCommand).map(({ args }) => args[0].input);
const lists = () => puts().map(({ Item }) => Item?.postIds as unknown);
const stored = (postIds: string[], scores: number[]) => ({
  Item: { operationId: 'TRENDING', postIds, scores, updatedAt: '2025-01-31T11:00:00.000Z', version: 7 },
});

describe('trending', () => {
  test('ranks a post by the logarithm of its points, a comment being two, and half days since 1970', async () => {
    holds(post('p1', { createdAt: '1970-01-11T00:00:00.000Z' }), stats('p1', 4, 2));
    expect(await handler(streamEvent({ n: 1, after: stats('p1', 1, 0) }))).toEqual(NOTHING_FAILED);
    expect(dynamodb.commandCalls(BatchGetCommand)[0]?.args[0].input).toEqual({
      RequestItems: {
        posts: {
          Keys: [
            { postId: 'p1', item: 'POST' },
            { postId: 'p1', item: 'STATS' },
          ],
          ConsistentRead: true,
        },
      },
    });
    expect(puts()).toEqual([
      {
        TableName: 'ops',
        Item: {
          operationId: 'TRENDING',
          postIds: ['p1'],
          scores: [23],
          updatedAt: '2025-01-31T12:00:00.000Z',
          version: 1,
        },
        ConditionExpression: 'attribute_not_exists(#version)',
        ExpressionAttributeNames: { '#version': 'version' },
      },
    ]);
  });

  test('puts the same points higher when the post is newer, and twice the points as high as half a day', async () => {
    const at = (hour: string) => ({ createdAt: `2025-01-31T${hour}:00:00.000Z` });
    holds(
      post('old', at('00')),
      stats('old', 9, 0),
      post('new', at('12')),
      stats('new', 9, 0),
      post('twice', at('00')),
      stats('twice', 18, 0),
    );
    const event = streamEvent(...['old', 'new', 'twice'].map((id, n) => ({ n, after: stats(id, 1, 0) })));
    await handler(event);
    // Level scores: by id, the greater one first, which is the newer one among ULIDs.
    expect(lists()).toEqual([['twice', 'new', 'old']]);
    const scores = puts()[0]?.Item?.scores as number[];
    expect(scores[0]).toBe(scores[1]);
    expect((scores[1] ?? 0) - (scores[2] ?? 0)).toBeCloseTo(1, 5);
  });

  test('goes by what the tables hold, so that old records and repetitions change nothing', async () => {
    holds(post('p1', { createdAt: '1970-01-11T00:00:00.000Z' }), stats('p1', 8, 0));
    dynamodb.on(GetCommand).resolves(stored(['p1'], [23]));
    expect(await handler(streamEvent({ n: 1, after: stats('p1', 1, 0) }))).toEqual(NOTHING_FAILED);
    expect(puts()).toEqual([]);
  });

  test.each([
    ['is for followers', [post('p1', { visibility: 'FOLLOWERS' }), stats('p1', 5, 5)]],
    ['was deleted', [deleted(post('p1')), stats('p1', 5, 5)]],
    ['is gone', [stats('p1', 5, 5)]],
    ['has no points any more', [post('p1'), stats('p1', 0, 0)]],
    ['cannot be read', [post('p1', { visibility: 'SECRET' }), stats('p1', 5, 5)]],
  ])('drops a post that %s', async (_, items) => {
    holds(...items);
    dynamodb.on(GetCommand).resolves(stored(['p2', 'p1'], [30, 20]));
    await handler(streamEvent({ n: 1, before: stats('p1', 4, 5), after: stats('p1', 5, 5) }));
    expect(puts()[0]).toMatchObject({
      Item: { postIds: ['p2'], scores: [30], version: 8 },
      ConditionExpression: '#version = :version',
      ExpressionAttributeValues: { ':version': 7 },
    });
  });

  test('looks at a post again when it is deleted', async () => {
    holds(deleted(post('p1')), stats('p1', 5, 5));
    dynamodb.on(GetCommand).resolves(stored(['p1'], [30]));
    await handler(streamEvent({ n: 1, before: post('p1'), after: deleted(post('p1')) }));
    expect(lists()).toEqual([[]]);
  });

  test('holds the best hundred, and writes nothing for one that does not reach them', async () => {
    const ids = Array.from({ length: 100 }, (_, index) => `best-${index}`);
    dynamodb.on(GetCommand).resolves(
      stored(
        ids,
        ids.map((_, index) => 99_999 - index),
      ),
    );
    holds(post('p1'), stats('p1', 1, 0));
    await handler(streamEvent({ n: 1, after: stats('p1', 1, 0) }));
    expect(puts()).toEqual([]);
  });

  test('starts over when another wrote the list in between', async () => {
    holds(post('p1', { createdAt: '1970-01-11T00:00:00.000Z' }), stats('p1', 8, 0));
    dynamodb
      .on(GetCommand)
      .resolvesOnce(stored(['p2'], [99]))
      .resolves(stored(['p3'], [98]));
    dynamodb.on(PutCommand).rejectsOnce(conditionFailed()).resolves({});
    expect(await handler(streamEvent({ n: 1, after: stats('p1', 8, 0) }))).toEqual(NOTHING_FAILED);
    expect(lists()).toEqual([
      ['p2', 'p1'],
      ['p3', 'p1'],
    ]);
    expect(dynamodb.commandCalls(BatchGetCommand)).toHaveLength(2);
  });

  test('reads what DynamoDB left unread', async () => {
    const Keys = [{ postId: 'p1', item: 'STATS' }];
    dynamodb
      .on(BatchGetCommand)
      .resolvesOnce({ Responses: { posts: [post('p1')] }, UnprocessedKeys: { posts: { Keys } } })
      .resolves({ Responses: { posts: [stats('p1', 1, 0)] } });
    await handler(streamEvent({ n: 1, after: stats('p1', 1, 0) }));
    expect(lists()).toEqual([['p1']]);
    expect(dynamodb.commandCalls(BatchGetCommand)[1]?.args[0].input.RequestItems?.posts?.Keys).toEqual(Keys);
  });

  test.each([
    ['the list keeps changing', () => dynamodb.on(PutCommand).rejects(conditionFailed())],
    ['the list is throttled', () => dynamodb.on(GetCommand).rejects(throttled())],
    ['writing takes too long', () => dynamodb.on(PutCommand).rejects(timedOut())],
    [
      'the posts stay unread',
      () => dynamodb.on(BatchGetCommand).resolves({ UnprocessedKeys: { posts: { Keys: [{ postId: 'p1' }] } } }),
    ],
  ])('reports the whole batch when %s', async (_, fail) => {
    holds(post('p1'), stats('p1', 1, 0));
    fail();
    const event = streamEvent({ n: 1, after: stats('p1', 1, 0) }, { n: 2, after: stats('p1', 2, 0) });
    expect(await handler(event)).toEqual({ batchItemFailures: [{ itemIdentifier: '100' }] });
  });

  test('leaves a malformed record out', async () => {
    const event = streamEvent({ n: 1, after: { postId: 'p1', item: 'STATS', likeCount: 'many' } });
    expect(await handler(event)).toEqual(NOTHING_FAILED);
    expect(dynamodb.calls()).toHaveLength(0);
  });
});
