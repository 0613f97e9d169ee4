import {
  type AppsyncGraphqlApi,
  CloudwatchLogGroup,
  Construct,
  type DynamodbTable,
  IamRole,
  IamRolePolicy,
  LambdaEventSourceMapping,
  LambdaFunction,
} from '../aws.ts';
import type { FunctionSpec, StreamSource } from '../functions.ts';
import { allow, type Statement, tableStatement, trust } from '../iamPolicy.ts';
import type { LambdaPackage } from '../lambdaPackages.ts';
import type { Stack } from '../stacks/stack.ts';
import type { TableKey } from '../tables.ts';
import { writeLogs } from './graphqlApi.ts';

/**
 * Deliveries of a batch before its records are given up. A failing batch is halved, so that a record that always fails is
 * given up alone and holds up its shard for minutes, not for the day that the stream keeps it.
 */
const MAX_RETRIES = 10;

export interface StreamFunctionContext {
  readonly api: AppsyncGraphqlApi;
  readonly tables: Readonly<Record<TableKey, DynamodbTable>>;
  readonly tableArns: Readonly<Record<TableKey, string>>;
  /** The deployment package and where it lies, relative to the stack's folder. */
  readonly package: LambdaPackage & { readonly path: string };
}

/** A handler with its role, its log group and the streams that feed it. */
export function streamFunction(stack: Stack, key: string, spec: FunctionSpec, context: StreamFunctionContext): void {
  const scope = new Construct(stack.group('stream functions'), key);
  const functionName = stack.named(key);
  const logGroup = new CloudwatchLogGroup(scope, 'logs', {
    name: `/aws/lambda/${functionName}`,
    retentionInDays: stack.config.logRetentionDays,
  });
  const role = new IamRole(scope, 'role', {
    name: stack.named(`function-${key}`),
    assumeRolePolicy: trust('lambda.amazonaws.com'),
  });
  const policy = new IamRolePolicy(scope, 'policy', {
    name: 'function',
    role: role.name,
    policy: allow([writeLogs(logGroup), ...statements(spec, context)]),
  });
  const lambda = new LambdaFunction(scope, 'resource', {
    functionName,
    role: role.arn,
    handler: 'index.handler',
    runtime: 'nodejs24.x',
    architectures: ['arm64'],
    filename: context.package.path,
    sourceCodeHash: context.package.sourceCodeHash,
    memorySize: spec.memoryMegabytes ?? 256,
    timeout: spec.timeoutSeconds ?? 30,
    environment: { variables: environment(stack, spec, context.api) },
    loggingConfig: { logFormat: 'JSON', logGroup: logGroup.name },
  });
  for (const source of spec.streams) {
    new LambdaEventSourceMapping(scope, source.table, {
      ...streamSettings(source),
      functionName: lambda.arn,
      eventSourceArn: context.tables[source.table].streamArn,
      // Lambda reads the stream with the function's role as soon as the mapping exists.
      dependsOn: [policy],
    });
  }
}

function statements({ streams, grants, publishes = [] }: FunctionSpec, context: StreamFunctionContext): Statement[] {
  const streamArns = streams.map(({ table }) => context.tables[table].streamArn);
  return [
    { actions: ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'], resources: streamArns },
    // Lists the streams of a table, so it is asked about all of them.
    {
      actions: ['dynamodb:ListStreams'],
      resources: streams.map(({ table }) => `${context.tableArns[table]}/stream/*`),
    },
    ...grants.map((grant) => tableStatement(grant, context.tableArns)),
    ...(publishes.length > 0
      ? [
          {
            actions: ['appsync:GraphQL'],
            resources: publishes.map((field) => `${context.api.arn}/types/Mutation/fields/${field}`),
          },
        ]
      : []),
  ];
}

function environment(
  stack: Stack,
  { grants, publishes, environment: own }: FunctionSpec,
  api: AppsyncGraphqlApi,
): Record<string, string> {
  return {
    ...Object.fromEntries(grants.map(({ table }) => [`${table.toUpperCase()}_TABLE`, stack.named(table)])),
    ...(publishes ? { GRAPHQL_ENDPOINT: api.uris.lookup('GRAPHQL') } : {}),
    ...own,
  };
}

function streamSettings({ filters, batchSize, windowSeconds }: StreamSource) {
  return {
    startingPosition: 'TRIM_HORIZON',
    batchSize,
    maximumBatchingWindowInSeconds: windowSeconds,
    bisectBatchOnFunctionError: true,
    maximumRetryAttempts: MAX_RETRIES,
    functionResponseTypes: ['ReportBatchItemFailures'],
    filterCriteria: { filter: filters.map((filter) => ({ pattern: JSON.stringify(filter) })) },
  };
}
