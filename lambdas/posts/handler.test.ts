import '../testing/environment.ts';
import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { DeleteCommand, DynamoDBDocumentClient, GetCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { throttled } from '../testing/errors.ts';
import { deleted, post, streamEvent } from '../testing/events.ts';
import { handler } from './handler.ts';

vi.mock('../shared/retry.ts', async (original) => ({ ...(await original<object>()), pauseAfter: async () => {} }));
const dynamodb = mockClient(DynamoDBDocumentClient);
const sqs = mockClient(SQSClient);
for (const method of ['log', 'warn', 'error'] as const) vi.spyOn(console, method).mockReturnValue();

/** The items that transactions put, by their keys. */
const put: string[] = [];
let refuses: (key: string) => boolean;

beforeEach(() => {
  put.length = 0;
  refuses = () => false;
  dynamodb.reset();
  sqs.reset();
  sqs.on(SendMessageBatchCommand).resolves({});
  dynamodb.on(GetCommand).resolves({});
  dynamodb.on(DeleteCommand).resolves({});
  dynamodb.on(TransactWriteCommand).callsFake(({ TransactItems }: { TransactItems: Action[] }) => {
    const keys = TransactItems.flatMap(({ Put }) => (Put ? [keyOf(Put.Item)] : []));
    if (keys.some(refuses)) throw throttled();
    put.push(...keys);
    return {};
  });
});

type Action = { readonly Put?: { readonly Item: Readonly<Record<string, string>> } };
const keyOf = ({ postId, item, userId, entry }: Readonly<Record<string, string>>) =>
  [postId, item, userId, entry].filter(Boolean).join('/');
const tagged = (postId: string, authorId: string) => post(postId, { hashtags: ['world'], authorId });

describe('what follows from a post', () => {
  test('is its tags and its place in the digest of its author', async () => {
    expect(await handler(streamEvent({ n: 1, after: tagged('p1', 'ann') }))).toEqual({ batchItemFailures: [] });
    expect(put).toEqual(['p1/TAG#world', 'DIGEST#ann/DIGEST']);
  });

  test.each([
    ['tags', (key: string) => key.startsWith('p2/'), ['p1/TAG#world', 'DIGEST#ann/DIGEST', 'DIGEST#ben/DIGEST']],
    ['digest', (key: string) => key.startsWith('DIGEST#ben'), ['p1/TAG#world', 'p2/TAG#world', 'DIGEST#ann/DIGEST']],
  ])(
    'is done as far as it can be when the %s fail, and asked for again from that post on',
    async (_, refused, done) => {
      refuses = refused;
      const event = streamEvent({ n: 1, after: tagged('p1', 'ann') }, { n: 2, after: tagged('p2', 'ben') });
      expect(await handler(event)).toEqual({ batchItemFailures: [{ itemIdentifier: '200' }] });
      expect(put.sort()).toEqual([...done].sort());
    },
  );

  test('is its way to the timelines of the followers, and out of them', async () => {
    const p1 = post('p1', { trace: '1-678c-abc' });
    await handler(streamEvent({ n: 1, after: p1 }, { n: 2, before: p1, after: deleted(p1) }));

    const [call] = sqs.commandCalls(SendMessageBatchCommand);
    expect(call?.args[0].input.Entries).toMatchObject([
      {
        MessageBody: '{"kind":"post-created","postId":"p1","authorId":"author"}',
        MessageAttributes: { trace: { StringValue: '1-678c-abc' } },
      },
      { MessageBody: '{"kind":"post-deleted","postId":"p1","authorId":"author"}' },
    ]);
  });

  test('is asked for again when the queue takes no messages', async () => {
    sqs.on(SendMessageBatchCommand).rejects(new Error('no queue'));
    const event = streamEvent({ n: 1, after: tagged('p1', 'ann') });
    expect(await handler(event)).toEqual({ batchItemFailures: [{ itemIdentifier: '100' }] });
  });
});
