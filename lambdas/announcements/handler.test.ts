import '../testing/environment.ts';
import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient, GetCommand, ScanCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { accepts, appsync, id, published } from '../testing/appsync.ts';
import { cancelled, MET, throttled } from '../testing/errors.ts';
import { queueEvent } from '../testing/messages.ts';
import { handler } from './handler.ts';

vi.mock('../shared/retry.ts', async (original) => ({ ...(await original<object>()), pauseAfter: async () => {} }));
const dynamodb = mockClient(DynamoDBDocumentClient);
const sqs = mockClient(SQSClient);
for (const level of ['log', 'warn', 'error'] as const) vi.spyOn(console, level).mockReturnValue();

const DONE = { batchItemFailures: [] };
const AGAIN = { batchItemFailures: [{ itemIdentifier: 'm1' }] };
const ID = '01JJXF4C000000000000000000';
const ann = { userId: 'ann', handle: 'ann', status: 'ACTIVE', digest: 'DAILY' };
const yui = { userId: 'yui', handle: 'yui', status: 'ACTIVE', digest: 'WEEKLY', language: 'JA' };
const ben = { userId: 'ben', handle: 'ben', status: 'ACTIVE' };

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2025-01-31T12:00:00.000Z') });
  dynamodb.reset();
  sqs.reset();
  sqs.on(SendMessageBatchCommand).resolves({ Failed: [] });
  dynamodb.on(GetCommand, { TableName: 'ops' }).resolves({
    Item: {
      operationId: `ANNOUNCEMENT#${ID}`,
      bodyEnglish: 'A <new>\nthing',
      bodyJapanese: '新しいもの',
      createdAt: '2025-01-31T11:59:00.000Z',
    },
  });
  dynamodb.on(ScanCommand).resolves({ Items: [ann, yui, ben] });
  dynamodb.on(TransactWriteCommand).resolves({});
  appsync.mockReset();
  appsync.mockImplementation(accepts);
});
afterEach(() => void vi.useRealTimers());

const page = (more: object = {}) =>
  queueEvent({ id: 'm1', body: { kind: 'page', announcementId: ID, segment: 1, segments: 4, ...more }, trace: '1-a' });
const transactions = () => dynamodb.commandCalls(TransactWriteCommand).map(({ args }) => args[0].input.TransactItems);
const sentTo = (queue: string) =>
  sqs
    .commandCalls(SendMessageBatchCommand)
    .map(({ args }) => args[0].input)
    .filter(({ QueueUrl }) => QueueUrl?.endsWith(`-${queue}`))
    .flatMap(({ Entries = [] }) => Entries.map(({ MessageBody }) => JSON.parse(MessageBody ?? '') as object));

describe('the start of an announcement', () => {
  test('is four pages, one for each part of the table', async () => {
    expect(await handler(queueEvent({ id: 'm1', body: { kind: 'start', announcementId: ID } }))).toEqual(DONE);
    expect(sentTo('announcements')).toEqual(
      [0, 1, 2, 3].map((segment) => ({ kind: 'page', announcementId: ID, segment, segments: 4 })),
    );
  });
});

