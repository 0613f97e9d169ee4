import '../testing/environment.ts';
import { DynamoDBDocumentClient, GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { conditionFailed, throttled } from '../testing/errors.ts';
import { deleted, post, streamEvent, type Happened } from '../testing/events.ts';
import { handler } from './handler.ts';

const dynamodb = mockClient(DynamoDBDocumentClient);
const queue = mockClient(SQSClient);
for (const method of ['log', 'warn', 'error'] as const) vi.spyOn(console, method).mockReturnValue();
beforeEach(() => {
  dynamodb.reset();
  dynamodb.on(GetCommand).resolves({});
  queue.reset();
  queue.on(SendMessageBatchCommand).resolves({});
});

const shown = post('p1', { photoIds: ['a', 'b'] });
const tombstone = { ...deleted(shown), photoIds: undefined, trace: '1-00000001-a' };
const updates = () => dynamodb.commandCalls(UpdateCommand).map(({ args }) => args[0].input);
const happens = (happened: Omit<Happened, 'n'>) => handler(streamEvent({ n: 1, ...happened }));

describe('the photos of a post', () => {
  test('are marked as removed when it is deleted, and carry its trace', async () => {
    expect(await happens({ before: shown, after: tombstone })).toEqual({ batchItemFailures: [] });

    expect(updates()).toEqual(
      ['a', 'b'].map((photoId) => ({
        TableName: 'media',
        Key: { photoId },
        UpdateExpression: 'SET removedAt = :at, expiresAt = :expiresAt, trace = :trace',
        ConditionExpression: 'postId = :postId AND attribute_not_exists(removedAt)',
        ExpressionAttributeValues: {
          ':at': '2025-01-31T10:00:00.000Z',
          ':expiresAt': 1_738_922_400,
          ':postId': 'p1',
          ':trace': '1-00000001-a',
        },
      })),
    );
  });

  test.each<[string, Omit<Happened, 'n'>]>([
    ['it appears', { after: shown }],
    ['its item is gone, having moved to the archive', { before: shown }],
    ['its tombstone is gone', { before: tombstone }],
  ])('stay when %s', async (_, happened) => {
    await happens(happened);

    expect(updates()).toEqual([]);
  });

  test('may be gone already', async () => {
    dynamodb.on(UpdateCommand).rejects(conditionFailed());

    expect(await happens({ before: shown, after: tombstone })).toEqual({ batchItemFailures: [] });
  });

  test('are marked at another delivery when the table is busy', async () => {
    dynamodb.on(UpdateCommand).rejects(throttled());

    expect(await happens({ before: shown, after: tombstone })).toEqual({
      batchItemFailures: [{ itemIdentifier: '100' }],
    });
  });
});
