import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CreateScheduleCommand,
  GetScheduleCommand,
  ListSchedulesCommand,
  type ListSchedulesCommandInput,
  SchedulerClient,
} from '@aws-sdk/client-scheduler';
import { type Message, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterEach, describe, expect, it } from 'vitest';
import { type LocalSystem, manualClock, startLocal } from '../../src/index.ts';
import { type Greenhouse, writeGreenhouse } from '../application/greenhouse.ts';
import { control } from '../application/control.ts';

const NOON = Date.parse('2026-05-01T12:00:00Z');
const running: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of running.splice(0)) await stop();
});

async function start(change?: (terraform: Greenhouse) => void): Promise<LocalSystem & { readonly lines: string[] }> {
  const folder = await mkdtemp(join(tmpdir(), 'greenhouse-'));
  running.push(() => rm(folder, { recursive: true }));
  await writeGreenhouse(folder, change);
  const lines: string[] = [];
  const system = await startLocal({
    from: folder,
    port: 0,
    awsPort: 0,
    dataDirectory: null,
    clock: manualClock(NOON),
    onLog: (line) => void lines.push(line),
  });
  running.unshift(() => system.close());
  return Object.assign(system, { lines });
}

function clientOf({ endpoints, credentials }: LocalSystem): SchedulerClient {
  return new SchedulerClient({ endpoint: endpoints.aws, region: 'eu-central-1', credentials, maxAttempts: 1 });
}

async function waterings({ endpoints, configuration }: LocalSystem): Promise<unknown> {
  const response = await fetch(endpoints.graphql, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-api-key': configuration?.apiKey ?? '' },
    body: JSON.stringify({ query: '{ average(sensor: "watering") { celsius readings } }' }),
  });
  return ((await response.json()) as { data: { average: unknown } }).data.average;
}

describe('a schedule of the Terraform', () => {
  it('calls its function at its time, in its zone', async () => {
    const system = await start();
    // 20:00 in Berlin's summer.
    system.clock.set(Date.parse('2026-05-01T17:59:59Z'));
    await system.idle();
    expect(await waterings(system)).toBeNull();
    system.clock.set(Date.parse('2026-05-01T18:00:00Z'));
    await system.idle();
    expect(await waterings(system)).toEqual({ celsius: 2, readings: 1 });
  });

  it('runs now when it is told to', async () => {
    const system = await start();
    expect(await control(system, 'run-schedule', { Name: 'greenhouse-watering' })).toEqual({ Delivered: true });
    await system.idle();
    expect(await waterings(system)).toEqual({ celsius: 2, readings: 1 });
    await expect(control(system, 'run-schedule', { Name: 'sowing' })).rejects.toThrow(
      'Schedule sowing does not exist.',
    );
  });

  it('whose role may not call the function says so with the address, and nothing runs', async () => {
    const system = await start(({ resource }) => {
      const { gardener } = resource.aws_iam_role_policy;
      gardener.policy = gardener.policy.replace('lambda:InvokeFunction', 'lambda:GetFunction');
    });
    const answer = await control(system, 'run-schedule', { Name: 'greenhouse-watering' });
    expect(answer).toMatchObject({ Delivered: false });
    expect(String(answer['Reason'])).toMatch(/AccessDeniedException: .*lambda:InvokeFunction.*aws_iam_role\.gardener/);
    expect(system.lines.join('\n')).toContain('aws_scheduler_schedule.watering: given up after attempt 1: ');
    expect(await waterings(system)).toBeNull();
  });
});

