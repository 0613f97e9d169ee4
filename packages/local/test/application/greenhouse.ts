import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { zipSync } from 'fflate';
import { greenhouseEvents } from './greenhouseEvents.ts';
import { greenhouseJournal } from './greenhouseJournal.ts';
import { greenhouseMail } from './greenhouseMail.ts';
import { allowing, literal, trusting } from './terraform.ts';

/**
 * A second application, unrelated to the backend: sensors in a greenhouse. Hand-written Terraform JSON in one folder, without
 * cdktf's manifest, so that the runtime is seen to depend on neither.
 */
export type Greenhouse = ReturnType<typeof greenhouseTerraform>;

const folder = join(import.meta.dirname, 'greenhouse');
const read = (name: string): string => readFileSync(join(folder, name), 'utf8');
const runtime = { name: 'APPSYNC_JS', runtime_version: '1.0.0' };

export function greenhouseTerraform() {
  const mail = greenhouseMail();
  const journal = greenhouseJournal();
  const events = greenhouseEvents();
  return {
    terraform: { required_providers: { aws: { source: 'hashicorp/aws', version: '~> 6.0' } } },
    provider: { aws: [{ region: 'eu-central-1' }] },
    data: { aws_caller_identity: { me: {} } },
    locals: { prefix: 'greenhouse' },
    resource: {
      ...mail.types,
      aws_dynamodb_table: {
        readings: {
          name: '${local.prefix}-readings',
          billing_mode: 'PAY_PER_REQUEST',
          hash_key: 'sensor',
          range_key: 'at',
          attribute: [
            { name: 'sensor', type: 'S' },
            { name: 'at', type: 'S' },
          ],
          stream_enabled: true,
          stream_view_type: 'NEW_IMAGE',
        },
        averages: {
          name: '${local.prefix}-averages',
          billing_mode: 'PAY_PER_REQUEST',
          hash_key: 'sensor',
          attribute: [{ name: 'sensor', type: 'S' }],
        },
      },
      ...journal.resources,
      aws_cloudwatch_event_bus: { harvest: events.bus },
      aws_lambda_permission: { journal: journal.permission },
      aws_iam_role: {
        journal: journal.role,
        harvest: events.role,
        readings: { name: '${local.prefix}-readings', assume_role_policy: trusting('appsync.amazonaws.com') },
        averages_reader: {
          name: '${local.prefix}-averages-reader',
          assume_role_policy: trusting('appsync.amazonaws.com'),
        },
        averages: { name: '${local.prefix}-averages', assume_role_policy: trusting('lambda.amazonaws.com') },
        watering: { name: '${local.prefix}-watering', assume_role_policy: trusting('lambda.amazonaws.com') },
        alerts: { name: '${local.prefix}-alerts', assume_role_policy: trusting('lambda.amazonaws.com') },
        gardener: { name: '${local.prefix}-gardener', assume_role_policy: trusting('scheduler.amazonaws.com') },
        ...mail.roles,
      },
      // Readings above 40 degrees go into a queue, and from there to the function that notes them.
      aws_sqs_queue: {
        alerts: {
          name: '${local.prefix}-alerts',
          visibility_timeout_seconds: 60,
          redrive_policy: '{"deadLetterTargetArn":"${aws_sqs_queue.alerts_failed.arn}","maxReceiveCount":2}',
        },
        alerts_failed: { name: '${local.prefix}-alerts-failed', message_retention_seconds: 1209600 },
        // What functions have given up.
        failed: { name: '${local.prefix}-failed' },
        journal: journal.queue,
      },
      aws_sqs_queue_redrive_allow_policy: {
        alerts_failed: {
          queue_url: '${aws_sqs_queue.alerts_failed.id}',
          redrive_allow_policy: '{"redrivePermission":"byQueue","sourceQueueArns":["${aws_sqs_queue.alerts.arn}"]}',
        },
      },
      aws_sqs_queue_policy: {
        journal: journal.queuePolicy,
        alerts: {
          queue_url: '${aws_sqs_queue.alerts.url}',
          policy: JSON.stringify({
            Version: '2012-10-17',
            Statement: [
              {
                Effect: 'Allow',
                Principal: { Service: 'scheduler.amazonaws.com' },
                Action: 'sqs:SendMessage',
                Resource: '${aws_sqs_queue.alerts.arn}',
              },
            ],
          }),
        },
      },
      aws_iam_role_policy: {
        journal: journal.policy,
        harvest: events.policy,
        readings: {
          name: 'readings',
          role: '${aws_iam_role.readings.name}',
          policy: allowing({
            Action: ['dynamodb:PutItem', 'dynamodb:Query'],
            Resource: ['${aws_dynamodb_table.readings.arn}'],
          }),
        },
        averages_reader: {
          name: 'averages',
          role: '${aws_iam_role.averages_reader.name}',
          policy: allowing({ Action: ['dynamodb:GetItem'], Resource: ['${aws_dynamodb_table.averages.arn}'] }),
        },
        watering: {
          name: 'watering',
          role: '${aws_iam_role.watering.name}',
          policy: allowing(
            { Action: ['dynamodb:UpdateItem'], Resource: ['${aws_dynamodb_table.averages.arn}'] },
            { Action: ['sqs:SendMessage'], Resource: ['${aws_sqs_queue.failed.arn}'] },
          ),
        },
        alerts: {
          name: 'alerts',
          role: '${aws_iam_role.alerts.name}',
          policy: allowing(
            { Action: ['dynamodb:UpdateItem'], Resource: ['${aws_dynamodb_table.averages.arn}'] },
            {
              Action: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
              Resource: ['${aws_sqs_queue.alerts.arn}'],
            },
          ),
        },
        gardener: {
          name: 'gardener',
          role: '${aws_iam_role.gardener.name}',
          policy: allowing({ Action: ['lambda:InvokeFunction'], Resource: ['${aws_lambda_function.watering.arn}'] }),
        },
        averages: {
          name: 'averages',
          role: '${aws_iam_role.averages.name}',
          policy: allowing(
            { Action: ['dynamodb:UpdateItem'], Resource: ['${aws_dynamodb_table.averages.arn}'] },
            {
              Action: ['sqs:SendMessage'],
              Resource: ['${aws_sqs_queue.alerts.arn}', '${aws_sqs_queue.failed.arn}'],
            },
            {
              Action: ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'],
              Resource: ['${aws_dynamodb_table.readings.stream_arn}'],
            },
          ),
        },
        ...mail.policies,
      },
      aws_lambda_function: {
        journal: journal.function,
        alerts: {
          function_name: '${local.prefix}-alerts',
          filename: 'alerts.zip',
          handler: 'index.handler',
          runtime: 'nodejs24.x',
          role: '${aws_iam_role.alerts.arn}',
          timeout: 10,
          environment: { variables: { AVERAGES_TABLE: '${aws_dynamodb_table.averages.name}' } },
        },
        watering: {
          function_name: '${local.prefix}-watering',
          filename: 'watering.zip',
          handler: 'index.handler',
          runtime: 'nodejs24.x',
          role: '${aws_iam_role.watering.arn}',
          timeout: 10,
          memory_size: 256,
          environment: { variables: { AVERAGES_TABLE: '${aws_dynamodb_table.averages.name}' } },
        },
        ...mail.functions,
        averages: {
          function_name: '${local.prefix}-averages',
          filename: 'averages.zip',
          source_code_hash: '${filebase64sha256("${path.module}/averages.zip")}',
          handler: 'index.handler',
          runtime: 'nodejs24.x',
          role: '${aws_iam_role.averages.arn}',
          timeout: 10,
          memory_size: 256,
          environment: {
            variables: {
              AVERAGES_TABLE: '${aws_dynamodb_table.averages.name}',
              ALERTS_QUEUE_URL: '${aws_sqs_queue.alerts.url}',
            },
          },
        },
      },
      aws_lambda_function_event_invoke_config: {
        watering: {
          function_name: '${aws_lambda_function.watering.function_name}',
          maximum_retry_attempts: 1,
          destination_config: { on_failure: { destination: '${aws_sqs_queue.failed.arn}' } },
        },
      },
      aws_lambda_event_source_mapping: {
        averages: {
          event_source_arn: '${aws_dynamodb_table.readings.stream_arn}',
          function_name: '${aws_lambda_function.averages.arn}',
          starting_position: 'TRIM_HORIZON',
          filter_criteria: { filter: [{ pattern: '{"eventName":["INSERT"]}' }] },
          destination_config: { on_failure: { destination_arn: '${aws_sqs_queue.failed.arn}' } },
          function_response_types: ['ReportBatchItemFailures'],
        },
        alerts: {
          event_source_arn: '${aws_sqs_queue.alerts.arn}',
          function_name: '${aws_lambda_function.alerts.arn}',
          batch_size: 5,
          function_response_types: ['ReportBatchItemFailures'],
          scaling_config: { maximum_concurrency: 2 },
        },
      },
      aws_scheduler_schedule: {
        watering: {
          name: '${local.prefix}-watering',
          schedule_expression: 'cron(0 6,20 * * ? *)',
          schedule_expression_timezone: 'Europe/Berlin',
          flexible_time_window: { mode: 'OFF' },
          target: {
            arn: '${aws_lambda_function.watering.arn}',
            role_arn: '${aws_iam_role.gardener.arn}',
            input: '{"litres":2,"at":"<aws.scheduler.scheduled-time>"}',
            retry_policy: { maximum_retry_attempts: 3, maximum_event_age_in_seconds: 600 },
          },
        },
      },
      aws_appsync_graphql_api: {
        api: {
          name: '${local.prefix}',
          authentication_type: 'API_KEY',
          schema: literal(read('schema.graphql')),
          log_config: { cloudwatch_logs_role_arn: '${aws_iam_role.api_log.arn}', field_log_level: 'NONE' },
        },
      },
      aws_appsync_api_key: { key: { api_id: '${aws_appsync_graphql_api.api.id}', expires: '2099-01-01T00:00:00Z' } },
      aws_appsync_datasource: {
        readings: dataSource('readings', 'readings', 'readings'),
        averages: dataSource('averages', 'averages', 'averages_reader'),
        ...mail.dataSources,
        harvest: events.dataSource,
      },
      aws_appsync_resolver: {
        Query_readings: resolver('Query', 'readings', 'readings'),
        Query_average: resolver('Query', 'average', 'averages'),
        Mutation_record: resolver('Mutation', 'record', 'readings'),
        Mutation_warn: resolver('Mutation', 'warn', 'warnings'),
        Mutation_harvest: resolver('Mutation', 'harvest', 'harvest'),
      },
    },
    output: { account: { value: '${data.aws_caller_identity.me.account_id}' } },
  };
}

