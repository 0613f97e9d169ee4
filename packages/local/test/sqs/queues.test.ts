import {
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListQueuesCommand,
  PurgeQueueCommand,
  type QueueAttributeName,
} from '@aws-sdk/client-sqs';
import { afterEach, describe, expect, it } from 'vitest';
import type { QueueDefinition } from '../../src/services/sqs/index.ts';
import {
  arnOf,
  counts,
  openQueues,
  queue,
  receive,
  refusal,
  send,
  serveQueues,
  START,
  urlOf,
  withDeadLetters,
  type Served,
} from './support/queues.ts';

let served: Served | undefined;
afterEach(async () => {
  await served?.stop();
  served = undefined;
});

const attributes = async (AttributeNames: string[] | undefined, name = 'jobs') => {
  const input = { QueueUrl: urlOf(name), AttributeNames: AttributeNames as QueueAttributeName[] };
  return (await served!.client.send(new GetQueueAttributesCommand(input))).Attributes;
};

describe('GetQueueAttributes', () => {
  it('tells everything that the Terraform says, and the times', async () => {
    const allow = { redrivePermission: 'byQueue', sourceQueueArns: [arnOf('jobs')] } as const;
    served = await serveQueues([
      queue({
        visibilityTimeoutSeconds: 120,
        redrivePolicy: { deadLetterTargetArn: arnOf('dead'), maxReceiveCount: 5 },
        policy: '{"Version":"2012-10-17"}',
        encryption: { kind: 'kms', keyId: 'alias/queues', reusePeriodSeconds: 300 },
      }),
      queue({ name: 'dead', redriveAllowPolicy: allow, retentionSeconds: 1_209_600 }),
    ]);
    expect(await attributes(['All'])).toEqual({
      ApproximateNumberOfMessages: '0',
      ApproximateNumberOfMessagesDelayed: '0',
      ApproximateNumberOfMessagesNotVisible: '0',
      CreatedTimestamp: String(START / 1000),
      DelaySeconds: '0',
      KmsDataKeyReusePeriodSeconds: '300',
      KmsMasterKeyId: 'alias/queues',
      LastModifiedTimestamp: String(START / 1000),
      MaximumMessageSize: '262144',
      MessageRetentionPeriod: '345600',
      Policy: '{"Version":"2012-10-17"}',
      QueueArn: arnOf('jobs'),
      ReceiveMessageWaitTimeSeconds: '0',
      RedrivePolicy: `{"deadLetterTargetArn":"${arnOf('dead')}","maxReceiveCount":5}`,
      SqsManagedSseEnabled: 'false',
      VisibilityTimeout: '120',
    });
    expect(await attributes(['RedriveAllowPolicy', 'SqsManagedSseEnabled', 'RedrivePolicy'], 'dead')).toEqual({
      RedriveAllowPolicy: `{"redrivePermission":"byQueue","sourceQueueArns":["${arnOf('jobs')}"]}`,
      SqsManagedSseEnabled: 'true',
    });
  });

  it('tells nothing when nothing is asked, and refuses what is unknown', async () => {
    served = await serveQueues();
    expect(await attributes(undefined)).toBeUndefined();
    expect(await refusal(attributes(['QueueArn', 'Colour']))).toEqual({
      name: 'InvalidAttributeName',
      message: 'Unknown Attribute Colour.',
      status: 400,
    });
  });

  it('counts what is visible, in flight and delayed', async () => {
    served = await serveQueues();
    for (const body of ['a', 'b', 'c']) await send(served, body);
    await send(served, 'd', { DelaySeconds: 10 });
    await receive(served, { MaxNumberOfMessages: 1 });
    expect(await counts(served)).toEqual([2, 1, 1]);
  });
});

describe('the queues of an account', () => {
  it('are found by name', async () => {
    served = await serveQueues();
    const find = (QueueName: string) => served!.client.send(new GetQueueUrlCommand({ QueueName }));
    expect((await find('jobs')).QueueUrl).toBe(urlOf('jobs'));
    expect(await refusal(find('nobody'))).toEqual({
      name: 'QueueDoesNotExist',
      message: 'The specified queue does not exist.',
      status: 400,
    });
  });

  it('are listed by name, in parts when asked', async () => {
    served = await serveQueues(['photos', 'mail', 'mail-failed', 'fan-out'].map((name) => queue({ name })));
    const list = (input: object) => served!.client.send(new ListQueuesCommand(input));
    expect((await list({})).QueueUrls).toEqual(['fan-out', 'mail', 'mail-failed', 'photos'].map(urlOf));
    expect((await list({ QueueNamePrefix: 'mail' })).QueueUrls).toEqual(['mail', 'mail-failed'].map(urlOf));
    expect((await list({ QueueNamePrefix: 'x' })).QueueUrls).toBeUndefined();
    const first = await list({ MaxResults: 3 });
    const second = await list({ MaxResults: 3, NextToken: first.NextToken });
    expect([first.QueueUrls?.length, second.QueueUrls, second.NextToken]).toEqual([3, [urlOf('photos')], undefined]);
  });

  it('are not made, changed or removed but by the Terraform', async () => {
    served = await serveQueues();
    const { sqs } = served;
    for (const operation of ['CreateQueue', 'DeleteQueue', 'SetQueueAttributes']) {
      expect(() => sqs.access(operation, {})).toThrow(`SQS's operation ${operation} is not emulated by @hiroba/local`);
    }
    expect(() => sqs.access('Steal', {})).toThrow('SQS has no operation Steal');
  });
});

