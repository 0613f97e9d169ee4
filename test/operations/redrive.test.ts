import {
  DeleteMessageCommand,
  GetQueueUrlCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, describe, expect, it } from 'vitest';
import { dynamodb, isLocal, settled, storedItem, tableName } from '../support/aws.ts';
import { runCommand } from '../support/command.ts';
import { newMember } from '../support/member.ts';
import { signedPost } from '../support/signed.ts';
import { like, post } from '../support/social.ts';
import { target } from '../support/target.ts';

const redrive = (...args: string[]) => runCommand('infra/redrive/main.ts', args);

const { region, accessKeyId, secretAccessKey, awsEndpoint } = target;
const sqs = new SQSClient({
  region,
  credentials: { accessKeyId, secretAccessKey },
  ...(isLocal ? { endpoint: awsEndpoint } : {}),
});
const QUEUE = 'hiroba-dev-counters-failed';
const queueUrl = async () => (await sqs.send(new GetQueueUrlCommand({ QueueName: QUEUE }))).QueueUrl;

interface StreamRecord {
  readonly eventID: string;
  readonly dynamodb: { readonly SequenceNumber: string; readonly NewImage?: object };
}

/** The API of streams, which no client here speaks. */
async function streams(operation: string, input: object): Promise<Record<string, unknown>> {
  const headers = {
    'content-type': 'application/x-amz-json-1.0',
    'x-amz-target': `DynamoDBStreams_20120810.${operation}`,
  };
  const response = await signedPost(new URL(awsEndpoint), JSON.stringify(input), { service: 'dynamodb', headers });
  return (await response.json()) as Record<string, unknown>;
}

const edges = `arn:aws:dynamodb:${region}:123456789012:table/${tableName('edges')}`;
const streamArn = `${edges}/stream/2026-01-01T00:00:00.000`;

/** The newest record of the edges' stream that has the text. */
async function recordWith(text: string): Promise<StreamRecord & { readonly shardId: string }> {
  const { StreamDescription } = await streams('DescribeStream', { StreamArn: streamArn });
  const [shard] = (StreamDescription as { Shards: { ShardId: string }[] }).Shards;
  const shardId = shard?.ShardId ?? '';
  const start = { StreamArn: streamArn, ShardId: shardId, ShardIteratorType: 'TRIM_HORIZON' };
  let { ShardIterator } = await streams('GetShardIterator', start);
  for (;;) {
    const { Records, NextShardIterator } = await streams('GetRecords', { ShardIterator });
    const records = Records as StreamRecord[];
    const found = records.find((record) => JSON.stringify(record).includes(text));
    if (found) return { ...found, shardId };
    if (records.length === 0) throw new Error(`the stream has no record with ${text}`);
    ShardIterator = NextShardIterator;
  }
}

/** As Lambda notes a batch of one record. */
function note({ shardId, dynamodb: { SequenceNumber } }: StreamRecord & { readonly shardId: string }) {
  return {
    requestContext: {
      requestId: '8ba1c7e9-0123-4567-89ab-cdef01234567',
      functionArn: `arn:aws:lambda:${region}:123456789012:function:hiroba-dev-counters`,
      condition: 'RetryAttemptsExhausted',
      approximateInvokeCount: 11,
    },
    version: '1.0',
    timestamp: '2026-11-26T12:00:00.000Z',
    DDBStreamBatchInfo: {
      shardId,
      startSequenceNumber: SequenceNumber,
      endSequenceNumber: SequenceNumber,
      approximateArrivalOfFirstRecord: '2026-11-26T11:59:00Z',
      approximateArrivalOfLastRecord: '2026-11-26T11:59:00Z',
      batchSize: 1,
      streamArn,
    },
  };
}

async function send(body: unknown): Promise<void> {
  await sqs.send(new SendMessageCommand({ QueueUrl: await queueUrl(), MessageBody: JSON.stringify(body) }));
}

/** Not by purging it: SQS does that once a minute. */
async function empty(): Promise<void> {
  const QueueUrl = await queueUrl();
  const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
  for (const { ReceiptHandle } of Messages) await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
}

