import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { describe, expect, test } from 'vitest';
import { type Greenhouse } from '../application/greenhouse.ts';
import { type StartedQueues, startQueues } from '../application/queues.ts';

const FAILED = 'greenhouse-failed';

async function invoke({ system }: StartedQueues, Payload: string): Promise<number | undefined> {
  const { endpoints, credentials } = system;
  const client = new LambdaClient({ endpoint: endpoints.aws, region: 'eu-central-1', credentials });
  const input = { FunctionName: 'greenhouse-watering', InvocationType: 'Event' as const, Payload };
  return (await client.send(new InvokeCommand(input))).StatusCode;
}

async function failures({ sqs, queueUrl }: StartedQueues) {
  const QueueUrl = await queueUrl(FAILED);
  const command = new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, MessageAttributeNames: ['All'] });
  return (await sqs.send(command)).Messages ?? [];
}

describe('an event that its function fails with', () => {
  test('is tried again in a minute of the local clock, and then noted in the failure queue', async () => {
    const running = await startQueues();
    expect(await invoke(running, '{"litres":"many"}')).toBe(202);
    await running.system.idle();
    expect(await failures(running)).toEqual([]);
    await running.system.travel(running.system.clock.now() + 60_000);
    const records = (await failures(running)).map(({ Body }) => JSON.parse(Body ?? '') as object);
    expect(records).toMatchObject([
      {
        requestContext: {
          functionArn: 'arn:aws:lambda:eu-central-1:123456789012:function:greenhouse-watering:$LATEST',
          condition: 'RetriesExhausted',
          approximateInvokeCount: 2,
        },
        requestPayload: { litres: 'many' },
        responsePayload: { errorType: 'ValidationException' },
      },
    ]);
  });

  test('goes to the dead-letter queue of the function', async () => {
    const running = await startQueues(({ resource }) => {
      Reflect.deleteProperty(resource, 'aws_lambda_function_event_invoke_config');
      Object.assign(resource.aws_lambda_function.watering, {
        dead_letter_config: { target_arn: '${aws_sqs_queue.failed.arn}' },
      });
    });
    await invoke(running, '{"litres":"many"}');
    await running.system.idle();
    await running.system.travel(running.system.clock.now() + 200_000);
    expect((await failures(running)).map(({ Body, MessageAttributes }) => [Body, MessageAttributes])).toEqual([
      [
        '{"litres":"many"}',
        {
          RequestID: { DataType: 'String', StringValue: expect.stringMatching(/^[0-9a-f-]{36}$/) },
          ErrorCode: { DataType: 'Number', StringValue: '200' },
          ErrorMessage: {
            DataType: 'String',
            StringValue: expect.stringContaining('cannot be converted to a numeric value: many'),
          },
        },
      ],
    ]);
  });
});

test('records of a stream that are given up are noted in the failure queue', async () => {
  const running = await startQueues(({ resource }) => {
    Object.assign(resource.aws_lambda_event_source_mapping.averages, { maximum_retry_attempts: 0 });
    resource.aws_lambda_function.averages.environment.variables.AVERAGES_TABLE = 'nowhere';
  });
  await running.send('mutation { record(sensor: "north", celsius: 20) { celsius } }');
  await running.system.idle();
  const records = (await failures(running)).map(({ Body }) => JSON.parse(Body ?? '') as object);
  expect(records).toMatchObject([
    {
      requestContext: { condition: 'RetryAttemptsExhausted', approximateInvokeCount: 1 },
      responseContext: { functionError: 'Unhandled' },
      DDBStreamBatchInfo: {
        batchSize: 1,
        startSequenceNumber: expect.stringMatching(/^1\d{20}$/),
        streamArn: expect.stringContaining('table/greenhouse-readings/stream/'),
      },
    },
  ]);
});

describe('where failures go stops the start', () => {
  const notAllowed = ({ resource }: Greenhouse, role: 'watering' | 'averages'): void => {
    const policy = resource.aws_iam_role_policy[role];
    policy.policy = policy.policy.replace('"${aws_sqs_queue.failed.arn}"', '"${aws_sqs_queue.alerts_failed.arn}"');
  };

  test.each<[string, (terraform: Greenhouse) => void, string]>([
    [
      'when the function may not send there',
      (terraform) => notAllowed(terraform, 'watering'),
      'aws_lambda_function.watering: User: arn:aws:sts::123456789012:assumed-role/greenhouse-watering is not authorized to perform: sqs:SendMessage',
    ],
    [
      'when the function of a stream may not send there',
      (terraform) => notAllowed(terraform, 'averages'),
      'aws_lambda_event_source_mapping.averages: User: arn:aws:sts::123456789012:assumed-role/greenhouse-averages is not authorized to perform: sqs:SendMessage',
    ],
    [
      'when it is no queue',
      ({ resource }) => {
        resource.aws_lambda_function_event_invoke_config.watering.destination_config.on_failure.destination =
          'arn:aws:sns:eu-central-1:123456789012:news';
      },
      'aws_lambda_function_event_invoke_config.watering.destination_config.on_failure.destination: only queues of SQS are emulated by @hiroba/local, not arn:aws:sns',
    ],
    [
      'when it is said twice',
      ({ resource }) => {
        const { watering } = resource.aws_lambda_function_event_invoke_config;
        Object.assign(resource.aws_lambda_function_event_invoke_config, { again: watering });
      },
      'aws_lambda_function_event_invoke_config.again is about the same function as aws_lambda_function_event_invoke_config.watering',
    ],
  ])('%s', async (_what, change, message) => {
    await expect(startQueues(change)).rejects.toThrow(message);
  });
});