describe('a page of an announcement', () => {
  test('reads its members, and no deleted accounts or handles', async () => {
    await handler(page({ after: 'aaa' }));
    expect(dynamodb.commandCalls(ScanCommand)[0]?.args[0].input).toMatchObject({
      TableName: 'users',
      Segment: 1,
      TotalSegments: 4,
      Limit: 100,
      ExclusiveStartKey: { userId: 'aaa' },
      FilterExpression: 'attribute_not_exists(ownerId) AND #status <> :deleted',
    });
    expect(sentTo('announcements')).toEqual([]);
  });

  test('notifies each, and counts it as unread', async () => {
    expect(await handler(page())).toEqual(DONE);
    expect(transactions()).toHaveLength(3);
    expect(transactions()[1]).toEqual([
      {
        Put: {
          TableName: 'notifications',
          Item: {
            userId: 'yui',
            notificationId: `2025-01-31#SYSTEM#${ID}`,
            kind: 'SYSTEM',
            subjectId: ID,
            actorIds: [],
            actorCount: 0,
            body: '新しいもの',
            createdAt: '2025-01-31T11:59:00.000Z',
            updatedAt: '2025-01-31T12:00:00.000Z',
            expiresAt: 1_743_508_800,
          },
          ConditionExpression: 'attribute_not_exists(userId)',
        },
      },
      {
        Update: expect.objectContaining({
          TableName: 'users',
          Key: { userId: 'yui' },
          UpdateExpression: 'ADD unreadCount :one',
        }) as object,
      },
    ]);
  });

  test('tells whoever is connected', async () => {
    await handler(page());
    expect(published('publishNotification')).toContainEqual({
      id: id('Notification', 'ann', `2025-01-31#SYSTEM#${ID}`),
      kind: 'SYSTEM',
      recipientId: id('User', 'ann'),
      actorIds: [],
      actorCount: 0,
      body: 'A <new>\nthing',
      createdAt: '2025-01-31T11:59:00.000Z',
      updatedAt: '2025-01-31T12:00:00.000Z',
    });
  });

  test('is mailed to those who want digests, escaped, with line breaks', async () => {
    await handler(page());
    expect(sentTo('mail')).toEqual([
      {
        kind: 'announcement',
        occasion: `announcement-${ID}`,
        mails: [
          {
            userId: 'ann',
            language: 'EN',
            data: { text: 'A <new>\nthing', html: 'A &lt;new&gt;<br>\nthing' },
          },
          { userId: 'yui', language: 'JA', data: { text: '新しいもの', html: '新しいもの' } },
        ],
      },
    ]);
  });

  test('has the next one begin after its last key', async () => {
    dynamodb.on(ScanCommand).resolves({ Items: [ben], LastEvaluatedKey: { userId: 'HANDLE#ben' } });
    await handler(page());
    expect(sentTo('announcements')).toEqual([
      { kind: 'page', announcementId: ID, segment: 1, segments: 4, after: 'HANDLE#ben' },
    ]);
    expect(sentTo('mail')).toEqual([]);
  });

  test('does not tell again who was told, but sends the mails again, which have marks', async () => {
    dynamodb.on(TransactWriteCommand).rejects(cancelled(MET, 'None'));
    expect(await handler(page())).toEqual(DONE);
    expect(published()).toEqual([]);
    expect(sentTo('mail')).toHaveLength(1);
  });

  test('is unread for whoever has read up to later than now', async () => {
    dynamodb.on(ScanCommand).resolves({ Items: [{ ...ben, readUpTo: '2025-01-31T12:03:00.000Z' }] });
    await handler(page());
    expect(transactions()[0]?.[0]).toMatchObject({ Put: { Item: { updatedAt: '2025-01-31T12:03:00.001Z' } } });
  });

  test('looks again at a member who has read meanwhile', async () => {
    dynamodb.on(ScanCommand).resolves({ Items: [ben] });
    dynamodb.on(TransactWriteCommand).rejectsOnce(cancelled('None', MET)).resolves({});
    dynamodb
      .on(GetCommand, { TableName: 'users' })
      .resolves({ Item: { ...ben, readUpTo: '2025-01-31T12:01:00.000Z' } });
    expect(await handler(page())).toEqual(DONE);
    expect(transactions()[1]?.[0]).toMatchObject({ Put: { Item: { updatedAt: '2025-01-31T12:01:00.001Z' } } });
  });

  test('leaves out who has deleted the account meanwhile', async () => {
    dynamodb.on(ScanCommand).resolves({ Items: [ben] });
    dynamodb.on(TransactWriteCommand).rejects(cancelled('None', MET));
    dynamodb.on(GetCommand, { TableName: 'users' }).resolves({ Item: { userId: 'ben', status: 'DELETED' } });
    expect(await handler(page())).toEqual(DONE);
    expect(transactions()).toHaveLength(1);
  });

  test('comes again when somebody cannot be told, and others are told all the same', async () => {
    dynamodb.on(TransactWriteCommand).callsFake((input: object) => {
      if (JSON.stringify(input).includes('"yui"')) throw throttled();
      return {};
    });
    expect(await handler(page())).toEqual(AGAIN);
    expect(published()).toHaveLength(2);
    expect([...sentTo('mail'), ...sentTo('announcements')]).toEqual([]);
  });

  test('stays stored when AppSync does not take the event', async () => {
    appsync.mockRejectedValue(new TypeError('fetch failed'));
    expect(await handler(page())).toEqual(DONE);
    expect(transactions()).toHaveLength(3);
  });

  test('of an announcement that has expired is nothing', async () => {
    dynamodb.on(GetCommand, { TableName: 'ops' }).resolves({});
    expect(await handler(page())).toEqual(DONE);
    expect(dynamodb.commandCalls(ScanCommand)).toEqual([]);
  });

  test.each([{ segment: 4 }, { segment: -1 }, { segments: 'x' }])('that is none is given up: %j', async (more) => {
    expect(await handler(page(more))).toEqual(DONE);
    expect(sentTo('worker-dead')).toHaveLength(1);
  });
});