describe('a queue of the Terraform', () => {
  const receive = async ({ endpoints, credentials }: LocalSystem): Promise<Message[] | undefined> => {
    const client = new SQSClient({ endpoint: endpoints.aws, region: 'eu-central-1', credentials });
    const QueueUrl = `${endpoints.aws}/123456789012/greenhouse-alerts`;
    const answer = await client.send(new ReceiveMessageCommand({ QueueUrl, MessageAttributeNames: ['All'] }));
    return answer.Messages;
  };
  const allowSending = (resource: Greenhouse['resource']): void => {
    Reflect.deleteProperty(resource.aws_lambda_event_source_mapping, 'alerts');
    const { gardener } = resource.aws_iam_role_policy;
    gardener.policy = gardener.policy
      .replace('lambda:InvokeFunction', 'sqs:SendMessage')
      .replace('aws_lambda_function.watering', 'aws_sqs_queue.alerts');
  };

  it('gets the input of a schedule that has it for its target', async () => {
    const system = await start(({ resource }) => {
      allowSending(resource);
      resource.aws_scheduler_schedule.watering.target.arn = '${aws_sqs_queue.alerts.arn}';
    });
    await system.travel(Date.parse('2026-05-01T18:00:00Z'));
    expect((await receive(system))?.map(({ Body }) => Body)).toEqual(['{"litres":2,"at":"2026-05-01T18:00:00Z"}']);
  });

  it('gets what could not be delivered, with the reason, as a dead letter queue', async () => {
    const system = await start(({ resource }) => {
      allowSending(resource);
      Object.assign(resource.aws_scheduler_schedule.watering.target, {
        dead_letter_config: { arn: '${aws_sqs_queue.alerts.arn}' },
      });
    });
    await system.travel(Date.parse('2026-05-01T18:00:00Z'));
    const [message] = (await receive(system)) ?? [];
    expect(message?.Body).toBe('{"litres":2,"at":"2026-05-01T18:00:00Z"}');
    expect(message?.MessageAttributes).toMatchObject({
      ERROR_CODE: { DataType: 'String', StringValue: 'AccessDeniedException' },
      RETRY_ATTEMPTS: { DataType: 'String', StringValue: '0' },
      SCHEDULED_TIME: { DataType: 'String', StringValue: '2026-05-01T18:00:00Z' },
    });
  });
});

