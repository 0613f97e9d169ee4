import '../testing/environment.ts';
import { DynamoDBDocumentClient, GetCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { cancelled, MET, throttled, timedOut } from '../testing/errors.ts';
import { deleted, post, stats, streamEvent } from '../testing/events.ts';
import { postTransitions } from '../shared/postLife.ts';
import { readEach, streamHandler } from '../shared/streamHandler.ts';
import { keepDigests } from './digests.ts';

vi.mock('../shared/retry.ts', async (original) => ({ ...(await original<object>()), pauseAfter: async () => {} }));
const dynamodb = mockClient(DynamoDBDocumentClient);
const handler = streamHandler('posts', (changes, report) =>
  keepDigests(readEach(changes, report, postTransitions), report),
);
for (const method of ['log', 'warn', 'error'] as const) vi.spyOn(console, method).mockReturnValue();

beforeEach(() => {
  dynamodb.reset();
  dynamodb.on(GetCommand).resolves({});
  dynamodb.on(TransactWriteCommand).resolves({});
});

const NOTHING_FAILED = { batchItemFailures: [] };
const transactions = () => dynamodb.commandCalls(TransactWriteCommand).map(({ args }) => args[0].input.TransactItems);
const digests = () => transactions().map((actions) => actions?.[0]?.Put?.Item?.postIds as unknown);
const checked = () => transactions().map((actions) => actions?.slice(1).map((one) => one.ConditionCheck?.Key?.postId));
const stored = (...postIds: string[]) => ({ Item: { userId: 'DIGEST#author', entry: 'DIGEST', postIds } });

describe('digests', () => {
  test('makes the first digest of an author, provided that the posts are live', async () => {
    expect(await handler(streamEvent({ n: 1, after: post('p1') }))).toEqual(NOTHING_FAILED);
    expect(transactions()).toEqual([
      [
        {
          Put: {
            TableName: 'timelines',
            Item: { userId: 'DIGEST#author', entry: 'DIGEST', postIds: ['p1'] },
            ConditionExpression: 'attribute_not_exists(postIds)',
          },
        },
        {
          ConditionCheck: {
            TableName: 'posts',
            Key: { postId: 'p1', item: 'POST' },
            ConditionExpression:
              'attribute_exists(postId) AND attribute_not_exists(deletedAt) AND attribute_not_exists(removedAt)',
          },
        },
      ],
    ]);
  });

  test('sorts posts for followers in, newest first, whatever order records come in, in one write', async () => {
    dynamodb.on(GetCommand).resolves(stored('p4', 'p2'));
    const event = streamEvent(
      { n: 1, after: post('p5', { visibility: 'FOLLOWERS' }) },
      { n: 2, after: post('p3') },
      { n: 3, after: post('p4') },
    );
    await handler(event);
    expect(digests()).toEqual([['p5', 'p4', 'p3', 'p2']]);
    expect(checked()).toEqual([['p5', 'p3']]);
    expect(transactions()[0]?.[0]?.Put).toMatchObject({
      ConditionExpression: 'postIds = :stored',
      ExpressionAttributeValues: { ':stored': ['p4', 'p2'] },
    });
  });

  test('keeps authors apart', async () => {
    await handler(streamEvent({ n: 1, after: post('p1') }, { n: 2, after: post('p2', { authorId: 'ben' }) }));
    expect(transactions().map((actions) => actions?.[0]?.Put?.Item)).toEqual([
      { userId: 'DIGEST#author', entry: 'DIGEST', postIds: ['p1'] },
      { userId: 'DIGEST#ben', entry: 'DIGEST', postIds: ['p2'] },
    ]);
  });

  test('holds the newest hundred', async () => {
    const ids = Array.from({ length: 100 }, (_, index) => `p${999 - index}`);
    dynamodb.on(GetCommand).resolves(stored(...ids));
    await handler(streamEvent({ n: 1, after: post('p0001') }));
    expect(digests()).toEqual([]);
    await handler(streamEvent({ n: 2, after: post('pz') }));
    expect(digests()).toEqual([['pz', ...ids.slice(0, 99)]]);
  });

  test('writes nothing when a record comes twice', async () => {
    dynamodb.on(GetCommand).resolves(stored('p1'));
    expect(await handler(streamEvent({ n: 1, after: post('p1') }))).toEqual(NOTHING_FAILED);
    expect(transactions()).toEqual([]);
  });

  test.each([
    ['deleted', deleted(post('p2'))],
    ['removed by a moderator', post('p2', { removedAt: '2025-01-31T11:00:00.000Z' })],
    ['expired', undefined],
  ])('takes out a post that is %s', async (_, after) => {
    dynamodb.on(GetCommand).resolves(stored('p3', 'p2', 'p1'));
    await handler(streamEvent({ n: 1, before: post('p2'), after }));
    expect(digests()).toEqual([['p3', 'p1']]);
    expect(checked()).toEqual([[]]);
  });

  test('lets a deletion outdo the creation in the same batch', async () => {
    const event = streamEvent({ n: 1, after: post('p1') }, { n: 2, before: post('p1'), after: deleted(post('p1')) });
    expect(await handler(event)).toEqual(NOTHING_FAILED);
    expect(transactions()).toEqual([]);
  });

  test('does not bring back a post that was deleted before its record came', async () => {
    dynamodb
      .on(TransactWriteCommand)
      .rejectsOnce(cancelled('None', 'None', MET))
      .resolves({});
    const event = streamEvent({ n: 1, after: post('p1') }, { n: 2, after: post('p2') });
    expect(await handler(event)).toEqual(NOTHING_FAILED);
    // Newest first: the second check was that of p1.
    expect(digests()).toEqual([['p2', 'p1'], ['p2']]);
  });

  test('reads again when another wrote the digest in between', async () => {
    dynamodb.on(GetCommand).resolvesOnce(stored('p1')).resolves(stored('p2', 'p1'));
    dynamodb.on(TransactWriteCommand).rejectsOnce(cancelled(MET, 'None')).resolves({});
    expect(await handler(streamEvent({ n: 1, after: post('p3') }))).toEqual(NOTHING_FAILED);
    expect(digests()).toEqual([
      ['p3', 'p1'],
      ['p3', 'p2', 'p1'],
    ]);
  });

  test.each([
    ['keeps changing', () => cancelled(MET, 'None'), 5],
    ['is being written all the time', () => cancelled('TransactionConflict', 'None'), 5],
    ['is throttled', throttled, 1],
    ['does not answer in time', timedOut, 1],
  ])('reports the first record of an author whose digest %s and does the others', async (_, failure, tries) => {
    dynamodb
      .on(TransactWriteCommand)
      .callsFake((input: { TransactItems: { Put?: { Item: { userId: string } } }[] }) => {
        if (input.TransactItems[0]?.Put?.Item.userId === 'DIGEST#ben') throw failure();
        return {};
      });
    const event = streamEvent(
      { n: 1, after: post('p1') },
      { n: 2, after: post('p2', { authorId: 'ben' }) },
      { n: 3, after: post('p3') },
    );
    expect(await handler(event)).toEqual({ batchItemFailures: [{ itemIdentifier: '200' }] });
    expect(digests()).toContainEqual(['p3', 'p1']);
    expect(transactions()).toHaveLength(tries + 1);
  });

  test('leaves malformed and foreign records out', async () => {
    const event = streamEvent(
      { n: 1, after: post('p1', { visibility: 'SECRET' }) },
      { n: 2, after: stats('p1', 1, 1) },
    );
    expect(await handler(event)).toEqual(NOTHING_FAILED);
    expect(transactions()).toEqual([]);
  });
});
