import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import {
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ListDeadLetterSourceQueuesCommand,
  ListMessageMoveTasksCommand,
  ListQueuesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
  StartMessageMoveTaskCommand,
} from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Deployment } from '../deployed/deployment.ts';
import { chooseQueue, type DeadQueue, deadQueues } from './queues.ts';
import { redrive } from './redrive.ts';
import { messageLines } from './report.ts';

const sqs = mockClient(SQSClient);
const lambda = mockClient(LambdaClient);
const fetched = vi.fn<typeof fetch>();
vi.stubGlobal('fetch', fetched);

const stage: Deployment = {
  stage: 'prod',
  namePrefix: 'hiroba-prod',
  isLocal: false,
  where: 'stage "prod" in us-east-1',
  client: { region: 'us-east-1' },
};
const url = (name: string): string => `https://sqs.us-east-1.amazonaws.com/123456789012/hiroba-prod-${name}`;
const arn = (name: string): string => `arn:aws:sqs:us-east-1:123456789012:hiroba-prod-${name}`;
const queue = (name: string, changes: Partial<DeadQueue> = {}): DeadQueue => ({
  name,
  url: url(name),
  arn: arn(name),
  kind: 'messages',
  source: undefined,
  waiting: 1,
  hidden: 0,
  ...changes,
});

/** What it says. */
async function run(dead: DeadQueue, max: number | null = null): Promise<readonly string[]> {
  const said: string[] = [];
  const clients = {
    sqs: new SQSClient({}),
    lambda: new LambdaClient({ region: 'us-east-1', credentials: { accessKeyId: 'AKID', secretAccessKey: 'secret' } }),
  };
  await redrive({ ...clients, deployment: stage, queue: dead, max, tell: (line) => said.push(line) });
  return said;
}

beforeEach(() => {
  sqs.reset();
  lambda.reset();
  fetched.mockReset();
  sqs.on(DeleteMessageCommand).resolves({});
  sqs.on(SendMessageCommand).resolves({});
  sqs.on(GetQueueAttributesCommand).callsFake(({ QueueUrl = '' }) => ({
    Attributes: {
      QueueArn: arn(QueueUrl.split('/hiroba-prod-')[1] ?? ''),
      ApproximateNumberOfMessages: '3',
      ApproximateNumberOfMessagesNotVisible: '1',
    },
  }));
});
afterEach(() => {
  process.exitCode = undefined;
});

describe('queues of given-up work', () => {
  beforeEach(() => {
    sqs
      .on(ListQueuesCommand)
      .callsFake(({ NextToken }: { NextToken?: string }) =>
        NextToken === undefined
          ? { QueueUrls: [url('fanOut'), url('fanOut-dead'), url('fanOut-failed')], NextToken: 'more' }
          : { QueueUrls: [url('counters-failed'), url('incidents-undelivered')] },
      );
    sqs.on(ListDeadLetterSourceQueuesCommand).callsFake(({ QueueUrl }: { QueueUrl: string }) => ({
      queueUrls: QueueUrl === url('fanOut-dead') ? [url('fanOut')] : [],
    }));
  });

  test('are told by what they hold, page after page', async () => {
    expect(await deadQueues(new SQSClient({}), stage)).toEqual([
      queue('counters-failed', { kind: 'batches', waiting: 3, hidden: 1 }),
      queue('fanOut-dead', { source: url('fanOut'), waiting: 3, hidden: 1 }),
      queue('fanOut-failed', { kind: 'batches', waiting: 3, hidden: 1 }),
      queue('incidents-undelivered', { kind: 'events', waiting: 3, hidden: 1 }),
    ]);
  });

  test('are chosen by name, or by function where that is enough', async () => {
    const queues = await deadQueues(new SQSClient({}), stage);
    const chosen = ['fanOut-dead', 'hiroba-prod-fanOut-dead', 'counters', 'incidents'].map(
      (text) => chooseQueue(queues, text, stage).name,
    );
    expect(chosen).toEqual(['fanOut-dead', 'fanOut-dead', 'counters-failed', 'incidents-undelivered']);
    expect(() => chooseQueue(queues, 'fanOut', stage)).toThrow('"fanOut" may be any of fanOut-dead, fanOut-failed.');
    expect(() => chooseQueue(queues, 'posts', stage)).toThrow('There is no queue of given-up work "posts". There are');
  });

  test('are missed where the stage is not', async () => {
    sqs.on(ListQueuesCommand).resolves({});
    await expect(deadQueues(new SQSClient({}), stage)).rejects.toThrow(
      'stage "prod" in us-east-1 has no queue hiroba-prod-...: the stage is not deployed there.',
    );
  });
});

