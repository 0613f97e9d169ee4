import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { allowing, literal, trusting } from '../../application/terraform.ts';

/** Resolvers as AWS's samples write them, in our words: one of each kind, with the Terraform that they run in. */

const read = (name: string): string => readFileSync(join(import.meta.dirname, name), 'utf8');
const code = (name: string): string => read(`code/${name}.js`);

/** Type, field and data source; a pipeline has none. */
const UNITS = [
  ['Query', 'getTodo', 'todos'],
  ['Query', 'todosOfOwner', 'todos'],
  ['Query', 'todosByIds', 'todos'],
  ['Query', 'secret', 'none'],
  ['Query', 'forecast', 'weather'],
  ['Query', 'gauges', 'none'],
  ['Query', 'search', 'search'],
  ['Query', 'invoices', 'invoices'],
  ['Query', 'invoiceCount', 'invoices'],
  ['Mutation', 'createTodo', 'todos'],
  ['Mutation', 'updateTodo', 'todos'],
  ['Mutation', 'deleteTodo', 'todos'],
  ['Mutation', 'swapOwners', 'todos'],
  ['Mutation', 'announce', 'none'],
  ['Mutation', 'tellTodo', 'bus'],
  ['Subscription', 'onAnnounce', 'none'],
  ['Gauge', 'reading', 'gauges'],
] as const;

const api = { api_id: '${aws_appsync_graphql_api.api.id}' };
const withCode = (name: string) => ({
  code: literal(code(name)),
  runtime: { name: 'APPSYNC_JS', runtime_version: '1.0.0' },
});
const step = (name: string) => ({
  ...api,
  name,
  data_source: '${aws_appsync_datasource.none.name}',
  ...withCode(name),
});

export function idiomsTerraform(weatherEndpoint: string) {
  const bus = 'arn:aws:events:us-east-1:123456789012:event-bus/default';
  const role = { service_role_arn: '${aws_iam_role.api.arn}' };
  const units = UNITS.map(([type, field, source]) => [
    `${type}_${field}`,
    { ...api, type, field, data_source: `\${aws_appsync_datasource.${source}.name}`, ...withCode(field) },
  ]);
  return {
    provider: { aws: [{ region: 'us-east-1' }] },
    resource: {
      aws_dynamodb_table: {
        todos: {
          name: 'Todos',
          billing_mode: 'PAY_PER_REQUEST',
          hash_key: 'id',
          attribute: ['id', 'owner', 'createdAt'].map((name) => ({ name, type: 'S' })),
          global_secondary_index: [
            { name: 'byOwner', hash_key: 'owner', range_key: 'createdAt', projection_type: 'ALL' },
          ],
        },
      },
      aws_iam_role: {
        api: { name: 'api', assume_role_policy: trusting('appsync.amazonaws.com') },
        gauges: { name: 'gauges', assume_role_policy: trusting('lambda.amazonaws.com') },
      },
      aws_iam_role_policy: {
        api: {
          name: 'api',
          role: '${aws_iam_role.api.name}',
          policy: allowing(
            {
              Action: ['GetItem', 'PutItem', 'UpdateItem', 'DeleteItem', 'Query', 'BatchGetItem'].map(
                (action) => `dynamodb:${action}`,
              ),
              Resource: ['${aws_dynamodb_table.todos.arn}', '${aws_dynamodb_table.todos.arn}/index/byOwner'],
            },
            { Action: ['lambda:InvokeFunction'], Resource: ['${aws_lambda_function.gauges.arn}'] },
            { Action: ['events:PutEvents'], Resource: [bus] },
          ),
        },
      },
      aws_lambda_function: {
        gauges: {
          function_name: 'gauges',
          filename: 'gauges.zip',
          handler: 'index.handler',
          runtime: 'nodejs24.x',
          role: '${aws_iam_role.gauges.arn}',
        },
      },
      aws_appsync_graphql_api: {
        api: { name: 'idioms', authentication_type: 'API_KEY', schema: literal(read('schema.graphql')) },
      },
      aws_appsync_api_key: { key: { ...api, expires: '2099-01-01T00:00:00Z' } },
      aws_appsync_datasource: {
        none: { ...api, name: 'none', type: 'NONE' },
        todos: {
          ...api,
          ...role,
          name: 'todos',
          type: 'AMAZON_DYNAMODB',
          dynamodb_config: { table_name: '${aws_dynamodb_table.todos.name}' },
        },
        gauges: {
          ...api,
          ...role,
          name: 'gauges',
          type: 'AWS_LAMBDA',
          lambda_config: { function_arn: '${aws_lambda_function.gauges.arn}' },
        },
        weather: {
          ...api,
          ...role,
          name: 'weather',
          type: 'HTTP',
          http_config: {
            endpoint: weatherEndpoint,
            authorization_config: {
              authorization_type: 'AWS_IAM',
              aws_iam_config: { signing_region: 'us-east-1', signing_service_name: 'execute-api' },
            },
          },
        },
        bus: {
          ...api,
          ...role,
          name: 'bus',
          type: 'AMAZON_EVENTBRIDGE',
          event_bridge_config: { event_bus_arn: bus },
        },
        search: { ...api, ...role, name: 'search', type: 'AMAZON_OPENSEARCH_SERVICE' },
        invoices: { ...api, ...role, name: 'invoices', type: 'RELATIONAL_DATABASE' },
      },
      aws_appsync_function: { planShort: step('planShort'), planLong: step('planLong') },
      aws_appsync_resolver: {
        ...Object.fromEntries(units),
        Query_plan: {
          ...api,
          type: 'Query',
          field: 'plan',
          kind: 'PIPELINE',
          pipeline_config: {
            functions: [
              '${aws_appsync_function.planShort.function_id}',
              '${aws_appsync_function.planLong.function_id}',
            ],
          },
          ...withCode('plan'),
        },
      },
    },
  };
}

/** One reading for each gauge of the batch; the third is broken. */
const GAUGES = `exports.handler = async (batch) => batch.map(({ gauge }, index) =>
  gauge === 'c' ? { errorMessage: 'no reading' } : { data: batch.length + index / 10 });`;

export function writeIdioms(folder: string, weatherEndpoint: string): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'gauges.zip'), zipSync({ 'index.js': Buffer.from(GAUGES) }));
  writeFileSync(join(folder, 'main.tf.json'), JSON.stringify(idiomsTerraform(weatherEndpoint), null, 2));
}