describe('PurgeQueue', () => {
  it('deletes every message, once a minute at most', async () => {
    served = await serveQueues();
    const purge = () => served!.client.send(new PurgeQueueCommand({ QueueUrl: urlOf('jobs') }));
    await send(served, 'visible');
    await send(served, 'in flight');
    await receive(served, { MaxNumberOfMessages: 1 });
    await send(served, 'delayed', { DelaySeconds: 60 });
    await purge();
    expect(await counts(served)).toEqual([0, 0, 0]);
    served.clock.advance(59_999);
    expect(await refusal(purge())).toEqual({
      name: 'PurgeQueueInProgress',
      message: 'Only one PurgeQueue operation on jobs is allowed every 60 seconds.',
      status: 403,
    });
    served.clock.advance(1);
    await purge();
  });
});

describe('provision', () => {
  const refused = (definitions: QueueDefinition[]): string => {
    try {
      openQueues(definitions).close();
    } catch (error) {
      return (error as Error).message;
    }
    return 'not refused';
  };

  it.each<[string, QueueDefinition[], string]>([
    [
      'a FIFO queue',
      [queue({ name: 'jobs.fifo' })],
      'api.aws_sqs_queue.jobs.fifo: a FIFO queue is not emulated by @hiroba/local',
    ],
    [
      'a name with a slash',
      [queue({ name: 'a/b' })],
      'api.aws_sqs_queue.a/b: the name a/b must be 1 to 80 letters, digits, - or _',
    ],
    [
      'a timeout of more than 12 hours',
      [queue({ visibilityTimeoutSeconds: 43_201 })],
      'api.aws_sqs_queue.jobs: visibility_timeout_seconds 43201 must be between 0 and 43200',
    ],
    [
      'a message of more than 1 MiB',
      [queue({ maximumMessageBytes: 1_048_577 })],
      'api.aws_sqs_queue.jobs: max_message_size 1048577 must be between 1024 and 1048576',
    ],
    [
      'a redrive after no reception',
      withDeadLetters(0),
      'api.aws_sqs_queue.jobs: maxReceiveCount 0 must be between 1 and 1000',
    ],
    [
      'an unknown dead-letter queue',
      withDeadLetters(1).slice(0, 1),
      `api.aws_sqs_queue.jobs: the dead-letter queue ${arnOf('dead')} is no queue of the Terraform`,
    ],
    [
      'a dead-letter queue that takes from others only',
      [
        withDeadLetters(1)[0]!,
        queue({ name: 'dead', redriveAllowPolicy: { redrivePermission: 'byQueue', sourceQueueArns: [arnOf('x')] } }),
      ],
      'api.aws_sqs_queue.jobs: the redrive allow policy of api.aws_sqs_queue.dead does not let it be its dead-letter queue',
    ],
    ['two of one name', [queue(), queue()], 'api.aws_sqs_queue.jobs: api.aws_sqs_queue.jobs has the same name jobs'],
  ])('refuses %s with the address', (_what, definitions, message) => {
    expect(refused(definitions)).toBe(message);
  });

  it('keeps the messages of a queue that it changes, and tells when that was', async () => {
    served = await serveQueues();
    await send(served, 'a');
    served.clock.advance(60_000);
    served.sqs.provision([queue({ url: 'http://localhost:4999/123456789012/jobs' })]);
    const times = ['CreatedTimestamp', 'LastModifiedTimestamp', 'VisibilityTimeout'];
    const second = String(START / 1000);
    expect(await attributes(times)).toEqual({
      CreatedTimestamp: second,
      LastModifiedTimestamp: second,
      VisibilityTimeout: '30',
    });
    served.sqs.provision([queue({ visibilityTimeoutSeconds: 45 })]);
    expect(await attributes(times)).toEqual({
      CreatedTimestamp: second,
      LastModifiedTimestamp: String(START / 1000 + 60),
      VisibilityTimeout: '45',
    });
    expect(await counts(served)).toEqual([1, 0, 0]);
  });

  it('changes nothing when one of several is refused', async () => {
    served = await serveQueues();
    const { sqs } = served;
    expect(() => sqs.provision([queue({ delaySeconds: 5 }), queue({ name: 'bad', delaySeconds: -1 })])).toThrow(
      'delay_seconds -1',
    );
    expect(await attributes(['DelaySeconds'])).toEqual({ DelaySeconds: '0' });
  });

  it('makes a queue unreachable that is gone, and gives it back with its messages', async () => {
    served = await serveQueues([queue(), queue({ name: 'other' })]);
    await send(served, 'a');
    served.sqs.retain(['other']);
    expect((await refusal(counts(served))).name).toBe('QueueDoesNotExist');
    served.sqs.provision([queue(), queue({ name: 'other' })]);
    expect(await counts(served)).toEqual([1, 0, 0]);
  });
});
