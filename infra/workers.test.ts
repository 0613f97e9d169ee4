import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { synthesizer } from './synthesize.ts';
import { config, folderWith, resolverText, smallFiles, smallSchema, smallWiring } from './testing/application.ts';
import { argsOf, ofType, resourcesOf, statementsOf, type Resource } from './testing/terraform.ts';
import type { Wiring } from './wiring.ts';

const handlerText = 'export async function handler() {\n  return { batchItemFailures: [] };\n}\n';

/** One function of each kind, and the data sources that are no tables. */
const wiring: Wiring = {
  ...smallWiring,
  dataSources: {
    ...smallWiring.dataSources,
    ask_tickets: { type: 'lambda', function: 'tickets' },
    texts: { type: 's3', bucket: 'site', prefix: 'texts/' },
  },
  functions: { ...smallWiring.functions, sign: { dataSource: 'ask_tickets' }, readText: { dataSource: 'texts' } },
  resolvers: { ...smallWiring.resolvers, 'Query.post': { pipeline: ['loadPost', 'sign', 'readText'] } },
  lambdaFunctions: {
    ...smallWiring.lambdaFunctions,
    thumbnails: {
      queue: { batchSize: 1, maxReceives: 4, concurrency: 5, alarmAgeSeconds: 120 },
      schedules: {
        nightly: { expression: 'cron(0 3 * * ? *)', timeZone: 'Asia/Tokyo', message: { kind: 'NIGHT' } },
      },
      arrivals: [{ bucket: 'photos', prefix: 'new/' }],
      grants: [],
      buckets: [{ bucket: 'photos', actions: ['GetObject', 'ListBucket'], prefix: 'new/' }],
      layers: ['sharp'],
      timeoutSeconds: 20,
    },
    tickets: { grants: [], sends: ['thumbnails'], members: ['AdminGetUser'], parameters: ['siteUrl'] },
  },
};

let root: string;
let resources: Resource[];
const args = (address: string) => argsOf(resources, address);

beforeAll(async () => {
  root = folderWith({
    ...smallFiles,
    'resolvers/functions/sign.ts': resolverText,
    'resolvers/functions/readText.ts': resolverText,
    'lambdas/thumbnails/handler.ts': handlerText,
    'lambdas/tickets/handler.ts': handlerText,
  });
  const synth = synthesizer({ config, root, wiring, readSchema: () => smallSchema });
  resources = resourcesOf(await synth.synthesize());
  await synth.dispose();
});
afterAll(() => rmSync(root, { recursive: true }));

describe('a function with a queue', () => {
  test('has it, with another one for what it gave up, and time to finish before a message comes back', () => {
    expect(args('aws_sqs_queue.thumbnails_queue')).toMatchObject({
      name: 'hiroba-dev-thumbnails',
      visibility_timeout_seconds: 120,
      sqs_managed_sse_enabled: true,
      redrive_policy: '{"deadLetterTargetArn":"${aws_sqs_queue.thumbnails_dead.arn}","maxReceiveCount":4}',
    });
    expect(args('aws_sqs_queue.thumbnails_dead')).toMatchObject({
      name: 'hiroba-dev-thumbnails-dead',
      message_retention_seconds: 1_209_600,
    });
  });

  test('is given its messages, some batches at a time, and says which of them failed', () => {
    expect(args('aws_lambda_event_source_mapping.thumbnails_work')).toMatchObject({
      event_source_arn: '${aws_sqs_queue.thumbnails_queue.arn}',
      function_name: '${aws_lambda_function.thumbnails.arn}',
      batch_size: 1,
      scaling_config: { maximum_concurrency: 5 },
      function_response_types: ['ReportBatchItemFailures'],
    });
  });

  test('hears of what arrives in a bucket, and of nothing else', () => {
    const [notification] = ofType(resources, 'aws_s3_bucket_notification');
    expect(notification?.args).toMatchObject({
      queue: [
        {
          id: 'thumbnails',
          queue_arn: '${aws_sqs_queue.thumbnails_queue.arn}',
          events: ['s3:ObjectCreated:*'],
          filter_prefix: 'new/',
        },
      ],
      depends_on: ['aws_sqs_queue_policy.thumbnails_senders'],
    });
    expect(statementsOf(args('aws_sqs_queue_policy.thumbnails_senders').policy)).toMatchObject([
      {
        Principal: { Service: 's3.amazonaws.com' },
        Action: 'sqs:SendMessage',
        Resource: '${aws_sqs_queue.thumbnails_queue.arn}',
      },
    ]);
  });

  test('is sent a message by the clock', () => {
    expect(args('aws_scheduler_schedule.nightly')).toMatchObject({
      name: 'hiroba-dev-nightly',
      schedule_expression: 'cron(0 3 * * ? *)',
      schedule_expression_timezone: 'Asia/Tokyo',
      target: { arn: '${aws_sqs_queue.thumbnails_queue.arn}', input: '{"kind":"NIGHT"}' },
    });
    expect(statementsOf(args('aws_iam_role_policy.nightly').policy)).toEqual([
      { Effect: 'Allow', Action: ['sqs:SendMessage'], Resource: ['${aws_sqs_queue.thumbnails_queue.arn}'] },
    ]);
  });

  test('reads its queue, and the objects of its prefix', () => {
    const statements = statementsOf(args('aws_iam_role_policy.thumbnails').policy);
    expect(statements).toContainEqual({
      Effect: 'Allow',
      Action: ['sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage'],
      Resource: ['${aws_sqs_queue.thumbnails_queue.arn}'],
    });
    const actions = statements.map(({ Action, Condition }) => ({ Action, Condition }));
    expect(actions).toContainEqual({ Action: ['s3:GetObject'], Condition: undefined });
    expect(actions).toContainEqual({
      Action: ['s3:ListBucket'],
      Condition: { StringLike: { 's3:prefix': 'new/*' } },
    });
  });

  test('has the layer of its account, unless another one is named', () => {
    expect(args('aws_lambda_function.thumbnails').layers).toEqual([
      'arn:aws:lambda:us-east-1:${data.aws_caller_identity.current.account_id}:layer:hiroba-sharp:1',
    ]);
  });
});

