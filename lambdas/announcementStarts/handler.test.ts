import '../testing/environment.ts';
import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';
import { expect, test, vi } from 'vitest';
import { streamEvent } from '../testing/events.ts';
import { handler } from './handler.ts';

const sqs = mockClient(SQSClient);
for (const level of ['log', 'warn', 'error'] as const) vi.spyOn(console, level).mockReturnValue();

test('a new announcement is sent to whom it starts, with what began it, and nothing else is', async () => {
  sqs.on(SendMessageBatchCommand).resolves({ Failed: [] });
  const announcement = { operationId: 'ANNOUNCEMENT#01JJXF4C000000000000000000', trace: '1-00000001-a' };
  const answer = await handler(
    streamEvent(
      { n: 1, after: announcement },
      { n: 2, before: announcement, after: { ...announcement, more: 1 } },
      { n: 3, before: announcement },
      { n: 4, after: { operationId: 'JOB#01JJXF4C000000000000000000' } },
    ),
  );
  expect(answer).toEqual({ batchItemFailures: [] });
  expect(sqs.commandCalls(SendMessageBatchCommand).map(({ args }) => args[0].input)).toMatchObject([
    {
      QueueUrl: 'https://sqs.us-east-1.amazonaws.com/123456789012/hiroba-dev-announcements',
      Entries: [
        {
          MessageBody: '{"kind":"start","announcementId":"01JJXF4C000000000000000000"}',
          MessageAttributes: { trace: { StringValue: '1-00000001-a' } },
        },
      ],
    },
  ]);
});