const likesOf = async (postId: string) => (await storedItem('posts', { postId, item: 'STATS' }))?.['likeCount'];

describe.skipIf(!isLocal)('npm run redrive', () => {
  afterEach(async () => {
    await empty();
  });

  it('without a queue lists all those of given-up work, with what they hold', async () => {
    await send({});
    const { code, stdout } = await redrive();
    expect(code).toBe(0);
    expect(stdout).toMatch(/^http:\/\/.*:\nqueue +holds +waiting +hidden\n/);
    expect(stdout).toMatch(/^counters-failed +batches of streams +1 +0$/m);
    expect(stdout).toMatch(/^incidents-undelivered +events +\d+ +0$/m);
  });

  it('shows the notes of given-up batches, and leaves them where they are', async () => {
    const [author, reader] = await Promise.all([newMember(), newMember()]);
    const written = await post(author);
    await like(reader, written);
    const record = await recordWith(written.key);
    await send(note(record));
    const shown = [
      'counters-failed: 1 of 1 shown, 0 hidden',
      expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/) as string,
      '    hiroba-dev-counters gave up 1 records of hiroba-dev-edges after 11 attempts: RetryAttemptsExhausted',
      `    written since 2026-11-26T11:59:00Z, numbers ${record.dynamodb.SequenceNumber} to ${record.dynamodb.SequenceNumber}; its log says why`,
      '',
    ];
    const looks = await Promise.all(
      ['counters-failed', 'hiroba-dev-counters-failed'].map((name) => redrive(name, '--list')),
    );
    expect(looks.map(({ stdout }) => stdout.split('\n').slice(1))).toEqual([shown, shown]);
  });

  it('reads the records of a batch from the stream again and gives them to the function', async () => {
    const [author, reader] = await Promise.all([newMember(), newMember()]);
    const written = await post(author);
    await like(reader, written);
    await settled();
    const record = await recordWith(written.key);
    // As if it had not been counted: the function knows what it has counted by this marker.
    const operationId = `EVENT#${record.eventID}#likeCount`;
    await dynamodb.send(new DeleteCommand({ TableName: tableName('ops'), Key: { operationId } }));
    await send(note(record));

    const { code, stdout } = await redrive('counters');
    expect(stdout.split('\n').slice(1)).toEqual([
      '  done: 1 records written since 2026-11-26T11:59:00Z',
      'gave 1 again.',
      '',
    ]);
    expect(code).toBe(0);
    expect(await likesOf(written.key)).toBe(2);
    expect((await redrive('counters')).stdout).toMatch(/^counters-failed: nothing waits\.$/m);
  });

  it.each([
    [['nowhere'], /^error: There is no queue of given-up work "nowhere"\. There are .*counters-failed.*\.\n$/],
    [['counters', '--max', 'all'], /^error: --max is a number from 1\.\n\nnpm run redrive/],
    [['counters', 'posts'], /^error: Say one queue\.\n\n/],
  ])('says what is wrong with %j', async (args, message) => {
    const { code, stderr } = await redrive(...args);
    expect(code).toBe(1);
    expect(stderr).toMatch(message);
  });

  // The last: what it leaves is hidden for five minutes.
  it('leaves a batch that the stream no longer has, and what is no note', async () => {
    const shardId = 'shardId-00000001767225600000-00000000';
    await send(note({ shardId, eventID: '', dynamodb: { SequenceNumber: '100000000000000000000' } }));
    await send({ some: 'thing' });
    const { code, stdout } = await redrive('counters', '--max', '5');
    expect(code).toBe(1);
    expect(stdout.split('\n').slice(1).sort()).toEqual([
      '',
      '  left: 1 records written since 2026-11-26T11:59:00Z: the stream no longer has the records (TrimmedDataAccessException). ' +
        'See "Given-up work" in docs/runbook.md',
      '  left: is no note of a batch: {"some":"thing"}',
      'gave 0 again, left 2, which are there again in five minutes.',
    ]);
    expect((await redrive('counters')).stdout).toContain(
      'counters-failed: nothing waits; 2 are hidden for a while, being dealt with or just looked at.',
    );
  });
});
