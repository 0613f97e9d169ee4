import '../testing/environment.ts';
import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, expect, test, vi } from 'vitest';
import { block, follow, like, streamEvent } from '../testing/events.ts';
import { handler } from './handler.ts';

vi.mock('../shared/retry.ts', async (original) => ({ ...(await original<object>()), pauseAfter: async () => {} }));
const sqs = mockClient(SQSClient);
for (const method of ['log', 'warn', 'error'] as const) vi.spyOn(console, method).mockReturnValue();

beforeEach(() => {
  sqs.reset();
  sqs.on(SendMessageBatchCommand).resolves({});
});

test('follows that begin and end are told to the fan-out, with their traces; nothing else is', async () => {
  const event = streamEvent(
    { n: 1, after: { ...follow('ann', 'star'), trace: '1-678c-abc' } },
    { n: 2, before: follow('ben', 'star') },
    { n: 3, after: like('ann', 'p1') },
    { n: 4, after: block('ann', 'ben') },
    { n: 5, after: { ...follow('', 'star') } },
  );
  expect(await handler(event)).toEqual({ batchItemFailures: [] });

  const input = sqs.commandCalls(SendMessageBatchCommand)[0]?.args[0].input;
  expect(input?.QueueUrl).toBe('https://sqs.us-east-1.amazonaws.com/123456789012/hiroba-dev-fanOut');
  expect(input?.Entries).toMatchObject([
    {
      MessageBody: '{"kind":"follow-changed","followerId":"ann","authorId":"star"}',
      MessageAttributes: { trace: { StringValue: '1-678c-abc' } },
    },
    { MessageBody: '{"kind":"follow-changed","followerId":"ben","authorId":"star"}' },
  ]);
});

test('what cannot be sent is delivered again', async () => {
  sqs.on(SendMessageBatchCommand).rejects(new Error('no queue'));
  const event = streamEvent({ n: 1, after: follow('ann', 'star') }, { n: 2, after: follow('ben', 'star') });
  expect(await handler(event)).toEqual({ batchItemFailures: [{ itemIdentifier: '100' }] });
});