function dataSource(name: string, table: string, role: string) {
  return {
    api_id: '${aws_appsync_graphql_api.api.id}',
    name,
    type: 'AMAZON_DYNAMODB',
    service_role_arn: `\${aws_iam_role.${role}.arn}`,
    dynamodb_config: { table_name: `\${aws_dynamodb_table.${table}.name}` },
  };
}

function resolver(type: string, field: string, source: string) {
  return {
    api_id: '${aws_appsync_graphql_api.api.id}',
    type,
    field,
    data_source: `\${aws_appsync_datasource.${source}.name}`,
    code: literal(read(`${type}.${field}.js`)),
    runtime,
  };
}

/** Writes the application into a folder; `change` edits the Terraform first, to try what a mistake does. */
export async function writeGreenhouse(
  directory: string,
  change: (terraform: Greenhouse) => void = () => undefined,
): Promise<void> {
  const terraform = greenhouseTerraform();
  change(terraform);
  mkdirSync(directory, { recursive: true });
  for (const name of HANDLERS) writeFileSync(join(directory, `${name}.zip`), await handlerZip(name));
  writeFileSync(join(directory, 'main.tf.json'), JSON.stringify(terraform, null, 2));
}

const HANDLERS = ['averages', 'alerts', 'journal', 'watering', 'warnings'];
const zips = new Map<string, Promise<Uint8Array>>();

function handlerZip(name: string): Promise<Uint8Array> {
  const zip = zips.get(name) ?? bundle(name);
  zips.set(name, zip);
  return zip;
}

function bundle(name: string): Promise<Uint8Array> {
  return build({
    entryPoints: [join(folder, `${name}.mjs`)],
    bundle: true,
    write: false,
    platform: 'node',
    format: 'esm',
    target: 'node22',
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
  }).then(({ outputFiles }) => zipSync({ 'index.mjs': outputFiles[0]?.contents ?? new Uint8Array() }));
}