test('a function with a queue may note there, and in no other, what it gives up', () => {
  const { variables } = args('aws_lambda_function.thumbnails').environment as { variables: object };
  expect(variables).toMatchObject({ DEAD_QUEUE_URL: '${aws_sqs_queue.thumbnails_dead.url}', MAX_RECEIVES: '4' });
  expect(statementsOf(args('aws_iam_role_policy.thumbnails').policy)).toContainEqual({
    Effect: 'Allow',
    Action: ['sqs:SendMessage'],
    Resource: ['${aws_sqs_queue.thumbnails_dead.arn}'],
  });
});

test('a function that sends knows the queue, and one that looks members up knows the pool', () => {
  const variables = (args('aws_lambda_function.tickets').environment as { variables: object }).variables;
  expect(Object.keys(variables)).toEqual(['SITE_URL_PARAMETER', 'THUMBNAILS_QUEUE_URL', 'USER_POOL_ID']);
  expect(statementsOf(args('aws_iam_role_policy.tickets').policy).map(({ Action }) => Action)).toEqual([
    ['logs:CreateLogStream', 'logs:PutLogEvents'],
    ['sqs:SendMessage'],
    ['ssm:GetParameter'],
    ['cognito-idp:AdminGetUser'],
  ]);
});

test('a function that reads where the site is knows the parameter that the edge writes, and may read no other', () => {
  const { name, value } = args('aws_ssm_parameter.site_url');
  expect([name, value]).toEqual(['/hiroba-dev/site-url', 'https://${aws_cloudfront_distribution.site.domain_name}']);
  expect(args('aws_lambda_function.tickets').environment).toMatchObject({ variables: { SITE_URL_PARAMETER: name } });
  expect(statementsOf(args('aws_iam_role_policy.tickets').policy)).toContainEqual({
    Effect: 'Allow',
    Action: ['ssm:GetParameter'],
    Resource: ['arn:aws:ssm:us-east-1:${data.aws_caller_identity.current.account_id}:parameter/hiroba-dev/site-url'],
  });
});

describe('a data source', () => {
  test('calls a function with a role that may do nothing else', () => {
    expect(args('aws_appsync_datasource.ask_tickets')).toMatchObject({
      type: 'AWS_LAMBDA',
      lambda_config: { function_arn: '${aws_lambda_function.tickets.arn}' },
    });
    expect(statementsOf(args('aws_iam_role_policy.ask_tickets').policy)).toEqual([
      { Effect: 'Allow', Action: ['lambda:InvokeFunction'], Resource: ['${aws_lambda_function.tickets.arn}'] },
    ]);
  });

  test('reads objects over requests that AppSync signs', () => {
    expect(args('aws_appsync_datasource.texts')).toMatchObject({
      type: 'HTTP',
      http_config: {
        authorization_config: {
          authorization_type: 'AWS_IAM',
          aws_iam_config: { signing_region: 'us-east-1', signing_service_name: 's3' },
        },
      },
    });
    const [read, list, ...others] = statementsOf(args('aws_iam_role_policy.texts').policy);
    expect(read?.Action).toEqual(['s3:GetObject']);
    expect([read?.Resource].flat()[0]).toMatch(/\/texts\/\*$/);
    // Who may not list is not told that an object is missing.
    expect(list).toMatchObject({
      Action: ['s3:ListBucket'],
      Condition: { StringLike: { 's3:prefix': 'texts/*' } },
    });
    expect(others).toEqual([]);
  });
});
