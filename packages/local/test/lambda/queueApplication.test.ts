import { ReceiveMessageCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { describe, expect, test } from 'vitest';
import { type Greenhouse, writeGreenhouse } from '../application/greenhouse.ts';
import { type StartedQueues, startQueues } from '../application/queues.ts';
import { temporaryFolder } from '../application/start.ts';

const ALERTS = 'greenhouse-alerts';
const FAILED = 'greenhouse-alerts-failed';

const record = (celsius: number): string => `mutation { record(sensor: "north", celsius: ${celsius}) { celsius } }`;

async function alertOf({ send: ask }: StartedQueues): Promise<unknown> {
  const { data } = await ask('{ average(sensor: "north") { alert } }');
  return (data?.average as { alert: number | null } | null)?.alert;
}

const send = async ({ sqs, queueUrl }: StartedQueues, MessageBody: string) =>
  sqs.send(new SendMessageCommand({ QueueUrl: await queueUrl(ALERTS), MessageBody }));

const withoutMapping = ({ resource }: Greenhouse): void => {
  Reflect.deleteProperty(resource.aws_lambda_event_source_mapping, 'alerts');
};

describe('a function that its queue feeds', () => {
  test('does what a change in a table set off, and who waits for idle sees it done', async () => {
    const running = await startQueues();
    await running.send(record(41.5));
    await running.system.idle();
    expect(await alertOf(running)).toBe(41.5);
    expect(await running.counts(ALERTS)).toEqual([0, 0, 0]);
  });

  test('loses a message that it cannot read to the other queue, and only that', async () => {
    const running = await startQueues();
    const { system } = running;
    await send(running, 'poison');
    await send(running, '{"sensor":"north","celsius":50}');
    await system.idle();
    expect([await alertOf(running), await running.counts(ALERTS)]).toEqual([50, [0, 1, 0]]);
    // Two receptions, and the third that moves it.
    for (let time = 0; time < 2; time += 1) {
      system.clock.advance(60_000);
      await system.idle();
    }
    expect([await running.counts(ALERTS), await running.counts(FAILED)]).toEqual([
      [0, 0, 0],
      [1, 0, 0],
    ]);
    const command = new ReceiveMessageCommand({
      QueueUrl: await running.queueUrl(FAILED),
      MessageSystemAttributeNames: ['DeadLetterQueueSourceArn'],
    });
    const { Messages } = await running.sqs.send(command);
    expect(Messages?.map(({ Body, Attributes }) => [Body, Attributes])).toEqual([
      ['poison', { DeadLetterQueueSourceArn: 'arn:aws:sqs:eu-central-1:123456789012:greenhouse-alerts' }],
    ]);
  });

  test('is fed what was sent before a restart', async () => {
    const data = await temporaryFolder('greenhouse-data-');
    const first = await startQueues(withoutMapping, { dataDirectory: data });
    await send(first, '{"sensor":"north","celsius":44}');
    await first.send(record(20));
    await first.system.idle();
    await first.stop();
    const second = await startQueues(undefined, { dataDirectory: data });
    await second.system.idle();
    expect(await alertOf(second)).toBe(44);
  });

  test('gets its mapping with a reload, and loses it', async () => {
    const running = await startQueues(withoutMapping);
    const { system, folder } = running;
    await running.send(record(20));
    await send(running, '{"sensor":"north","celsius":44}');
    await system.idle();
    expect([await alertOf(running), await running.counts(ALERTS)]).toEqual([null, [1, 0, 0]]);
    await writeGreenhouse(folder);
    await system.reload();
    await system.idle();
    expect([await alertOf(running), await running.counts(ALERTS)]).toEqual([44, [0, 0, 0]]);
    await writeGreenhouse(folder, withoutMapping);
    await system.reload();
    await send(running, '{"sensor":"north","celsius":45}');
    await system.idle();
    expect(await running.counts(ALERTS)).toEqual([1, 0, 0]);
  });

  test('runs on its new code, and by its new settings, after a reload', async () => {
    const running = await startQueues();
    const { system, folder } = running;
    await writeGreenhouse(folder, ({ resource }) => {
      Object.assign(resource.aws_lambda_event_source_mapping.alerts, {
        filter_criteria: { filter: [{ pattern: '{"body":{"celsius":[{"numeric":[">",50]}]}}' }] },
      });
    });
    await system.reload();
    await running.send(record(20));
    for (const celsius of [45, 55, 46]) await send(running, JSON.stringify({ sensor: 'north', celsius }));
    await system.idle();
    expect([await alertOf(running), await running.counts(ALERTS)]).toEqual([55, [0, 0, 0]]);
  });

  test('goes on being fed when a new version is refused', async () => {
    const running = await startQueues();
    const { system, folder } = running;
    await writeGreenhouse(folder, ({ resource }) => {
      Object.assign(resource.aws_lambda_event_source_mapping.averages, { batch_size: 7 });
      resource.aws_lambda_function.alerts.timeout = 61;
    });
    await expect(system.reload()).rejects.toThrow('is less than Function timeout');
    await running.send(record(42));
    await system.idle();
    expect(await alertOf(running)).toBe(42);
  });
});

describe('a mapping of a queue stops the start', () => {
  test.each<[string, (terraform: Greenhouse) => void, string]>([
    [
      'when the function may run longer than its messages are hidden',
      ({ resource }) => (resource.aws_lambda_function.alerts.timeout = 61),
      'aws_lambda_event_source_mapping.alerts: Queue visibility timeout: 60 seconds is less than Function timeout: 61 seconds',
    ],
    [
      'when the role may not delete messages',
      ({ resource }) => {
        const { alerts } = resource.aws_iam_role_policy;
        alerts.policy = alerts.policy.replace('"sqs:DeleteMessage",', '');
      },
      'aws_lambda_event_source_mapping.alerts: User: arn:aws:sts::123456789012:assumed-role/greenhouse-alerts is not authorized to perform: sqs:DeleteMessage',
    ],
    [
      'when it has what only streams have',
      ({ resource }) =>
        Object.assign(resource.aws_lambda_event_source_mapping.alerts, { bisect_batch_on_function_error: true }),
      'aws_lambda_event_source_mapping.alerts.bisect_batch_on_function_error is for streams; its source is the queue',
    ],
    [
      'when its queue is none of the Terraform',
      ({ resource }) =>
        Object.assign(resource.aws_lambda_event_source_mapping.alerts, {
          event_source_arn: 'arn:aws:sqs:eu-central-1:123456789012:other',
        }),
      'aws_lambda_event_source_mapping.alerts.event_source_arn needs an aws_sqs_queue whose arn is',
    ],
    [
      'when its source is neither a stream nor a queue',
      ({ resource }) =>
        Object.assign(resource.aws_lambda_event_source_mapping.alerts, {
          event_source_arn: 'arn:aws:kinesis:eu-central-1:123456789012:stream/clicks',
        }),
      'only streams of DynamoDB and queues of SQS are emulated, not arn:aws:kinesis',
    ],
  ])('%s', async (_what, change, message) => {
    await expect(startQueues(change)).rejects.toThrow(message);
  });
});