describe('the API', () => {
  it('tells a schedule, with the times of its making', async () => {
    const client = clientOf(await start());
    const { $metadata, ...schedule } = await client.send(new GetScheduleCommand({ Name: 'greenhouse-watering' }));
    expect($metadata.httpStatusCode).toBe(200);
    expect(schedule).toEqual({
      ActionAfterCompletion: 'NONE',
      Arn: 'arn:aws:scheduler:eu-central-1:123456789012:schedule/default/greenhouse-watering',
      CreationDate: new Date(NOON),
      FlexibleTimeWindow: { Mode: 'OFF' },
      GroupName: 'default',
      LastModificationDate: new Date(NOON),
      Name: 'greenhouse-watering',
      ScheduleExpression: 'cron(0 6,20 * * ? *)',
      ScheduleExpressionTimezone: 'Europe/Berlin',
      State: 'ENABLED',
      Target: {
        Arn: 'arn:aws:lambda:eu-central-1:123456789012:function:greenhouse-watering',
        Input: '{"litres":2,"at":"<aws.scheduler.scheduled-time>"}',
        RetryPolicy: { MaximumEventAgeInSeconds: 600, MaximumRetryAttempts: 3 },
        RoleArn: 'arn:aws:iam::123456789012:role/greenhouse-gardener',
      },
    });
  });

  it('refuses a schedule that does not exist, also in another group', async () => {
    const client = clientOf(await start());
    const missing = { name: 'ResourceNotFoundException', message: 'Schedule sowing does not exist.' };
    await expect(client.send(new GetScheduleCommand({ Name: 'sowing' }))).rejects.toMatchObject(missing);
    await expect(
      client.send(new GetScheduleCommand({ Name: 'greenhouse-watering', GroupName: 'other' })),
    ).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  it('lists schedules page by page, by prefix, state and group', async () => {
    const client = clientOf(
      await start(({ resource }) => {
        const { watering } = resource.aws_scheduler_schedule;
        Object.assign(resource.aws_scheduler_schedule, {
          airing: { ...watering, name: 'airing', state: 'DISABLED' },
          feeding: { ...watering, name: 'feeding' },
        });
      }),
    );
    const names = async (input: ListSchedulesCommandInput) =>
      (await client.send(new ListSchedulesCommand(input))).Schedules?.map(({ Name }) => Name);
    const first = await client.send(new ListSchedulesCommand({ MaxResults: 2 }));
    expect(first.Schedules?.map(({ Name, State }) => [Name, State])).toEqual([
      ['airing', 'DISABLED'],
      ['feeding', 'ENABLED'],
    ]);
    expect(await names({ MaxResults: 2, NextToken: first.NextToken })).toEqual(['greenhouse-watering']);
    expect(await names({ NamePrefix: 'fee' })).toEqual(['feeding']);
    expect(await names({ State: 'DISABLED' })).toEqual(['airing']);
    expect(await names({ GroupName: 'other' })).toEqual([]);
  });

  it('refuses to change what only the Terraform changes', async () => {
    const client = clientOf(await start());
    await expect(
      client.send(
        new CreateScheduleCommand({
          Name: 'sowing',
          ScheduleExpression: 'rate(1 day)',
          FlexibleTimeWindow: { Mode: 'OFF' },
          Target: { Arn: 'arn:aws:lambda:eu-central-1:123456789012:function:x', RoleArn: 'arn:aws:iam::1:role/x' },
        }),
      ),
    ).rejects.toMatchObject({ name: 'UnknownOperationException' });
  });
});

describe('a mistake in the Terraform', () => {
  const broken = (change: (schedule: Record<string, unknown>, resource: Greenhouse['resource']) => void) =>
    start(({ resource }) => change(resource.aws_scheduler_schedule.watering, resource));
  const inTarget = (changes: object) => (schedule: Record<string, unknown>) =>
    Object.assign(schedule['target'] as object, changes);

  it.each([
    [
      { schedule_expression: 'cron(0 6 * * * *)' },
      'ValidationException: Invalid Schedule Expression cron(0 6 * * * *).',
    ],
    [{ schedule_expression_timezone: 'Mars' }, 'ValidationException: Invalid ScheduleExpressionTimezone Mars.'],
    [{ group_name: 'garden' }, 'group_name: only the group "default" is emulated'],
    [{ state: 'PAUSED' }, 'state must be ENABLED or DISABLED, not "PAUSED".'],
    [{ start_date: 'tomorrow' }, 'start_date is not an RFC 3339 time: "tomorrow"'],
    [{ flexible_time_window: { mode: 'FLEXIBLE', maximum_window_in_minutes: 1441 } }, 'must be between 1 and 1440'],
    [{ name: 'no blanks' }, 'name must be 1 to 64 letters, digits, -, _ or ., not "no blanks".'],
    [{ action_after_completion: 'DELETE' }, 'action_after_completion is not emulated'],
  ])('%j stops the start, with the address', async (changes, message) => {
    const refused = broken((schedule) => void Object.assign(schedule, changes));
    await expect(refused).rejects.toThrow('aws_scheduler_schedule.watering');
    await expect(refused).rejects.toThrow(message);
  });

  it.each([
    [{ arn: 'arn:aws:sns:eu-central-1:123456789012:news' }, 'only Lambda functions and SQS queues are emulated'],
    [{ arn: 'arn:aws:lambda:eu-central-1:123456789012:function:sow' }, 'needs an aws_lambda_function'],
    [{ dead_letter_config: { arn: 'arn:aws:sqs:eu-central-1:123456789012:dead' } }, 'needs an aws_sqs_queue'],
    [{ input: 'two litres' }, 'target.input must be JSON for a Lambda function'],
    [{ retry_policy: { maximum_retry_attempts: 186 } }, 'maximum_retry_attempts must be between 0 and 185, not 186.'],
    [{ ecs_parameters: { task_definition_arn: 'x' } }, 'ecs_parameters is not emulated'],
  ])('a target with %j stops the start, with the address', async (changes, message) => {
    const refused = broken(inTarget(changes));
    await expect(refused).rejects.toThrow('aws_scheduler_schedule.watering');
    await expect(refused).rejects.toThrow(message);
  });

  it('a role that Scheduler may not take on stops the start and names the role', async () => {
    await expect(
      broken((_schedule, { aws_iam_role: { gardener } }) => {
        gardener.assume_role_policy = gardener.assume_role_policy.replace('scheduler', 'events');
      }),
    ).rejects.toThrow(/aws_iam_role\.gardener does not let scheduler\.amazonaws\.com take it on/);
  });
});
