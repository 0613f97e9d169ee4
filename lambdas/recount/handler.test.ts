import '../testing/environment.ts';
import { DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import {
  BatchGetCommand,
  DynamoDBDocumentClient,
  GetCommand,
  QueryCommand,
  ScanCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { conditionFailed, throttled } from '../testing/errors.ts';
import { queueEvent } from '../testing/messages.ts';
import { handler } from './handler.ts';

vi.mock('../shared/retry.ts', async (original) => ({ ...(await original<object>()), pauseAfter: async () => {} }));
const dynamodb = mockClient(DynamoDBDocumentClient);
const sqs = mockClient(SQSClient);
const log = vi.spyOn(console, 'log').mockReturnValue();
const error = vi.spyOn(console, 'error').mockReturnValue();

beforeEach(() => {
  dynamodb.reset();
  sqs.reset();
  log.mockClear();
  error.mockClear();
  sqs.on(SendMessageBatchCommand).resolves({});
  dynamodb.on(GetCommand).resolves({});
  dynamodb.on(QueryCommand).resolves({ Count: 0, Items: [] });
  dynamodb.on(UpdateCommand).resolves({});
});

const sent = () =>
  sqs
    .commandCalls(SendMessageBatchCommand)
    .flatMap(({ args }) =>
      (args[0].input.Entries ?? []).map(
        ({ MessageBody, DelaySeconds }) => [JSON.parse(MessageBody ?? '') as object, DelaySeconds] as const,
      ),
    );
const counts = () => (JSON.parse(String(log.mock.lastCall?.[0])) as { counts: object }).counts;
const updates = () => dynamodb.commandCalls(UpdateCommand).map(({ args }) => args[0].input);
const work = (body: object) => handler(queueEvent({ id: 'm1', body }));
const done = { batchItemFailures: [] };
const again = { batchItemFailures: [{ itemIdentifier: 'm1' }] };

const likes = { kind: 'count', counter: 'likeCount', id: 'p1', counted: 0, differences: [] as number[] };
function likesAre(actual: number, counter: number | undefined): void {
  dynamodb.on(QueryCommand, { TableName: 'edges' }).resolves({ Count: actual });
  dynamodb
    .on(GetCommand, { TableName: 'posts' })
    .resolves(counter === undefined ? {} : { Item: { likeCount: counter } });
}

describe('a counter', () => {
  test('that is right is left', async () => {
    likesAre(7, 7);
    expect(await work(likes)).toEqual(done);
    expect([updates(), sent(), counts()]).toEqual([[], [], { right: 1 }]);
  });

  test('that nobody has counted on is zero', async () => {
    likesAre(0, undefined);
    await work(likes);
    expect(counts()).toEqual({ right: 1 });
  });

  test.each([
    ['once', [], [2]],
    ['twice', [2], [2, 2]],
    ['for the third time, but not in a row', [2, 1], [2, 1, 2]],
  ])('that is wrong %s is looked at again a quarter of an hour later', async (_, differences, next) => {
    likesAre(7, 5);
    await work({ ...likes, differences });
    expect(sent()).toEqual([[{ ...likes, differences: next }, 900]]);
    expect(updates()).toEqual([]);
  });

  test('that is wrong by the same in three rounds is repaired by the difference, and somebody is told', async () => {
    likesAre(7, 5);
    await work({ ...likes, differences: [1, 2, 2] });

    expect(updates()).toEqual([
      {
        TableName: 'posts',
        Key: { postId: 'p1', item: 'STATS' },
        UpdateExpression: 'ADD likeCount :by',
        ConditionExpression: 'likeCount = :seen',
        ExpressionAttributeValues: { ':by': 2, ':seen': 5 },
      },
    ]);
    expect(sent()).toEqual([]);
    expect(JSON.parse(String(error.mock.lastCall?.[0]))).toMatchObject({
      level: 'ERROR',
      function: 'recount',
      errorType: 'WrongCounter',
      errorMessage: 'likeCount of p1 was 5 and is 7',
    });
  });

  test('that has never been counted on is repaired', async () => {
    likesAre(1, undefined);
    await work({ ...likes, differences: [1, 1] });
    expect(updates()).toMatchObject([{ ConditionExpression: 'attribute_not_exists(likeCount)' }]);
  });

  test('of a user is repaired where there is a profile', async () => {
    dynamodb.on(QueryCommand, { TableName: 'edges' }).resolves({ Count: 3 });
    dynamodb.on(GetCommand, { TableName: 'users' }).resolves({ Item: { followerCount: 4 } });
    await work({ kind: 'count', counter: 'followerCount', id: 'ann', counted: 0, differences: [-1, -1] });
    expect(updates()).toMatchObject([
      {
        Key: { userId: 'ann' },
        ConditionExpression: 'attribute_exists(userId) AND followerCount = :seen',
        ExpressionAttributeValues: { ':by': -1, ':seen': 4 },
      },
    ]);
  });

  test('that changed since it was read is looked at again', async () => {
    likesAre(7, 5);
    dynamodb.on(UpdateCommand).rejects(conditionFailed());
    await work({ ...likes, differences: [2, 2] });
    expect(sent()).toEqual([[{ ...likes, differences: [2, 2, 2] }, 900]]);
    expect(error).not.toHaveBeenCalled();
  });

  test('that is different each time is left to another night', async () => {
    likesAre(7, 5);
    await work({ ...likes, differences: [5, 4, 6, 3, 1] });
    expect([updates(), sent(), counts()]).toEqual([[], [], { unsettled: 1 }]);
  });

  test('is counted over as many steps as it takes', async () => {
    const key = { subject: 'LIKE#p1#0', edgeId: 'e9', userId: 'ann', edge: 'LIKE#p1' };
    dynamodb.on(QueryCommand).resolves({ Count: 6_000, LastEvaluatedKey: key });
    await work({ ...likes, differences: [2] });
    const next = { ...likes, counted: 60_000, position: { list: 0, key }, differences: [2] };
    expect(sent()).toEqual([[next, undefined]]);

    likesAre(1, 60_001);
    await work(next);
    expect(dynamodb.commandCalls(QueryCommand).at(-1)?.args[0].input).toMatchObject({ ExclusiveStartKey: key });
    expect(counts()).toEqual({ right: 1 });
  });

  test.each([
    ['counting', () => dynamodb.on(QueryCommand).rejects(throttled())],
    ['reading', () => dynamodb.on(GetCommand).rejects(throttled())],
    ['repairing', () => dynamodb.on(UpdateCommand).rejects(throttled())],
  ])('is asked about again when %s it fails', async (_, fail) => {
    likesAre(7, 5);
    fail();
    expect(await work({ ...likes, differences: [2, 2] })).toEqual(again);
  });
});

describe('what is counted', () => {
  test('are comments and posts that are live', async () => {
    dynamodb
      .on(QueryCommand, { TableName: 'posts' })
      .resolves({ Items: [{ postId: 'p1' }, { postId: 'p2' }, { postId: 'p3' }] });
    dynamodb.on(BatchGetCommand).resolves({
      Responses: {
        posts: [{ postId: 'p1' }, { postId: 'p2', deletedAt: 'now' }, { postId: 'p3', removedAt: 'now' }],
      },
    });
    dynamodb.on(GetCommand, { TableName: 'users' }).resolves({ Item: { postCount: 1 } });
    await work({ kind: 'count', counter: 'postCount', id: 'ann', counted: 0, differences: [] });
    expect(counts()).toEqual({ right: 1 });

    await work({ ...likes, counter: 'commentCount' });
    expect(dynamodb.commandCalls(QueryCommand, { TableName: 'comments' })[0]?.args[0].input).toMatchObject({
      FilterExpression: 'attribute_not_exists(deletedAt) AND attribute_not_exists(removedAt)',
      ExpressionAttributeValues: { ':bucket': 'p1#0' },
      ConsistentRead: true,
    });
  });
});

describe('a night', () => {
  test.each([
    [2_000, '2025-01-31T03:15:00Z', { segment: 0, segments: 1 }],
    [250_000, '2025-01-31T03:15:00Z', { segment: 1, segments: 3 }],
    [250_000, '2025-02-01T03:15:00Z', { segment: 2, segments: 3 }],
    [250_000, '2025-02-02T03:15:00Z', { segment: 0, segments: 3 }],
  ])('of %i members takes the next share of them', async (ItemCount, due, share) => {
    dynamodb.on(DescribeTableCommand).resolves({ Table: { ItemCount } });
    await work({ kind: 'night', due });
    expect(sent()).toEqual([[{ kind: 'members', ...share }, undefined]]);
  });

  test('goes through the members of its share, a page at a time', async () => {
    dynamodb
      .on(ScanCommand)
      .resolves({ Items: [{ userId: 'ann' }, { userId: 'ben' }], LastEvaluatedKey: { userId: 'cem' } });
    await work({ kind: 'members', segment: 1, segments: 3, after: 'abe' });

    expect(dynamodb.commandCalls(ScanCommand)[0]?.args[0].input).toMatchObject({
      Segment: 1,
      TotalSegments: 3,
      ExclusiveStartKey: { userId: 'abe' },
    });
    expect(sent().map(([body]) => body)).toEqual([
      { kind: 'member', userId: 'ann' },
      { kind: 'member', userId: 'ben' },
      { kind: 'members', segment: 1, segments: 3, after: 'cem' },
    ]);
  });

  test('compares three counters of each member, and two of each post', async () => {
    await work({ kind: 'member', userId: 'ann' });
    expect(counts()).toEqual({ right: 3 });
    expect(sent()).toEqual([[{ kind: 'posts', userId: 'ann' }, undefined]]);

    dynamodb.on(QueryCommand, { IndexName: 'byAuthor' }).resolves({
      Items: [{ postId: 'p1' }, { postId: 'p2' }],
      LastEvaluatedKey: { authorId: 'ann', postId: 'p2', item: 'POST' },
    });
    await work({ kind: 'posts', userId: 'ann', after: 'p0' });

    expect(counts()).toEqual({ right: 4 });
    expect(sent().at(-1)?.[0]).toEqual({ kind: 'posts', userId: 'ann', after: 'p2' });
  });
});

test.each([
  [{ kind: 'night', due: 'tonight' }, 'due is no time'],
  [{ kind: 'members', segment: '0', segments: 1 }, 'segment is no whole number'],
  [{ ...likes, differences: [0.5] }, 'differences is no list of whole numbers'],
  [
    { ...likes, counter: 'shareCount' },
    'counter is none of followerCount, followingCount, postCount, likeCount, commentCount',
  ],
])('%o is given up at once', async (body, reason) => {
  expect(await work(body)).toEqual(done);
  const [call] = sqs.commandCalls(SendMessageBatchCommand);
  expect(call?.args[0].input.Entries?.[0]?.MessageAttributes?.['reason']?.StringValue).toBe(
    `MalformedMessage: ${reason}`,
  );
});
