import '../testing/environment.ts';
import { DeleteCommand, DynamoDBDocumentClient, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { cancelled, MET, throttled, timedOut } from '../testing/errors.ts';
import { deleted, post, stats, streamEvent } from '../testing/events.ts';
import { postTransitions } from '../shared/postLife.ts';
import { readEach, streamHandler } from '../shared/streamHandler.ts';
import { keepTags } from './tags.ts';

vi.mock('../shared/retry.ts', async (original) => ({ ...(await original<object>()), pauseAfter: async () => {} }));
const dynamodb = mockClient(DynamoDBDocumentClient);
const handler = streamHandler('posts', (changes, report) =>
  keepTags(readEach(changes, report, postTransitions), report),
);
for (const method of ['log', 'warn', 'error'] as const) vi.spyOn(console, method).mockReturnValue();

beforeEach(() => {
  dynamodb.reset();
  dynamodb.on(TransactWriteCommand).resolves({});
  dynamodb.on(DeleteCommand).resolves({});
});

const NOTHING_FAILED = { batchItemFailures: [] };
const transactions = () => dynamodb.commandCalls(TransactWriteCommand).map(({ args }) => args[0].input.TransactItems);
const deletions = () => dynamodb.commandCalls(DeleteCommand).map(({ args }) => args[0].input);
const tagged = (postId: string) => post(postId, { hashtags: ['world', '日本'] });

describe('tags', () => {
  test('writes an item for each hashtag, provided that the post is live at that moment', async () => {
    expect(await handler(streamEvent({ n: 1, after: tagged('p1') }))).toEqual(NOTHING_FAILED);
    expect(transactions()).toEqual([
      [
        {
          ConditionCheck: {
            TableName: 'posts',
            Key: { postId: 'p1', item: 'POST' },
            ConditionExpression:
              'attribute_exists(postId) AND attribute_not_exists(deletedAt) AND attribute_not_exists(removedAt)',
          },
        },
        { Put: { TableName: 'posts', Item: { postId: 'p1', item: 'TAG#world', tag: 'world' } } },
        { Put: { TableName: 'posts', Item: { postId: 'p1', item: 'TAG#日本', tag: '日本' } } },
      ],
    ]);
  });

  test('lets a tag expire with its post', async () => {
    await handler(streamEvent({ n: 1, after: post('p1', { hashtags: ['world'], expiresAt: 1_750_000_000 }) }));
    expect(transactions()[0]?.[1]?.Put?.Item).toEqual({
      postId: 'p1',
      item: 'TAG#world',
      tag: 'world',
      expiresAt: 1_750_000_000,
    });
  });

  test.each([
    ['a post for followers', { n: 1, after: post('p1', { hashtags: ['world'], visibility: 'FOLLOWERS' }) }],
    ['a post without hashtags', { n: 1, after: post('p1') }],
    ['counters', { n: 1, after: stats('p1', 1, 0) }],
    ['a change that leaves the post live', { n: 1, before: tagged('p1'), after: { ...tagged('p1'), photoIds: [] } }],
    ['the removal of what was deleted before', { n: 1, before: { ...deleted(tagged('p1')), hashtags: ['world'] } }],
  ])('writes nothing for %s', async (_, happened) => {
    expect(await handler(streamEvent(happened))).toEqual(NOTHING_FAILED);
    expect([...transactions(), ...deletions()]).toEqual([]);
  });

  test.each([
    ['deleted', deleted(tagged('p1'))],
    ['removed by a moderator', { ...tagged('p1'), hashtags: undefined, removedAt: '2025-01-31T11:00:00.000Z' }],
    ['expired', undefined],
  ])('deletes the tags of a post that is %s', async (_, after) => {
    expect(await handler(streamEvent({ n: 1, before: tagged('p1'), after }))).toEqual(NOTHING_FAILED);
    expect(deletions()).toEqual([
      { TableName: 'posts', Key: { postId: 'p1', item: 'TAG#world' } },
      { TableName: 'posts', Key: { postId: 'p1', item: 'TAG#日本' } },
    ]);
  });

  test('does not tag a post that was deleted before the record came', async () => {
    dynamodb.on(TransactWriteCommand).rejects(cancelled(MET, 'None', 'None'));
    expect(await handler(streamEvent({ n: 1, after: tagged('p1') }))).toEqual(NOTHING_FAILED);
    expect(transactions()).toHaveLength(1);
  });

  test('tries again when the post is being written by another', async () => {
    dynamodb
      .on(TransactWriteCommand)
      .rejectsOnce(cancelled('TransactionConflict', 'None', 'None'))
      .resolves({});
    expect(await handler(streamEvent({ n: 1, after: tagged('p1') }))).toEqual(NOTHING_FAILED);
    expect(transactions()).toHaveLength(2);
  });

  test('reports the first record that failed and does the others', async () => {
    dynamodb.on(TransactWriteCommand).callsFake((input: { TransactItems: { ConditionCheck?: { Key: object } }[] }) => {
      if (JSON.stringify(input.TransactItems[0]).includes('"p2"')) throw throttled();
      return {};
    });
    dynamodb.on(DeleteCommand).rejectsOnce(timedOut()).resolves({});
    const event = streamEvent(
      { n: 1, after: tagged('p1') },
      { n: 2, after: tagged('p2') },
      { n: 3, before: tagged('p3'), after: deleted(tagged('p3')) },
      { n: 4, after: tagged('p4') },
    );
    expect(await handler(event)).toEqual({ batchItemFailures: [{ itemIdentifier: '200' }] });
    expect(transactions().map((actions) => actions?.[0]?.ConditionCheck?.Key?.postId)).toEqual(['p1', 'p2', 'p4']);
  });

  test('leaves a malformed record out', async () => {
    const event = streamEvent({ n: 1, after: post('p1', { hashtags: 'world' }) }, { n: 2, after: tagged('p2') });
    expect(await handler(event)).toEqual(NOTHING_FAILED);
    expect(transactions()).toHaveLength(1);
  });
});