describe('messages', () => {
  const dead = queue('fanOut-dead', { source: url('fanOut'), waiting: 3 });

  test('are moved back by SQS, to the queue that is named, and how far it is is told', async () => {
    sqs.on(StartMessageMoveTaskCommand).resolves({ TaskHandle: 'task' });
    const task = { ApproximateNumberOfMessagesToMove: 3 };
    sqs
      .on(ListMessageMoveTasksCommand)
      .resolvesOnce({ Results: [{ ...task, Status: 'RUNNING', ApproximateNumberOfMessagesMoved: 1 }] })
      .resolves({ Results: [{ ...task, Status: 'COMPLETED', ApproximateNumberOfMessagesMoved: 3 }] });
    expect(await run(dead)).toEqual([
      '  1 of about 3',
      '  3 of about 3',
      'moved 3 messages back to hiroba-prod-fanOut.',
    ]);
    expect(sqs.commandCalls(StartMessageMoveTaskCommand)[0]?.args[0].input).toEqual({
      SourceArn: arn('fanOut-dead'),
      DestinationArn: arn('fanOut'),
    });
  });

  test('stay when SQS ends the move, and why is told', async () => {
    sqs.on(StartMessageMoveTaskCommand).resolves({ TaskHandle: 'task' });
    sqs.on(ListMessageMoveTasksCommand).resolves({
      Results: [{ Status: 'FAILED', FailureReason: 'AWS.KMS.AccessDenied', ApproximateNumberOfMessagesMoved: 2 }],
    });
    await expect(run(dead)).rejects.toThrow('SQS ended the move as FAILED after 2 messages: AWS.KMS.AccessDenied.');
  });

  test('are moved one after the other when some are wanted, and each is deleted after it was sent', async () => {
    const MessageAttributes = { trace: { DataType: 'String', StringValue: '1-2-3' } };
    sqs
      .on(ReceiveMessageCommand)
      .resolvesOnce({ Messages: [{ Body: 'a', ReceiptHandle: 'first', MessageAttributes }] })
      .resolvesOnce({ Messages: [{ Body: 'b', ReceiptHandle: 'second' }] })
      .resolves({ Messages: [{ Body: 'c', ReceiptHandle: 'third' }] });
    expect(await run(dead, 2)).toEqual(['moved 2 messages back to hiroba-prod-fanOut.']);
    const done = sqs.calls().map(({ args: [{ input }] }) => input as object);
    expect(done.filter((input) => 'MessageBody' in input || 'ReceiptHandle' in input)).toEqual([
      { QueueUrl: url('fanOut'), MessageBody: 'a', MessageAttributes },
      { QueueUrl: url('fanOut-dead'), ReceiptHandle: 'first' },
      { QueueUrl: url('fanOut'), MessageBody: 'b', MessageAttributes: undefined },
      { QueueUrl: url('fanOut-dead'), ReceiptHandle: 'second' },
    ]);
  });

  test('that cannot be sent are not deleted', async () => {
    sqs.on(ReceiveMessageCommand).resolves({ Messages: [{ Body: 'a', ReceiptHandle: 'first' }] });
    sqs.on(SendMessageCommand).rejects(new Error('no'));
    await expect(run(dead, 1)).rejects.toThrow('no');
    expect(sqs.commandCalls(DeleteMessageCommand)).toEqual([]);
  });

  test('are shown with their reason and trace', () => {
    const Attributes = { SentTimestamp: '1795694390000' };
    const text = (StringValue: string) => ({ DataType: 'String', StringValue });
    const MessageAttributes = { reason: text('Error: busy'), messageId: text('first-id'), trace: text('1-2-3') };
    expect(messageLines({ MessageId: 'x', Body: '{"a":1}', Attributes, MessageAttributes }, 'messages')).toEqual([
      '2026-11-26T11:59:50.000Z  first-id',
      '    reason: Error: busy',
      '    npm run trace -- 1-2-3',
      '    {"a":1}',
    ]);
    expect(messageLines({ MessageId: 'x', Body: 'b'.repeat(400), Attributes }, 'messages')).toEqual([
      '2026-11-26T11:59:50.000Z  x',
      '    reason: none told: the function ended without a word, as by its time limit',
      `    ${'b'.repeat(300)}...`,
    ]);
  });
});

