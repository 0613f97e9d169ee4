import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { zipSync } from 'fflate';

/**
 * A second application, unrelated to the backend: sensors in a greenhouse. Hand-written Terraform JSON in one folder, without
 * cdktf's manifest, so that the runtime is seen to depend on neither.
 */
export type Greenhouse = ReturnType<typeof greenhouseTerraform>;

const folder = join(import.meta.dirname, 'greenhouse');
const read = (name: string): string => readFileSync(join(folder, name), 'utf8');
const runtime = { name: 'APPSYNC_JS', runtime_version: '1.0.0' };
/** Terraform reads `${` in any string as the start of an expression. */
const literal = (text: string): string => text.replaceAll('${', () => '$${').replaceAll('%{', () => '%%{');

const trusting = (service: string): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: service } }],
  });

const allowing = (...statements: readonly { Action: string[]; Resource: string[] }[]): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: statements.map((statement) => ({ Effect: 'Allow', ...statement })),
  });

export function greenhouseTerraform() {
  return {
    terraform: { required_providers: { aws: { source: 'hashicorp/aws', version: '~> 6.0' } } },
    provider: { aws: [{ region: 'eu-central-1' }] },
    data: { aws_caller_identity: { me: {} } },
    locals: { prefix: 'greenhouse' },
    resource: {
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
      aws_iam_role: {
        readings: { name: '${local.prefix}-readings', assume_role_policy: trusting('appsync.amazonaws.com') },
        averages_reader: {
          name: '${local.prefix}-averages-reader',
          assume_role_policy: trusting('appsync.amazonaws.com'),
        },
        averages: { name: '${local.prefix}-averages', assume_role_policy: trusting('lambda.amazonaws.com') },
      },
      aws_iam_role_policy: {
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
        averages: {
          name: 'averages',
          role: '${aws_iam_role.averages.name}',
          policy: allowing(
            { Action: ['dynamodb:UpdateItem'], Resource: ['${aws_dynamodb_table.averages.arn}'] },
            {
              Action: ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'],
              Resource: ['${aws_dynamodb_table.readings.stream_arn}'],
            },
          ),
        },
      },
      aws_lambda_function: {
        averages: {
          function_name: '${local.prefix}-averages',
          filename: 'averages.zip',
          source_code_hash: '${filebase64sha256("${path.module}/averages.zip")}',
          handler: 'index.handler',
          runtime: 'nodejs24.x',
          role: '${aws_iam_role.averages.arn}',
          timeout: 10,
          memory_size: 256,
          environment: { variables: { AVERAGES_TABLE: '${aws_dynamodb_table.averages.name}' } },
        },
      },
      aws_lambda_event_source_mapping: {
        averages: {
          event_source_arn: '${aws_dynamodb_table.readings.stream_arn}',
          function_name: '${aws_lambda_function.averages.arn}',
          starting_position: 'TRIM_HORIZON',
          filter_criteria: { filter: [{ pattern: '{"eventName":["INSERT"]}' }] },
          function_response_types: ['ReportBatchItemFailures'],
        },
      },
      aws_appsync_graphql_api: {
        api: { name: '${local.prefix}', authentication_type: 'API_KEY', schema: literal(read('schema.graphql')) },
      },
      aws_appsync_api_key: { key: { api_id: '${aws_appsync_graphql_api.api.id}', expires: '2099-01-01T00:00:00Z' } },
      aws_appsync_datasource: {
        readings: dataSource('readings', 'readings', 'readings'),
        averages: dataSource('averages', 'averages', 'averages_reader'),
      },
      aws_appsync_resolver: {
        Query_readings: resolver('Query', 'readings', 'readings'),
        Query_average: resolver('Query', 'average', 'averages'),
        Mutation_record: resolver('Mutation', 'record', 'readings'),
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
  writeFileSync(join(directory, 'averages.zip'), await handlerZip());
  writeFileSync(join(directory, 'main.tf.json'), JSON.stringify(terraform, null, 2));
}

let zip: Promise<Uint8Array> | undefined;

function handlerZip(): Promise<Uint8Array> {
  zip ??= build({
    entryPoints: [join(folder, 'averages.mjs')],
    bundle: true,
    write: false,
    platform: 'node',
    format: 'esm',
    target: 'node22',
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
  }).then(({ outputFiles }) => zipSync({ 'index.mjs': outputFiles[0]?.contents ?? new Uint8Array() }));
  return zip;
}
