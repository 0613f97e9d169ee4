import { DeleteObjectCommand, GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { GetQueueUrlCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { expect, test } from 'vitest';
import type { LocalSystem } from '../../src/index.ts';
import type { Greenhouse } from './greenhouse.ts';
import { startGreenhouse } from './start.ts';

async function start(change?: (terraform: Greenhouse) => void): Promise<{ system: LocalSystem; lines: string[] }> {
  const lines: string[] = [];
  const { system } = await startGreenhouse(change, { onLog: (line) => void lines.push(line) });
  return { system, lines };
}

function clientOf({ endpoints, credentials }: LocalSystem): S3Client {
  return new S3Client({ endpoint: endpoints.aws, region: 'eu-central-1', credentials });
}

async function average(system: LocalSystem, sensor: string): Promise<unknown> {
  const response = await fetch(system.endpoints.graphql, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-api-key': system.configuration?.apiKey ?? '' },
    body: JSON.stringify({ query: `{ average(sensor: "${sensor}") { celsius readings } }` }),
  });
  return ((await response.json()) as { data: { average: unknown } }).data.average;
}

const page = { Bucket: 'greenhouse-journal', Key: 'pages/Mai 2026/süd.txt', Body: '08:00 18\n12:00 26\n' };

test('an uploaded page is read by the function that its bucket tells of it, and its readings are averaged', async () => {
  const { system, lines } = await start();
  await clientOf(system).send(new PutObjectCommand(page));
  await system.idle();
  expect(await average(system, 'süd')).toEqual({ celsius: 22, readings: 2 });
  expect(lines.filter((line) => line.includes('ERROR'))).toEqual([]);
});

test('a page elsewhere, or of another kind, tells nobody', async () => {
  const { system } = await start();
  const client = clientOf(system);
  await client.send(new PutObjectCommand({ ...page, Key: 'drafts/süd.txt' }));
  await client.send(new PutObjectCommand({ ...page, Key: 'pages/süd.csv' }));
  await system.idle();
  expect(await average(system, 'süd')).toBeNull();
});

test('a queue is told that it will be told, and then of the page that is deleted', async () => {
  const { system } = await start();
  const client = clientOf(system);
  await client.send(new PutObjectCommand(page));
  await client.send(new DeleteObjectCommand({ Bucket: page.Bucket, Key: page.Key }));
  await system.idle();
  const { endpoints, credentials } = system;
  const queues = new SQSClient({ endpoint: endpoints.aws, region: 'eu-central-1', credentials });
  const { QueueUrl } = await queues.send(new GetQueueUrlCommand({ QueueName: 'greenhouse-removed-pages' }));
  const { Messages = [] } = await queues.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
  expect(Messages.map(({ Body = '' }) => JSON.parse(Body) as unknown)).toMatchObject([
    { Service: 'Amazon S3', Event: 's3:TestEvent', Bucket: 'greenhouse-journal' },
    {
      Records: [
        {
          eventVersion: '2.1',
          eventSource: 'aws:s3',
          awsRegion: 'eu-central-1',
          eventName: 'ObjectRemoved:DeleteMarkerCreated',
          s3: {
            bucket: { name: 'greenhouse-journal', arn: 'arn:aws:s3:::greenhouse-journal' },
            object: { key: 'pages/Mai+2026/s%C3%BCd.txt' },
          },
        },
      ],
    },
  ]);
});

test('a queue that does not let S3 send stops the start', async () => {
  await expect(
    start(({ resource }) => {
      const { journal } = resource.aws_sqs_queue_policy;
      journal.policy = journal.policy.replace('s3.amazonaws.com', 'events.amazonaws.com');
    }),
  ).rejects.toThrow(
    'aws_s3_bucket_notification.journal: Unable to validate the following destination configurations: arn:aws:sqs:eu-central-1:123456789012:greenhouse-removed-pages.',
  );
});

test('the function reads no more than its role may, and the log says what was missing', async () => {
  const { system, lines } = await start(({ resource }) => {
    const { journal } = resource.aws_iam_role_policy;
    journal.policy = journal.policy.replace('/pages/*', '/drafts/*');
  });
  await clientOf(system).send(new PutObjectCommand(page));
  await system.idle();
  expect(await average(system, 'süd')).toBeNull();
  expect(lines.join('\n')).toContain('is not authorized to perform: s3:GetObject');
  expect(lines.join('\n')).toContain('aws_iam_role.journal in the Terraform');
});

test('a function that S3 may not call stops the start', async () => {
  await expect(
    start(({ resource }) => {
      resource.aws_lambda_permission.journal.source_arn = 'arn:aws:s3:::another';
    }),
  ).rejects.toThrow(
    'aws_s3_bucket_notification.journal: Unable to validate the following destination configurations: arn:aws:lambda:eu-central-1:123456789012:function:greenhouse-journal.',
  );
});

test('an object of the Terraform is there from the start', async () => {
  const { system } = await start();
  const object = await clientOf(system).send(
    new GetObjectCommand({ Bucket: 'greenhouse-journal', Key: 'instructions.txt' }),
  );
  expect(await object.Body?.transformToString()).toBe(
    'One line for each reading: the time, a space, the temperature.\n',
  );
  expect(object.ContentType).toBe('text/plain; charset=utf-8');
});
