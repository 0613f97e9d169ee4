import '../testing/environment.ts';
import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { BatchGetCommand, DeleteCommand, DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { conditionFailed, throttled } from '../testing/errors.ts';
import { queueEvent } from '../testing/messages.ts';
import { handler } from './handler.ts';

const dynamodb = mockClient(DynamoDBDocumentClient);
const sqs = mockClient(SQSClient);
for (const level of ['log', 'warn', 'error'] as const) vi.spyOn(console, level).mockReturnValue();

const DONE = { batchItemFailures: [] };
/** A Friday in Japan. */
const AT = '2025-01-30T22:00:00Z';

type Item = Readonly<Record<string, unknown>>;
const stored = { users: [] as Item[], posts: [] as Item[], edges: [] as Item[], notifications: [] as Item[] };
let listed: readonly string[] = [];
let isMore = false;

beforeEach(() => {
  dynamodb.reset();
  sqs.reset();
  sqs.on(SendMessageBatchCommand).resolves({ Failed: [] });
  Object.assign(stored, {
    users: [person('ann', { digest: 'DAILY' }), person('ben'), person('cem')],
    posts: [{ postId: 'p1', item: 'POST', body: 'A <day> at the sea' }],
    edges: [],
    notifications: [notification()],
  });
  [listed, isMore] = [['ann'], false];
  dynamodb.on(QueryCommand, { TableName: 'ops' }).callsFake(() => ({
    Items: listed.map((userId) => ({ operationId: `DIGEST_MAIL#${userId}`, createdAt: userId })),
    ...(isMore ? { LastEvaluatedKey: { operationId: 'x' } } : {}),
  }));
  dynamodb
    .on(QueryCommand, { TableName: 'notifications' })
    .callsFake(({ ExpressionAttributeValues }: { ExpressionAttributeValues: Item }) => ({
      Items: stored.notifications.filter(({ userId }) => userId === ExpressionAttributeValues[':userId']),
    }));
  dynamodb.on(BatchGetCommand).callsFake(({ RequestItems }: { RequestItems: Record<string, { Keys: Item[] }> }) => ({
    Responses: Object.fromEntries(
      Object.entries(RequestItems).map(([table, { Keys }]) => [
        table,
        stored[table as keyof typeof stored].filter((item) =>
          Keys.some((key) => Object.entries(key).every(([name, value]) => item[name] === value)),
        ),
      ]),
    ),
  }));
  dynamodb.on(DeleteCommand).resolves({});
});

function person(userId: string, more: Item = {}): Item {
  return { userId, handle: userId, displayName: userId.toUpperCase(), status: 'ACTIVE', ...more };
}

function notification(more: Item = {}): Item {
  return {
    userId: 'ann',
    notificationId: '2025-01-30#LIKE#p1',
    kind: 'LIKE',
    subjectId: 'p1',
    actorIds: ['ben'],
    actorCount: 1,
    updatedAt: '2025-01-30T10:00:00.000Z',
    ...more,
  };
}

const page = (more: Item = {}) =>
  queueEvent({ id: 'm1', body: { kind: 'page', at: AT, frequency: 'DAILY', shard: 0, ...more } });
const sentTo = (queue: 'mail' | 'digests') =>
  sqs
    .commandCalls(SendMessageBatchCommand)
    .map(({ args }) => args[0].input)
    .filter(({ QueueUrl }) => QueueUrl?.endsWith(`-${queue}`))
    .flatMap(({ Entries = [] }) => Entries.map(({ MessageBody }) => JSON.parse(MessageBody ?? '') as Item));
const texts = () =>
  sentTo('mail').flatMap(({ mails }) =>
    (mails as { data: { lines: { text: string }[] } }[]).flatMap(({ data }) => data.lines.map(({ text }) => text)),
  );

describe('a morning', () => {
  test('begins the pages of the daily digests', async () => {
    expect(await handler(queueEvent({ id: 'm1', body: { kind: 'morning', at: AT } }))).toEqual(DONE);
    expect(sentTo('digests')).toEqual(
      [0, 1, 2, 3].map((shard) => ({ kind: 'page', at: AT, frequency: 'DAILY', shard })),
    );
  });

  test('of a Monday in Japan, which is a Sunday in UTC, begins those of the weekly ones, too', async () => {
    await handler(queueEvent({ id: 'm1', body: { kind: 'morning', at: '2025-02-02T22:00:00Z' } }));
    expect(sentTo('digests').map(({ frequency }) => frequency)).toEqual([
      ...['DAILY', 'DAILY', 'DAILY', 'DAILY'],
      ...['WEEKLY', 'WEEKLY', 'WEEKLY', 'WEEKLY'],
    ]);
  });

  test.each([
    { kind: 'morning', at: 'soon' },
    { kind: 'page', at: AT, frequency: 'DAILY', shard: 4 },
    { kind: 'page', at: AT, frequency: 'HOURLY', shard: 0 },
  ])('that is none is given up: %j', async (body) => {
    expect(await handler(queueEvent({ id: 'm1', body }))).toEqual(DONE);
    expect(sentTo('digests')).toEqual([]);
  });
});

describe('a page of digests', () => {
  test('is a message of mails of the day in Japan, in the languages of the members', async () => {
    listed = ['ann', 'yui'];
    stored.users.push(person('yui', { digest: 'DAILY', language: 'JA' }));
    stored.notifications.push(notification({ userId: 'yui', actorIds: ['cem', 'ben'], actorCount: 13 }));
    expect(await handler(page())).toEqual(DONE);
    expect(sentTo('mail')).toEqual([
      {
        kind: 'digest',
        occasion: 'digest-2025-01-31',
        mails: [
          {
            userId: 'ann',
            language: 'EN',
            data: {
              lines: [
                {
                  text: 'BEN liked your post “A <day> at the sea”',
                  html: 'BEN liked your post “A &lt;day&gt; at the sea”',
                },
              ],
              more: false,
            },
          },
          {
            userId: 'yui',
            language: 'JA',
            data: {
              lines: [
                {
                  text: 'CEMさん、ほか12人があなたの投稿「A <day> at the sea」に「いいね」しました',
                  html: 'CEMさん、ほか12人があなたの投稿「A &lt;day&gt; at the sea」に「いいね」しました',
                },
              ],
              more: false,
            },
          },
        ],
      },
    ]);
  });

  test('begins the next one after its last member, when there is one', async () => {
    isMore = true;
    await handler(page({ after: 'aaa' }));
    expect(dynamodb.commandCalls(QueryCommand, { TableName: 'ops' })[0]?.args[0].input).toMatchObject({
      IndexName: 'byStatus',
      ExpressionAttributeValues: { ':status': 'DAILY_MAIL#0', ':after': 'aaa' },
      Limit: 50,
    });
    expect(sentTo('digests')).toEqual([{ kind: 'page', at: AT, frequency: 'DAILY', shard: 0, after: 'ann' }]);
  });

  test('comes again whole when a table does not answer', async () => {
    isMore = true;
    dynamodb.on(QueryCommand, { TableName: 'notifications' }).rejects(throttled());
    expect(await handler(page())).toEqual({ batchItemFailures: [{ itemIdentifier: 'm1' }] });
    expect([...sentTo('mail'), ...sentTo('digests')]).toEqual([]);
  });

  test.each([
    ['wants none by now', person('ann', { digest: 'NEVER' })],
    ['wants another one', person('ann', { digest: 'WEEKLY' })],
    ['has no profile any more', person('other')],
  ])('takes off the list who %s, and mails nothing', async (_, profile) => {
    stored.users = [profile];
    dynamodb.on(DeleteCommand).rejects(conditionFailed());
    expect(await handler(page())).toEqual(DONE);
    expect(dynamodb.commandCalls(DeleteCommand)[0]?.args[0].input).toMatchObject({
      Key: { operationId: 'DIGEST_MAIL#ann' },
      ConditionExpression: '#status = :status',
      ExpressionAttributeValues: { ':status': 'DAILY_MAIL#0' },
    });
    expect(sentTo('mail')).toEqual([]);
  });

  test('leaves out who is suspended, but on the list', async () => {
    stored.users = [person('ann', { digest: 'DAILY', status: 'SUSPENDED' })];
    await handler(page());
    expect(dynamodb.commandCalls(DeleteCommand)).toEqual([]);
    expect(sentTo('mail')).toEqual([]);
  });
});

describe('a digest', () => {
  test.each([
    ['was read', person('ann', { digest: 'DAILY', readUpTo: '2025-01-30T10:00:00.000Z' }), {}],
    ['was in the digest before', person('ann', { digest: 'DAILY' }), { updatedAt: '2025-01-29T22:00:00.000Z' }],
    ['happened since', person('ann', { digest: 'DAILY' }), { updatedAt: '2025-01-30T22:00:00.001Z' }],
    ['was mailed as an announcement', person('ann', { digest: 'DAILY' }), { kind: 'SYSTEM' }],
  ])('does not tell of what %s', async (_, reader, more) => {
    stored.users[0] = reader;
    stored.notifications = [notification(more)];
    await handler(page());
    expect(sentTo('mail')).toEqual([]);
  });

  test('of a week tells of a week', async () => {
    stored.users[0] = person('ann', { digest: 'WEEKLY' });
    stored.notifications = [notification({ updatedAt: '2025-01-23T22:00:00.001Z' })];
    await handler(page({ frequency: 'WEEKLY' }));
    expect(texts()).toHaveLength(1);
  });

  test('tells the newest ten, newest first, and that there are more', async () => {
    stored.notifications = Array.from({ length: 12 }, (_, at) =>
      notification({ subjectId: `p${at}`, updatedAt: `2025-01-30T10:${10 + at}:00.000Z` }),
    );
    stored.posts = stored.notifications.map(({ subjectId }, at) => ({
      postId: subjectId,
      item: 'POST',
      body: `${at}`,
    }));
    await handler(page());
    expect(texts()).toEqual([11, 10, 9, 8, 7, 6, 5, 4, 3, 2].map((at) => `BEN liked your post “${at}”`));
    expect(sentTo('mail')).toMatchObject([{ mails: [{ data: { more: true } }] }]);
  });

  test('tells of comments and follows, and shortens what is long', async () => {
    stored.posts = [{ postId: 'p1', item: 'POST', body: `One\n\ttwo ${'👩‍👩‍👧'.repeat(40)}` }];
    stored.notifications = [
      notification({ kind: 'COMMENT', actorCount: 2 }),
      notification({ kind: 'FOLLOW', subjectId: 'ann', updatedAt: '2025-01-30T09:00:00.000Z' }),
    ];
    await handler(page());
    expect(texts()).toEqual([
      `BEN and 1 other commented on your post “One two ${'👩‍👩‍👧'.repeat(32)}…”`,
      'BEN started following you',
    ]);
  });

  test.each([
    ['has blocked the reader', { userId: 'ben', edge: 'BLOCK#ann' }],
    ['is muted', { userId: 'ann', edge: 'MUTE#ben' }],
  ])('does not name who %s', async (_, edge) => {
    stored.edges = [edge];
    stored.notifications = [
      notification({ actorIds: ['ben', 'cem'], actorCount: 2 }),
      notification({ kind: 'FOLLOW', subjectId: 'ann' }),
    ];
    await handler(page());
    expect(texts()).toEqual(['CEM and 1 other liked your post “A <day> at the sea”']);
  });

  test('does not name who has left, nor tell of a post that is gone', async () => {
    stored.users[1] = { userId: 'ben', status: 'DELETED' };
    await handler(page());
    stored.users[1] = person('ben');
    stored.posts = [{ postId: 'p1', item: 'POST', deletedAt: '2025-01-30T11:00:00.000Z' }];
    await handler(page());
    expect(sentTo('mail')).toEqual([]);
  });
});
