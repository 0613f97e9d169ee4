import '../testing/environment.ts';
import { BatchGetCommand, DynamoDBDocumentClient, GetCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { accepts, appsync, id, published } from '../testing/appsync.ts';
import { cancelled, MET } from '../testing/errors.ts';
import { AT, block, comment, deleted, follow, like, stats, streamEvent } from '../testing/events.ts';
import { handler } from './handler.ts';

vi.mock('../shared/retry.ts', async (original) => ({ ...(await original<object>()), pauseAfter: async () => {} }));
const dynamodb = mockClient(DynamoDBDocumentClient);
for (const method of ['log', 'warn', 'error'] as const) vi.spyOn(console, method).mockReturnValue();
const NOTHING_FAILED = { batchItemFailures: [] };
const LIKES = '2025-01-31#LIKE#p1';

const transactions = () => dynamodb.commandCalls(TransactWriteCommand).map(({ args }) => args[0].input.TransactItems);
const notifications = () =>
  transactions().map((actions) => actions?.flatMap(({ Put }) => (Put?.TableName === 'notifications' ? Put : []))[0]);
const raises = () => transactions().map((actions) => actions?.flatMap(({ Update }) => Update ?? [])[0]);
const markers = () =>
  transactions().map((actions) =>
    actions?.flatMap(({ Put }) => (Put?.TableName === 'ops' ? (Put.Item?.operationId as string) : [])),
  );

const user = (attributes: object = {}) => ({ Item: { userId: 'author', status: 'ACTIVE', ...attributes } });
const hasUser = (attributes: object) =>
  dynamodb.on(GetCommand, { TableName: 'users', Key: { userId: 'author' } }).resolves(user(attributes));
const stored = (attributes: object = {}) => ({
  Item: {
    userId: 'author',
    notificationId: LIKES,
    kind: 'LIKE',
    subjectId: 'p1',
    actorIds: ['zoe'],
    actorCount: 1,
    createdAt: '2025-01-31T08:00:00.000Z',
    updatedAt: '2025-01-31T09:00:00.000Z',
    expiresAt: 1_743_498_000,
    ...attributes,
  },
});
const hasNotification = (attributes: object = {}) =>
  dynamodb.on(GetCommand, { TableName: 'notifications' }).resolves(stored(attributes));

beforeEach(() => {
  dynamodb.reset();
  dynamodb.on(GetCommand).resolves({});
  hasUser({});
  dynamodb.on(BatchGetCommand).resolves({ Responses: { edges: [] } });
  dynamodb.on(TransactWriteCommand).resolves({});
  appsync.mockReset();
  appsync.mockImplementation(accepts);
});

describe('a like', () => {
  test('becomes a notification, an unread one, in one write, and then an event', async () => {
    expect(await handler(streamEvent({ n: 1, after: like('ann', 'p1') }))).toEqual(NOTHING_FAILED);
    expect(transactions()).toEqual([
      [
        {
          Put: {
            TableName: 'ops',
            Item: { operationId: 'ACTOR#author#2025-01-31#LIKE#p1#ann', expiresAt: AT + 259_200 },
            ConditionExpression: 'attribute_not_exists(operationId)',
          },
        },
        {
          Put: {
            TableName: 'notifications',
            Item: {
              userId: 'author',
              notificationId: LIKES,
              kind: 'LIKE',
              subjectId: 'p1',
              actorIds: ['ann'],
              actorCount: 1,
              createdAt: '2025-01-31T10:00:00.250Z',
              updatedAt: '2025-01-31T10:00:00.250Z',
              expiresAt: AT + 5_184_000,
            },
            ConditionExpression: 'attribute_not_exists(userId)',
          },
        },
        {
          Update: {
            TableName: 'users',
            Key: { userId: 'author' },
            UpdateExpression: 'ADD unreadCount :one',
            ConditionExpression:
              'attribute_exists(userId) AND attribute_not_exists(readUpTo) AND ' +
              '(attribute_not_exists(unreadCount) OR unreadCount < :most)',
            ExpressionAttributeValues: { ':one': 1, ':most': 100 },
          },
        },
      ],
    ]);
    expect(published('publishNotification')).toEqual([
      {
        id: id('Notification', 'author', LIKES),
        kind: 'LIKE',
        recipientId: id('User', 'author'),
        postId: id('Post', 'p1'),
        actorIds: [id('User', 'ann')],
        actorCount: 1,
        createdAt: '2025-01-31T10:00:00.250Z',
        updatedAt: '2025-01-31T10:00:00.250Z',
      },
    ]);
  });

  test('joins those of the same day and post: newest first, unread still, published once for the batch', async () => {
    hasNotification();
    hasUser({ unreadCount: 1 });
    await handler(streamEvent({ n: 1, after: like('ann', 'p1') }, { n: 2, after: like('ben', 'p1') }));
    expect(notifications()[0]).toMatchObject({
      Item: {
        actorIds: ['ben', 'ann', 'zoe'],
        actorCount: 3,
        createdAt: '2025-01-31T08:00:00.000Z',
        updatedAt: '2025-01-31T10:00:00.250Z',
      },
      ConditionExpression: 'updatedAt = :stored AND actorCount = :actorCount',
      ExpressionAttributeValues: { ':stored': '2025-01-31T09:00:00.000Z', ':actorCount': 1 },
    });
    expect(raises()).toEqual([undefined]);
    expect(published('publishNotification')).toMatchObject([{ actorCount: 3 }]);
  });

  test('lists the ten newest people and counts all', async () => {
    hasNotification({ actorIds: ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j'], actorCount: 25 });
    await handler(streamEvent({ n: 1, after: like('ann', 'p1') }));
    expect(notifications()[0]?.Item).toMatchObject({
      actorIds: ['ann', 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'],
      actorCount: 26,
    });
  });

  test('belongs to the UTC day on which it was given', async () => {
    const late = { ...like('ann', 'p1'), createdAt: '2025-01-31T23:59:59.999Z' };
    await handler(streamEvent({ n: 1, after: late, at: Date.parse('2025-01-31T23:59:59Z') / 1_000 }));
    expect(notifications()[0]?.Item?.notificationId).toBe('2025-01-31#LIKE#p1');
  });

  test.each([
    ['one that is listed', { actorIds: ['ann'] }, []],
    ['one that has a marker', { actorIds: ['zoe'] }, [['ACTOR#author#2025-01-31#LIKE#p1#ann']]],
  ])('is told once, whatever comes twice: by %s', async (_, attributes, expected) => {
    hasNotification(attributes);
    dynamodb.on(TransactWriteCommand).rejects(cancelled(MET, 'None', 'None'));
    expect(await handler(streamEvent({ n: 1, after: like('ann', 'p1') }))).toEqual(NOTHING_FAILED);
    expect(markers()).toEqual(expected);
    expect(published()).toEqual([]);
  });

  test('tells the new people of a batch of which some were told before', async () => {
    hasNotification();
    dynamodb
      .on(TransactWriteCommand)
      .rejectsOnce(cancelled(MET, 'None', 'None', 'None'))
      .resolves({});
    await handler(streamEvent({ n: 1, after: like('ann', 'p1') }, { n: 2, after: like('ben', 'p1') }));
    expect(notifications()[1]?.Item).toMatchObject({ actorIds: ['ben', 'zoe'], actorCount: 2 });
    expect(markers()[1]).toEqual(['ACTOR#author#2025-01-31#LIKE#p1#ben']);
  });

  test.each([
    ['of oneself', like('author', 'p1'), {}],
    ['for one who wants none', like('ann', 'p1'), { notifyLikes: false }],
    ['for a deleted account', like('ann', 'p1'), { status: 'DELETED' }],
    ['that is a block', block('ann', 'author'), {}],
  ])('%s tells nobody', async (_, after, attributes) => {
    hasUser(attributes);
    expect(await handler(streamEvent({ n: 1, after }))).toEqual(NOTHING_FAILED);
    expect([...transactions(), ...published()]).toEqual([]);
  });

  test('taken back tells nobody', async () => {
    await handler(streamEvent({ n: 1, before: like('ann', 'p1') }));
    expect(dynamodb.calls()).toHaveLength(0);
  });

  test('for somebody without a profile tells nobody', async () => {
    expect(await handler(streamEvent({ n: 1, after: like('ann', 'p1', 'nobody') }))).toEqual(NOTHING_FAILED);
    expect(transactions()).toEqual([]);
  });

  test.each([
    ['whom the recipient blocked', { userId: 'author', edge: 'BLOCK#ann' }],
    ['whom the recipient muted', { userId: 'author', edge: 'MUTE#ann' }],
    ['who blocked the recipient', { userId: 'ann', edge: 'BLOCK#author' }],
  ])('leaves out a person %s', async (_, edge) => {
    dynamodb.on(BatchGetCommand).resolves({ Responses: { edges: [edge] } });
    await handler(streamEvent({ n: 1, after: like('ann', 'p1') }, { n: 2, after: like('ben', 'p1') }));
    expect(dynamodb.commandCalls(BatchGetCommand)[0]?.args[0].input.RequestItems?.edges?.Keys?.slice(0, 3)).toEqual([
      { userId: 'author', edge: 'BLOCK#ann' },
      { userId: 'author', edge: 'MUTE#ann' },
      { userId: 'ann', edge: 'BLOCK#author' },
    ]);
    expect(notifications()[0]?.Item).toMatchObject({ actorIds: ['ben'], actorCount: 1 });
  });
});

describe('the number of unread notifications', () => {
  test('rises when one that was read grows', async () => {
    hasNotification();
    hasUser({ unreadCount: 4, readUpTo: '2025-01-31T09:00:00.000Z' });
    await handler(streamEvent({ n: 1, after: like('ann', 'p1') }));
    expect(raises()[0]).toMatchObject({
      ConditionExpression:
        'attribute_exists(userId) AND readUpTo = :readUpTo AND ' +
        '(attribute_not_exists(unreadCount) OR unreadCount < :most)',
      ExpressionAttributeValues: { ':one': 1, ':most': 100, ':readUpTo': '2025-01-31T09:00:00.000Z' },
    });
  });

  test('stands at 100 for more', async () => {
    hasUser({ unreadCount: 100 });
    await handler(streamEvent({ n: 1, after: like('ann', 'p1') }));
    expect(notifications()).toHaveLength(1);
    expect(raises()).toEqual([undefined]);
  });

  test('counts an event whose record comes after a later one was read: it is put behind the watermark', async () => {
    hasUser({ readUpTo: '2025-01-31T10:05:00.000Z' });
    await handler(streamEvent({ n: 1, after: like('ann', 'p1') }));
    expect(notifications()[0]?.Item).toMatchObject({
      createdAt: '2025-01-31T10:00:00.250Z',
      updatedAt: '2025-01-31T10:05:00.001Z',
    });
    expect(raises()[0]).toBeDefined();
  });

  test('is reckoned anew when the watermark moves in between', async () => {
    dynamodb
      .on(GetCommand, { TableName: 'users', Key: { userId: 'author' } })
      .resolvesOnce(user())
      .resolves(user({ readUpTo: '2025-01-31T10:05:00.000Z' }));
    dynamodb
      .on(TransactWriteCommand)
      .rejectsOnce(cancelled('None', 'None', MET))
      .resolves({});
    expect(await handler(streamEvent({ n: 1, after: like('ann', 'p1') }))).toEqual(NOTHING_FAILED);
    expect(notifications().map((put) => put?.Item?.updatedAt as unknown)).toEqual([
      '2025-01-31T10:00:00.250Z',
      '2025-01-31T10:05:00.001Z',
    ]);
  });
});

describe('a follow', () => {
  test('becomes a notification about the recipient', async () => {
    await handler(streamEvent({ n: 1, after: follow('ann', 'author') }));
    expect(notifications()[0]?.Item).toMatchObject({
      userId: 'author',
      notificationId: '2025-01-31#FOLLOW#author',
      kind: 'FOLLOW',
      subjectId: 'author',
      actorIds: ['ann'],
    });
    expect(published('publishNotification')[0]).not.toHaveProperty('postId');
  });

  test('is apart from a like of the same batch', async () => {
    await handler(streamEvent({ n: 1, after: follow('ann', 'author') }, { n: 2, after: like('ann', 'p1') }));
    expect(notifications().map((put) => put?.Item?.notificationId as unknown)).toEqual([
      '2025-01-31#FOLLOW#author',
      '2025-01-31#LIKE#p1',
    ]);
  });

  test('tells nobody who wants none', async () => {
    hasUser({ notifyFollows: false });
    await handler(streamEvent({ n: 1, after: follow('ann', 'author') }));
    expect(transactions()).toEqual([]);
  });
});

describe('a comment', () => {
  const commented = { notificationId: '2025-01-31#COMMENT#p1', kind: 'COMMENT', actorIds: ['ann'], commentId: 'c5' };

  test('becomes a notification, and an event for those who read the post', async () => {
    await handler(streamEvent({ n: 1, after: comment('c1') }));
    expect(notifications()[0]?.Item).toMatchObject({ kind: 'COMMENT', subjectId: 'p1', commentId: 'c1' });
    expect(published('publishNotification')[0]).toMatchObject({ commentId: id('Comment', 'p1', 'c1') });
    expect(published('publishComment')).toEqual([
      {
        id: id('Comment', 'p1', 'c1'),
        body: 'nice',
        createdAt: '2025-01-31T10:00:00.250Z',
        authorId: id('User', 'ann'),
        postId: id('Post', 'p1'),
      },
    ]);
  });

  test('counts from its arrival, not from a clock of its author that is behind', async () => {
    await handler(streamEvent({ n: 1, after: comment('c1', { createdAt: '2025-01-31T09:56:00.000Z' }) }));
    expect(notifications()[0]?.Item?.updatedAt).toBe('2025-01-31T10:00:00.000Z');
  });

  test('of somebody who commented before is news, but not another person', async () => {
    hasNotification(commented);
    await handler(streamEvent({ n: 1, after: comment('c6') }));
    expect(notifications()[0]?.Item).toMatchObject({ actorIds: ['ann'], actorCount: 1, commentId: 'c6' });
    expect(markers()).toEqual([[]]);
  });

  test.each([['c5'], ['c4']])('that comes twice or late is no news: %s', async (commentId) => {
    hasNotification(commented);
    await handler(streamEvent({ n: 1, after: comment(commentId) }));
    expect(transactions()).toEqual([]);
    expect(published('publishNotification')).toEqual([]);
  });

  test('that comes late from somebody new leaves the newest comment in place', async () => {
    hasNotification(commented);
    await handler(streamEvent({ n: 1, after: comment('c4', { authorId: 'ben' }) }));
    expect(notifications()[0]?.Item).toMatchObject({ actorIds: ['ben', 'ann'], actorCount: 2, commentId: 'c5' });
  });

  test.each([
    ["on one's own post", { authorId: 'author' }, {}],
    ['for one who wants no notifications', {}, { notifyComments: false }],
  ])('%s is an event all the same', async (_, attributes, settings) => {
    hasUser(settings);
    await handler(streamEvent({ n: 1, after: comment('c1', attributes) }));
    expect(transactions()).toEqual([]);
    expect(published('publishComment')).toHaveLength(1);
  });

  test('that is deleted tells nobody', async () => {
    await handler(
      streamEvent(
        { n: 1, before: comment('c1'), after: deleted(comment('c1')) },
        { n: 2, before: deleted(comment('c1')) },
      ),
    );
    expect([...transactions(), ...published()]).toEqual([]);
  });
});

describe('counters of a post', () => {
  test('are published once for a batch, as they last were', async () => {
    const event = streamEvent(
      { n: 1, after: stats('p1', 1, 0) },
      { n: 2, before: stats('p1', 1, 0), after: stats('p1', 2, 0) },
      { n: 3, after: stats('p2', 5, 0) },
      { n: 4, before: stats('p1', 2, 0), after: stats('p1', 2, 1) },
    );
    expect(await handler(event)).toEqual(NOTHING_FAILED);
    expect(published('publishPostEngagement')).toEqual([
      { postId: id('Post', 'p1'), likes: 2, comments: 1 },
      { postId: id('Post', 'p2'), likes: 5, comments: 0 },
    ]);
    expect(transactions()).toEqual([]);
  });
});
