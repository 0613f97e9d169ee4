import '../testing/environment.ts';
import { SendMessageBatchCommand } from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { queueEvent } from '../testing/messages.ts';
import { membersOf } from './messages.ts';
import { queueHandler } from './queueHandler.ts';
import { sendMessages, sqs } from './sendMessages.ts';

const sqsMock = mockClient(sqs);
const lines: string[] = [];
for (const level of ['log', 'warn', 'error'] as const) {
  vi.spyOn(console, level).mockImplementation((line: string) => void lines.push(line));
}
const lastLine = (): object => JSON.parse(lines.at(-1) ?? 'null') as object;

beforeEach(() => {
  sqsMock.reset();
  sqsMock.on(SendMessageBatchCommand).resolves({ Successful: [], Failed: [] });
  lines.length = 0;
});

const worked: string[] = [];
const handler = queueHandler(
  'worker',
  (body) => ({ name: membersOf(body).text('name') }),
  async ({ body: { name } }, job) => {
    if (name === 'broken') throw new Error('it broke');
    worked.push(name);
    job.count('done');
  },
);
beforeEach(() => void worked.splice(0));

describe('a handler of messages', () => {
  test('works on each and tells what began them', async () => {
    const answer = await handler(
      queueEvent({ id: 'm1', body: { name: 'a' }, trace: '1-00000001-a' }, { id: 'm2', body: { name: 'b' } }),
    );
    expect(answer).toEqual({ batchItemFailures: [] });
    expect(worked).toEqual(['a', 'b']);
    expect(lastLine()).toMatchObject({
      level: 'INFO',
      function: 'worker',
      messages: 2,
      counts: { done: 2 },
      failed: 0,
      traces: ['1-00000001-a'],
    });
  });

  test('asks for those that failed again, and for no others', async () => {
    const answer = await handler(queueEvent({ id: 'm1', body: { name: 'broken' } }, { id: 'm2', body: { name: 'b' } }));
    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: 'm1' }] });
    expect(worked).toEqual(['b']);
    expect(lastLine()).toMatchObject({
      level: 'ERROR',
      failures: [{ id: 'm1', error: 'Error: it broke', givenUp: false }],
    });
  });

  test('gives a message up at its last delivery, with the reason', async () => {
    const answer = await handler(
      queueEvent({ id: 'm1', body: { name: 'broken' }, receives: 5, trace: '1-00000001-a' }),
    );
    expect(answer).toEqual({ batchItemFailures: [] });
    expect(sqsMock.commandCalls(SendMessageBatchCommand)[0]?.args[0].input).toMatchObject({
      QueueUrl: 'https://sqs.us-east-1.amazonaws.com/123456789012/hiroba-dev-worker-dead',
      Entries: [
        {
          MessageBody: '{"name":"broken"}',
          MessageAttributes: {
            reason: { DataType: 'String', StringValue: 'Error: it broke' },
            messageId: { DataType: 'String', StringValue: 'm1' },
            trace: { DataType: 'String', StringValue: '1-00000001-a' },
          },
        },
      ],
    });
  });

  test.each([
    ['no JSON', '{', 'MalformedMessage: the body is no JSON'],
    ['a list', [], 'MalformedMessage: the body is no object'],
    ['no name', {}, 'MalformedMessage: name is no text'],
  ])('gives up at once what nobody can read: %s', async (_title, body, error) => {
    const answer = await handler(queueEvent({ id: 'm1', body }));
    expect(answer).toEqual({ batchItemFailures: [] });
    expect(lastLine()).toMatchObject({ failures: [{ id: 'm1', error, givenUp: true }] });
  });

  test('leaves giving up to SQS when it cannot note it', async () => {
    sqsMock.on(SendMessageBatchCommand).rejects(new Error('no network'));
    const answer = await handler(queueEvent({ id: 'm1', body: '{' }));
    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: 'm1' }] });
    expect(lastLine()).toMatchObject({ warnings: ['Error: no network'], failures: [{ givenUp: false }] });
  });
});

describe('sending', () => {
  const url = 'https://sqs.example/queue';
  const sizes = () => sqsMock.commandCalls(SendMessageBatchCommand).map(({ args }) => args[0].input.Entries?.length);

  test('takes ten messages or a mebibyte at a time', async () => {
    await sendMessages(
      url,
      Array.from({ length: 21 }, (_, n) => ({ body: { n } })),
    );
    expect(sizes()).toEqual([10, 10, 1]);
    sqsMock.resetHistory();
    await sendMessages(
      url,
      Array.from({ length: 3 }, () => ({ text: 'x'.repeat(400 * 1024) })),
    );
    expect(sizes()).toEqual([2, 1]);
  });

  test('sends again what SQS left out', async () => {
    sqsMock
      .on(SendMessageBatchCommand)
      .resolvesOnce({ Successful: [], Failed: [{ Id: '1', Code: 'InternalError', SenderFault: false }] })
      .resolves({ Successful: [], Failed: [] });
    await sendMessages(url, [{ body: { n: 0 } }, { body: { n: 1 } }]);
    const [, second] = sqsMock.commandCalls(SendMessageBatchCommand);
    expect(second?.args[0].input.Entries).toMatchObject([{ Id: '1', MessageBody: '{"n":1}' }]);
  });

  test('does not repeat what is our fault', async () => {
    sqsMock.on(SendMessageBatchCommand).resolves({
      Successful: [],
      Failed: [{ Id: '0', Code: 'InvalidMessageContents', Message: 'bad', SenderFault: true }],
    });
    await expect(sendMessages(url, [{ body: {} }])).rejects.toThrow(
      '1 messages were not sent to https://sqs.example/queue: InvalidMessageContents bad',
    );
    expect(sizes()).toEqual([1]);
  });
});
