import '../testing/environment.ts';
import { SendMessageBatchCommand } from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, expect, test, vi } from 'vitest';
import { sqs } from '../shared/sendMessages.ts';
import { streamEvent } from '../testing/events.ts';
import { handler } from './handler.ts';

const sqsMock = mockClient(sqs);
for (const level of ['log', 'warn', 'error'] as const) vi.spyOn(console, level).mockImplementation(() => undefined);
beforeEach(() => {
  sqsMock.reset();
  sqsMock.on(SendMessageBatchCommand).resolves({ Successful: [], Failed: [] });
});

const job = { operationId: 'JOB#j1', userId: 'ann', kind: 'DATA_EXPORT', state: 'QUEUED', trace: '1-00000001-a' };
const sent = () =>
  sqsMock
    .commandCalls(SendMessageBatchCommand)
    .flatMap(({ args: [{ input }] }) => input.Entries ?? [])
    .map(({ MessageBody = '', MessageAttributes }) => ({
      body: JSON.parse(MessageBody) as unknown,
      trace: MessageAttributes?.trace?.StringValue,
    }));

test('a new job becomes the first step of its work', async () => {
  const answer = await handler(streamEvent({ n: 1, after: job }));

  expect(answer).toEqual({ batchItemFailures: [] });
  expect(sent()).toEqual([{ body: { kind: 'export', jobId: 'j1', userId: 'ann', step: 0 }, trace: '1-00000001-a' }]);
});

test('a job that changes, and what is no job, start nothing', async () => {
  await handler(
    streamEvent(
      { n: 1, before: job, after: { ...job, state: 'RUNNING' } },
      { n: 2, before: job },
      { n: 3, after: { operationId: 'CASE#c1', userId: 'ann' } },
      { n: 4, after: { ...job, kind: 'SOMETHING_NEW' } },
    ),
  );

  expect(sent()).toEqual([]);
});

test('what was not sent is delivered again', async () => {
  sqsMock.on(SendMessageBatchCommand).rejects(new Error('no connection'));

  expect(await handler(streamEvent({ n: 1, after: job }))).toEqual({ batchItemFailures: [{ itemIdentifier: '100' }] });
});
