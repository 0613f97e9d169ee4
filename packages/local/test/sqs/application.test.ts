import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetQueueAttributesCommand, GetQueueUrlCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterEach, describe, expect, test } from 'vitest';
import { type LocalSystem, startLocal } from '../../src/index.ts';
import { type Greenhouse, writeGreenhouse } from '../application/greenhouse.ts';

const running: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of running.splice(0)) await stop();
});

async function start(change?: (terraform: Greenhouse) => void): Promise<{ system: LocalSystem; folder: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'greenhouse-'));
  running.push(() => rm(folder, { recursive: true }));
  await writeGreenhouse(folder, change);
  const system = await startLocal({ from: folder, port: 0, awsPort: 0, dataDirectory: null });
  running.unshift(() => system.close());
  return { system, folder };
}

function clientOf({ endpoints, credentials }: LocalSystem): SQSClient {
  return new SQSClient({ endpoint: endpoints.aws, region: 'eu-central-1', credentials, maxAttempts: 1 });
}

async function urlOf(system: LocalSystem, QueueName: string): Promise<string | undefined> {
  return (await clientOf(system).send(new GetQueueUrlCommand({ QueueName }))).QueueUrl;
}

describe('a queue of the Terraform', () => {
  test('is what its arguments and the resources about it say', async () => {
    const { system } = await start();
    const QueueUrl = await urlOf(system, 'greenhouse-alerts');
    expect(QueueUrl).toBe(`${system.endpoints.aws}/123456789012/greenhouse-alerts`);
    const describe = async (url: string | undefined) =>
      (await clientOf(system).send(new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['All'] })))
        .Attributes;
    const arn = 'arn:aws:sqs:eu-central-1:123456789012:greenhouse-alerts';
    expect(await describe(QueueUrl)).toMatchObject({
      QueueArn: arn,
      VisibilityTimeout: '60',
      MaximumMessageSize: '262144',
      RedrivePolicy: `{"deadLetterTargetArn":"${arn}-failed","maxReceiveCount":2}`,
      Policy: expect.stringContaining('scheduler.amazonaws.com'),
    });
    expect(await describe(await urlOf(system, 'greenhouse-alerts-failed'))).toMatchObject({
      MessageRetentionPeriod: '1209600',
      RedriveAllowPolicy: `{"redrivePermission":"byQueue","sourceQueueArns":["${arn}"]}`,
    });
  });

  test('comes, changes and goes with the Terraform', async () => {
    const { system, folder } = await start();
    await writeGreenhouse(folder, ({ resource }) => {
      resource.aws_sqs_queue.alerts.visibility_timeout_seconds = 90;
      Object.assign(resource.aws_sqs_queue, { more: { name: 'more' } });
    });
    await system.reload();
    const QueueUrl = await urlOf(system, 'greenhouse-alerts');
    const command = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['VisibilityTimeout'] });
    expect((await clientOf(system).send(command)).Attributes).toEqual({ VisibilityTimeout: '90' });
    expect(await urlOf(system, 'more')).toMatch(/\/more$/);
    await writeGreenhouse(folder);
    await system.reload();
    await expect(urlOf(system, 'more')).rejects.toMatchObject({ name: 'QueueDoesNotExist' });
  });

  test('goes on as it was when the new version is refused', async () => {
    const { system, folder } = await start();
    await writeGreenhouse(folder, ({ resource }) => {
      resource.aws_sqs_queue.alerts.visibility_timeout_seconds = 90;
      resource.aws_appsync_resolver.Query_average.code = 'export function request(ctx) { return {';
    });
    await expect(system.reload()).rejects.toThrow();
    const QueueUrl = await urlOf(system, 'greenhouse-alerts');
    const command = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['VisibilityTimeout'] });
    expect((await clientOf(system).send(command)).Attributes).toEqual({ VisibilityTimeout: '60' });
  });

  test('gets what a function sends as its role, which the message names', async () => {
    const { system } = await start(({ resource }) => {
      Reflect.deleteProperty(resource.aws_lambda_event_source_mapping, 'alerts');
    });
    await fetch(system.endpoints.graphql, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-api-key': system.configuration?.apiKey ?? '' },
      body: JSON.stringify({ query: 'mutation { record(sensor: "north", celsius: 41) { celsius } }' }),
    });
    await system.idle();
    const QueueUrl = await urlOf(system, 'greenhouse-alerts');
    const { Messages } = await clientOf(system).send(
      new ReceiveMessageCommand({ QueueUrl, MessageSystemAttributeNames: ['SenderId'] }),
    );
    expect(Messages?.map(({ Body, Attributes }) => [Body, Attributes])).toEqual([
      [
        '{"sensor":"north","celsius":41}',
        { SenderId: expect.stringMatching(/^AROA[A-Z2-7]{17}:greenhouse-averages$/) },
      ],
    ]);
  });
});

describe('a queue that cannot be stops the start', () => {
  test.each<[string, (terraform: Greenhouse) => void, string]>([
    [
      'a FIFO queue',
      ({ resource }) => Object.assign(resource.aws_sqs_queue.alerts, { fifo_queue: true }),
      'aws_sqs_queue.alerts: FIFO queues are not emulated by @hiroba/local.',
    ],
    [
      'one with two policies',
      ({ resource }) => Object.assign(resource.aws_sqs_queue.alerts, { policy: '{"Version":"2012-10-17"}' }),
      'aws_sqs_queue_policy.alerts: its queue has a policy already, by aws_sqs_queue.alerts.policy.',
    ],
    [
      'one with a broken redrive policy',
      ({ resource }) => (resource.aws_sqs_queue.alerts.redrive_policy = '{"maxReceiveCount":2}'),
      'aws_sqs_queue.alerts.redrive_policy must be JSON with deadLetterTargetArn and maxReceiveCount.',
    ],
    [
      'one that its dead-letter queue does not take from',
      ({ resource }) => {
        resource.aws_sqs_queue_redrive_allow_policy.alerts_failed.redrive_allow_policy =
          '{"redrivePermission":"denyAll"}';
      },
      'the redrive allow policy of aws_sqs_queue.alerts_failed does not let it be its dead-letter queue',
    ],
    [
      'a policy with a misspelt action',
      ({ resource }) => {
        const alerts = resource.aws_sqs_queue_policy.alerts;
        alerts.policy = alerts.policy.replace('SendMessage', 'SendMessages');
      },
      'AWS has no action "sqs:SendMessages"',
    ],
  ])('%s', async (_what, change, message) => {
    await expect(start(change)).rejects.toThrow(message);
  });
});