describe('batches of streams', () => {
  const dead = queue('counters-failed', { kind: 'batches' });
  const streamArn = 'arn:aws:dynamodb:us-east-1:123456789012:table/hiroba-prod-edges/stream/2026-01-01T00:00:00.000';
  const note = {
    requestContext: {
      functionArn: 'arn:of:counters:live',
      condition: 'RetryAttemptsExhausted',
      approximateInvokeCount: 11,
    },
    DDBStreamBatchInfo: {
      shardId: 'shardId-1',
      startSequenceNumber: '998',
      endSequenceNumber: '1001',
      approximateArrivalOfFirstRecord: '2026-11-26T11:59:00Z',
      batchSize: 2,
      streamArn,
    },
  };
  const record = (SequenceNumber: string, changes: object = {}) => ({
    eventID: SequenceNumber,
    dynamodb: { SequenceNumber },
    ...changes,
  });
  const answers = (...bodies: readonly object[]) => {
    for (const body of bodies) fetched.mockResolvedValueOnce(Response.json(body));
  };
  const given = () =>
    lambda
      .commandCalls(InvokeCommand)
      .map(({ args }) => JSON.parse(Buffer.from(args[0].input.Payload as Uint8Array).toString()) as unknown);

  beforeEach(() => {
    sqs
      .on(ReceiveMessageCommand)
      .resolvesOnce({ Messages: [{ Body: JSON.stringify(note), ReceiptHandle: 'note' }] })
      .resolves({});
    lambda.on(InvokeCommand).resolves({ Payload: payload({ batchItemFailures: [] }) });
  });

  const payload = (value: object) => Buffer.from(JSON.stringify(value)) as never;

  test('are read from the stream up to their end, page after page, and given to the version that failed', async () => {
    answers(
      { ShardIterator: 'i1' },
      { Records: [record('998')], NextShardIterator: 'i2' },
      { Records: [], NextShardIterator: 'i3' },
      {
        Records: [
          record('1000', { userIdentity: { Type: 'Service', PrincipalId: 'dynamodb.amazonaws.com' } }),
          record('1002'),
        ],
        NextShardIterator: 'i4',
      },
    );
    expect(await run(dead)).toEqual(['  done: 2 records written since 2026-11-26T11:59:00Z', 'gave 1 again.']);
    expect(given()).toEqual([
      {
        Records: [
          record('998', { eventSourceARN: streamArn }),
          record('1000', {
            eventSourceARN: streamArn,
            userIdentity: { type: 'Service', principalId: 'dynamodb.amazonaws.com' },
          }),
        ],
      },
    ]);
    expect(lambda.commandCalls(InvokeCommand)[0]?.args[0].input.FunctionName).toBe('arn:of:counters:live');
    expect(sqs.commandCalls(DeleteMessageCommand)).toHaveLength(1);
    const [address, init] = fetched.mock.calls[0] ?? [];
    expect(String(address)).toBe('https://streams.dynamodb.us-east-1.amazonaws.com/');
    expect(init?.headers).toMatchObject({
      'x-amz-target': 'DynamoDBStreams_20120810.GetShardIterator',
      authorization: expect.stringContaining('/us-east-1/dynamodb/aws4_request') as string,
    });
    expect(JSON.parse(init?.body as string)).toEqual({
      StreamArn: streamArn,
      ShardId: 'shardId-1',
      ShardIteratorType: 'AT_SEQUENCE_NUMBER',
      SequenceNumber: '998',
    });
  });

  test('are given a hundred records at a time', async () => {
    const Records = Array.from({ length: 150 }, (_, index) => record(`${800 + index}`));
    answers({ ShardIterator: 'i1' }, { Records: [...Records, record('1001')] });
    await run(dead);
    expect(given().map((event) => (event as { Records: object[] }).Records.length)).toEqual([100, 51]);
  });

  test.each([
    [
      'fails at one of them',
      { Payload: payload({ batchItemFailures: [{ itemIdentifier: '1001' }] }) },
      'the function failed at the record 1001: its log says why',
    ],
    [
      'fails altogether',
      { FunctionError: 'Unhandled', Payload: payload({ errorMessage: 'no' }) },
      'the function failed: {"errorMessage":"no"}',
    ],
  ])('stay when the function %s', async (_, answer, why) => {
    lambda.on(InvokeCommand).resolves(answer);
    answers({ ShardIterator: 'i1' }, { Records: [record('1001')] });
    expect(await run(dead)).toEqual([
      `  left: 2 records written since 2026-11-26T11:59:00Z: ${why}`,
      'gave 0 again, left 1, which are there again in five minutes.',
    ]);
    expect(sqs.commandCalls(DeleteMessageCommand)).toEqual([]);
    expect(process.exitCode).toBe(1);
  });

  test.each([
    [
      'com.amazonaws.dynamodb.v20120810#TrimmedDataAccessException',
      'the stream no longer has the records (TrimmedDataAccessException)',
    ],
    ['com.amazon.coral.service#AccessDeniedException', 'AccessDeniedException: You may not.'],
  ])('stay when the stream answers %s', async (type, why) => {
    fetched.mockResolvedValueOnce(Response.json({ __type: type, message: 'You may not.' }, { status: 400 }));
    const [first] = await run(dead);
    expect(first).toBe(
      `  left: 2 records written since 2026-11-26T11:59:00Z: ${why}. See "Given-up work" in docs/runbook.md`,
    );
    expect(sqs.commandCalls(DeleteMessageCommand)).toEqual([]);
  });
});

test('an event is given to its function as it came first', async () => {
  sqs
    .on(ReceiveMessageCommand)
    .resolvesOnce({ Messages: [{ Body: '{"Records":[]}', ReceiptHandle: 'event' }] })
    .resolves({});
  lambda.on(InvokeCommand).resolves({ StatusCode: 202 });
  const said = await run(queue('incidents-undelivered', { kind: 'events' }));
  expect(said).toEqual(['  sent to hiroba-prod-incidents: {"Records":[]}', 'gave 1 again.']);
  expect(lambda.commandCalls(InvokeCommand)[0]?.args[0].input).toMatchObject({
    FunctionName: 'hiroba-prod-incidents',
    InvocationType: 'Event',
  });
});

test('an empty queue is told, and what is hidden in it', async () => {
  expect(await run(queue('fanOut-dead', { waiting: 0 }))).toEqual(['fanOut-dead: nothing waits.']);
  expect(await run(queue('fanOut-dead', { waiting: 0, hidden: 2 }))).toEqual([
    'fanOut-dead: nothing waits; 2 are hidden for a while, being dealt with or just looked at.',
  ]);
});
