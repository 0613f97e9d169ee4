import '../testing/environment.ts';
import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import {
  BatchWriteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  QueryCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { conditionFailed, throttled } from '../testing/errors.ts';
import { queueEvent } from '../testing/messages.ts';
import { handler } from './handler.ts';

vi.mock('../shared/retry.ts', async (original) => ({ ...(await original<object>()), pauseAfter: async () => {} }));
vi.mock('./pace.ts', () => ({ pacer: () => async () => {} }));
const dynamodb = mockClient(DynamoDBDocumentClient);
const sqs = mockClient(SQSClient);
const log = vi.spyOn(console, 'log').mockReturnValue();
for (const method of ['warn', 'error'] as const) vi.spyOn(console, method).mockReturnValue();

/** 2025-01-31T10:00:00.000Z */
const POST = '01JJXWV5800000000000000000';
const EXPIRES_AT = 1_738_317_600 + 30 * 24 * 60 * 60;
const created = { kind: 'post-created', postId: POST, authorId: 'star' };
const done = { batchItemFailures: [] };
const again = { batchItemFailures: [{ itemIdentifier: 'm1' }] };

interface Write {
  readonly PutRequest?: { readonly Item: Readonly<Record<string, unknown>> };
  readonly DeleteRequest?: { readonly Key: Readonly<Record<string, unknown>> };
}
/** Timelines as they are written, by `reader/post`. */
const timelines = new Map<string, Readonly<Record<string, unknown>>>();
const keyOf = ({ userId, entry }: Readonly<Record<string, unknown>>) => `${String(userId)}/${String(entry)}`;
function write({ PutRequest, DeleteRequest }: Write): void {
  if (PutRequest) timelines.set(keyOf(PutRequest.Item), PutRequest.Item);
  if (DeleteRequest) timelines.delete(keyOf(DeleteRequest.Key));
}
const requestsOf = ({ RequestItems }: { RequestItems: { timelines: Write[] } }) => RequestItems.timelines;

beforeEach(() => {
  timelines.clear();
  log.mockClear();
  dynamodb.reset();
  sqs.reset();
  sqs.on(SendMessageBatchCommand).resolves({});
  dynamodb.on(UpdateCommand).resolves({});
  dynamodb.on(GetCommand).resolves({});
  dynamodb.on(GetCommand, { TableName: 'users' }).resolves({ Item: { userId: 'star', followerCount: 2 } });
  dynamodb.on(GetCommand, { TableName: 'posts' }).resolves({ Item: { postId: POST, item: 'POST' } });
  dynamodb.on(QueryCommand, { TableName: 'edges' }).resolves({ Items: edges('ann', 'ben') });
  dynamodb.on(BatchWriteCommand).callsFake((input: { RequestItems: { timelines: Write[] } }) => {
    requestsOf(input).forEach(write);
    return {};
  });
});

const edges = (...followers: string[]) =>
  followers.map((userId) => ({
    userId,
    edge: 'FOLLOW#star',
    subject: 'FOLLOW#star#0',
    edgeId: `edge-of-${userId}`,
  }));
const author = (attributes: object) =>
  dynamodb.on(GetCommand, { TableName: 'users' }).resolves({ Item: { userId: 'star', ...attributes } });
const sent = () =>
  sqs
    .commandCalls(SendMessageBatchCommand)
    .flatMap(({ args }) =>
      (args[0].input.Entries ?? []).map(
        ({ MessageBody, MessageAttributes }) =>
          [JSON.parse(MessageBody ?? '') as object, MessageAttributes?.['trace']?.StringValue] as const,
      ),
    );
const counts = () => (JSON.parse(String(log.mock.lastCall?.[0])) as { counts: object }).counts;

describe('a new post', () => {
  test('gets an entry in the timeline of each follower', async () => {
    expect(await handler(queueEvent({ id: 'm1', body: created }))).toEqual(done);

    expect([...timelines.values()]).toEqual([
      { userId: 'ann', entry: POST, authorId: 'star', expiresAt: EXPIRES_AT },
      { userId: 'ben', entry: POST, authorId: 'star', expiresAt: EXPIRES_AT },
    ]);
    expect(sent()).toEqual([]);
    expect(counts()).toEqual({ pushed: 2 });
  });

  test('is brought to a page of followers by each message, which sends the next with its trace', async () => {
    dynamodb.on(QueryCommand, { TableName: 'edges' }).resolves({
      Items: edges('ann', 'ben'),
      LastEvaluatedKey: edges('ben')[0],
    });
    await handler(queueEvent({ id: 'm1', body: created, trace: '1-678c-abc' }));

    const position = { partition: 'FOLLOW#star#0', after: 'edge-of-ben' };
    expect(sent()).toEqual([[{ ...created, position }, '1-678c-abc']]);
    expect(dynamodb.commandCalls(QueryCommand)[0]?.args[0].input).toMatchObject({
      IndexName: 'bySubject',
      KeyConditionExpression: 'subject = :subject',
      Limit: 1000,
    });

    await handler(queueEvent({ id: 'm2', body: { ...created, position } }));

    expect(dynamodb.commandCalls(QueryCommand)[1]?.args[0].input).toMatchObject({
      KeyConditionExpression: 'subject = :subject AND edgeId > :after',
      ExpressionAttributeValues: { ':subject': 'FOLLOW#star#0', ':after': 'edge-of-ben' },
    });
  });

  test('is the same when its message comes twice', async () => {
    await handler(queueEvent({ id: 'm1', body: created }, { id: 'm1', body: created, receives: 2 }));
    expect([...timelines.keys()]).toEqual([`ann/${POST}`, `ben/${POST}`]);
  });

  test('is written again where DynamoDB left some out', async () => {
    let requests = 0;
    dynamodb.on(BatchWriteCommand).callsFake((input: { RequestItems: { timelines: Write[] } }) => {
      const taken = requestsOf(input).slice(0, (requests += 1));
      taken.forEach(write);
      const rest = requestsOf(input).slice(taken.length);
      return rest.length > 0 ? { UnprocessedItems: { timelines: rest } } : {};
    });

    expect(await handler(queueEvent({ id: 'm1', body: created }))).toEqual(done);

    expect([...timelines.keys()]).toEqual([`ann/${POST}`, `ben/${POST}`]);
    const sizes = dynamodb.commandCalls(BatchWriteCommand).map(({ args }) => args[0].input.RequestItems?.timelines);
    expect(sizes).toMatchObject([{ length: 2 }, { length: 1 }]);
  });

  test.each([
    [
      'leaves them out for long',
      () =>
        dynamodb.on(BatchWriteCommand).callsFake(({ RequestItems }) => ({ UnprocessedItems: RequestItems as object })),
    ],
    ['is throttled', () => dynamodb.on(BatchWriteCommand).rejects(throttled())],
    ['does not give the followers', () => dynamodb.on(QueryCommand).rejects(throttled())],
    ['does not give the author', () => dynamodb.on(GetCommand, { TableName: 'users' }).rejects(throttled())],
  ])('is delivered again when DynamoDB %s, and does not go on', async (_, fail) => {
    fail();
    expect(await handler(queueEvent({ id: 'm1', body: created }))).toEqual(again);
    expect(sent()).toEqual([]);
  });

  test('is delivered again when the next message cannot be sent', async () => {
    dynamodb.on(QueryCommand, { TableName: 'edges' }).resolves({ Items: [], LastEvaluatedKey: edges('ben')[0] });
    sqs.on(SendMessageBatchCommand).rejects(new Error('no queue'));
    expect(await handler(queueEvent({ id: 'm1', body: created }))).toEqual(again);
  });

  test('that is deleted already is left', async () => {
    dynamodb
      .on(GetCommand, { TableName: 'posts' })
      .resolves({ Item: { postId: POST, item: 'POST', deletedAt: 'now' } });
    await handler(queueEvent({ id: 'm1', body: created }));

    expect(dynamodb.commandCalls(BatchWriteCommand)).toEqual([]);
    expect(counts()).toEqual({ 'post gone': 1 });
  });

  test('that is deleted while a page is written is taken back, and goes no further', async () => {
    dynamodb
      .on(GetCommand, { TableName: 'posts' })
      .resolvesOnce({ Item: { postId: POST, item: 'POST' } })
      .resolves({ Item: { postId: POST, item: 'POST', removedAt: 'now' } });
    dynamodb.on(QueryCommand, { TableName: 'edges' }).resolves({
      Items: edges('ann', 'ben'),
      LastEvaluatedKey: edges('ben')[0],
    });
    await handler(queueEvent({ id: 'm1', body: created }));

    expect(timelines.size).toBe(0);
    expect(dynamodb.commandCalls(BatchWriteCommand)).toHaveLength(2);
    expect(sent()).toEqual([]);
  });
});

describe('an author', () => {
  const updates = () => dynamodb.commandCalls(UpdateCommand).map(({ args }) => args[0].input);
  const SINCE = '2025-01-31T10:00:00.000Z';

  test('with 10,000 followers rises, once, and is pushed', async () => {
    author({ followerCount: 10_000 });
    dynamodb.on(UpdateCommand).rejects(conditionFailed());
    expect(await handler(queueEvent({ id: 'm1', body: created }))).toEqual(done);

    expect(updates()).toMatchObject([
      {
        Key: { userId: 'star' },
        ConditionExpression: 'attribute_exists(userId) AND attribute_not_exists(celebrity)',
        ExpressionAttributeValues: { ':rising': 'RISING' },
      },
    ]);
    expect([...timelines.keys()]).toEqual([`ann/${POST}`, `ben/${POST}`]);
  });

  test('who has just begun to rise does not become a celebrity yet', async () => {
    author({ followerCount: 10_000, celebrity: 'RISING', celebritySince: new Date().toISOString() });
    await handler(queueEvent({ id: 'm1', body: created }));

    expect([...timelines.keys()]).toEqual([`ann/${POST}`, `ben/${POST}`]);
    expect(updates()).toEqual([]);
  });

  test('who rises becomes a celebrity when the last page is marked, not before', async () => {
    author({ followerCount: 10_000, celebrity: 'RISING', celebritySince: SINCE });
    dynamodb
      .on(QueryCommand, { TableName: 'edges' })
      .resolves({ Items: edges('ann'), LastEvaluatedKey: edges('ann')[0] });
    await handler(queueEvent({ id: 'm1', body: created }));

    expect([...timelines.keys()]).toEqual([`ann/${POST}`, 'CELEBRITIES#ann/star']);
    expect(updates()).toEqual([]);
    const [[next]] = sent() as [[object, undefined]];
    expect(next).toMatchObject({ turn: { to: 'celebrity', since: SINCE } });

    dynamodb.on(QueryCommand, { TableName: 'edges' }).resolves({ Items: edges('ben') });
    await handler(queueEvent({ id: 'm2', body: next }));

    expect(timelines.get('CELEBRITIES#ben/star')).toEqual({ userId: 'CELEBRITIES#ben', entry: 'star' });
    expect(updates()).toMatchObject([
      {
        ConditionExpression: 'celebrity = :rising AND celebritySince = :since',
        ExpressionAttributeValues: { ':yes': 'YES', ':since': SINCE },
      },
    ]);
  });

  test('who is a celebrity is not pushed', async () => {
    author({ followerCount: 5_000, celebrity: 'YES', celebritySince: SINCE });
    await handler(queueEvent({ id: 'm1', body: created }, { id: 'm2', body: { ...created, kind: 'post-deleted' } }));

    expect(dynamodb.commandCalls(QueryCommand)).toEqual([]);
    expect(counts()).toEqual({ 'merged at read': 1, 'left to expire': 1 });
  });

  test('whom half have left is pushed again, and the marks expire thirty days later', async () => {
    author({ followerCount: 4_999, celebrity: 'YES', celebritySince: SINCE });
    await handler(queueEvent({ id: 'm1', body: created }));

    expect([...timelines.keys()]).toContain(`ben/${POST}`);
    const expiresAt = Number(timelines.get('CELEBRITIES#ben/star')?.['expiresAt']);
    expect((expiresAt - Date.now() / 1_000) / 86_400).toBeCloseTo(30, 2);
    expect(updates()).toMatchObject([{ UpdateExpression: 'REMOVE celebrity, celebritySince' }]);
  });
});

describe('a deleted post', () => {
  test('is taken out of a page of timelines, and then of the next', async () => {
    timelines.set(`ann/${POST}`, {}).set('ann/other', {});
    dynamodb
      .on(QueryCommand, { TableName: 'edges' })
      .resolves({ Items: edges('ann'), LastEvaluatedKey: edges('ann')[0] });
    const deleted = { kind: 'post-deleted', postId: POST, authorId: 'star' };
    await handler(queueEvent({ id: 'm1', body: deleted }));

    expect([...timelines.keys()]).toEqual(['ann/other']);
    expect(sent()).toEqual([
      [{ ...deleted, position: { partition: 'FOLLOW#star#0', after: 'edge-of-ann' } }, undefined],
    ]);
  });
});

describe('a changed follow', () => {
  const changed = { kind: 'follow-changed', followerId: 'ann', authorId: 'star' };
  const follows = (...answers: boolean[]) => {
    const edge = (yes: boolean) => (yes ? { Item: { userId: 'ann' } } : {});
    const reading = dynamodb.on(GetCommand, { TableName: 'edges' });
    for (const each of answers.slice(0, -1)) reading.resolvesOnce(edge(each));
    reading.resolves(edge(answers.at(-1) ?? false));
  };
  /** 2025-01-31T10:00:00Z, plus this many milliseconds below 32. */
  const postId = (n: number) => `01JJXWV58${'0123456789ABCDEFGHJKMNPQRSTVWXYZ'[n]}0000000000000000`;
  const digest = (...postIds: string[]) =>
    dynamodb.on(GetCommand, { TableName: 'timelines' }).resolves({ Item: { postIds } });

  test('brings the newest posts that are not older than thirty days', async () => {
    vi.useFakeTimers({ now: Date.parse('2025-03-02T09:59:59.999Z'), toFake: ['Date'] });
    follows(true);
    digest(postId(2), postId(1), '01JDZR8P000000000000000000');
    await handler(queueEvent({ id: 'm1', body: changed }));
    vi.useRealTimers();

    expect([...timelines.keys()]).toEqual([`ann/${postId(2)}`, `ann/${postId(1)}`]);
  });

  test('clears away what one read finds, and then the next', async () => {
    follows(false);
    timelines.set('ann/p1', {}).set('ann/p2', {}).set('CELEBRITIES#ann/star', {});
    dynamodb.on(QueryCommand, { TableName: 'timelines' }).resolves({
      Items: [{ entry: 'p1' }],
      LastEvaluatedKey: { userId: 'ann', entry: 'p1' },
    });
    await handler(queueEvent({ id: 'm1', body: changed }));

    expect([...timelines.keys()]).toEqual(['ann/p2']);
    expect(sent()).toEqual([[{ ...changed, after: 'p1' }, undefined]]);

    dynamodb.on(QueryCommand, { TableName: 'timelines' }).resolves({ Items: [{ entry: 'p2' }] });
    await handler(queueEvent({ id: 'm2', body: { ...changed, after: 'p1' } }));

    expect(dynamodb.commandCalls(QueryCommand)[1]?.args[0].input).toMatchObject({
      KeyConditionExpression: 'userId = :reader AND entry > :after',
      FilterExpression: 'authorId = :author',
    });
    expect(timelines.size).toBe(0);
  });

  test('brings the posts back when the follow began again meanwhile', async () => {
    follows(false, true);
    digest(POST);
    vi.useFakeTimers({ now: Date.parse('2025-02-01T00:00:00Z'), toFake: ['Date'] });
    dynamodb.on(QueryCommand, { TableName: 'timelines' }).resolves({ Items: [{ entry: POST }] });
    await handler(queueEvent({ id: 'm1', body: changed }));
    vi.useRealTimers();

    expect([...timelines.keys()]).toEqual([`ann/${POST}`]);
  });

  test.each([
    ['RISING', ['CELEBRITIES#ann/star', `ann/${POST}`]],
    ['YES', ['CELEBRITIES#ann/star']],
  ])('of an author who is %s marks the follower', async (celebrity, written) => {
    follows(true);
    author({ celebrity });
    digest(POST);
    vi.useFakeTimers({ now: Date.parse('2025-02-01T00:00:00Z'), toFake: ['Date'] });
    await handler(queueEvent({ id: 'm1', body: changed }));
    vi.useRealTimers();

    expect([...timelines.keys()]).toEqual(written);
  });
});

test.each([
  [
    'of an unknown kind',
    { ...created, kind: 'post-edited' },
    'kind is none of post-created, post-deleted, follow-changed',
  ],
  ['without its post', { kind: 'post-deleted', authorId: 'star' }, 'postId is no text'],
  ['with a position that is none', { ...created, position: 'first' }, 'the body is no object'],
])('a message %s is given up at once', async (_, body, reason) => {
  expect(await handler(queueEvent({ id: 'm1', body }))).toEqual(done);

  const [call] = sqs.commandCalls(SendMessageBatchCommand);
  expect(call?.args[0].input.QueueUrl).toBe('https://sqs.us-east-1.amazonaws.com/123456789012/hiroba-dev-worker-dead');
  expect(call?.args[0].input.Entries?.[0]?.MessageAttributes?.['reason']?.StringValue).toBe(
    `MalformedMessage: ${reason}`,
  );
});
