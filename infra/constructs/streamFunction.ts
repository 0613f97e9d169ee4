import {
  type AppsyncGraphqlApi,
  type CloudwatchLogGroup,
  Construct,
  type DynamodbTable,
  type KmsKey,
  LambdaAlias,
  LambdaEventSourceMapping,
  type LambdaFunction,
  SqsQueue,
} from '../aws.ts';
import type { FunctionSpec, StreamSource } from '../functions.ts';
import { keyStatement, type Statement, tableStatement } from '../iamPolicy.ts';
import type { LambdaPackage } from '../lambdaPackages.ts';
import type { Stack } from '../stacks/stack.ts';
import type { TableKey } from '../tables.ts';
import { packagedFunction } from './packagedFunction.ts';

/**
 * Deliveries of a batch before its records are given up. A failing batch is halved, so that a record that always fails is
 * given up alone and holds up its shard for minutes, not for the day that the stream keeps it.
 */
const MAX_RETRIES = 10;

export interface StreamFunctionContext {
  readonly api: AppsyncGraphqlApi;
  readonly tables: Readonly<Record<TableKey, DynamodbTable>>;
  readonly tableArns: Readonly<Record<TableKey, string>>;
  /** Of tables and queues. */
  readonly key: KmsKey | undefined;
  readonly logKey: KmsKey | undefined;
  /** The deployment package and where it lies, relative to the stack's folder. */
  readonly package: LambdaPackage & { readonly path: string };
}

export interface StreamFunction {
  readonly lambda: LambdaFunction;
  readonly logGroup: CloudwatchLogGroup;
  /** Where batches are noted that were given up. */
  readonly failed: SqsQueue;
}

/** A handler with its role, its log group, the streams that feed it, and the queue of what it gave up. */
export function streamFunction(
  stack: Stack,
  key: string,
  spec: FunctionSpec,
  context: StreamFunctionContext,
): StreamFunction {
  const scope = new Construct(stack.group('stream functions'), key);
  const failed = givenUp(scope, stack, { key, encryptionKey: context.key });
  const { lambda, logGroup, policy } = packagedFunction(scope, stack, key, {
    package: context.package,
    statements: statements(spec, context, failed),
    environment: environment(stack, spec, context.api),
    memoryMegabytes: spec.memoryMegabytes ?? 256,
    timeoutSeconds: spec.timeoutSeconds ?? 30,
    key: context.key,
    logKey: context.logKey,
    versions: stack.config.switches.functionVersions,
  });
  const target = stack.config.switches.functionVersions ? live(scope, lambda).arn : lambda.arn;
  for (const source of spec.streams) {
    new LambdaEventSourceMapping(scope, source.table, {
      ...streamSettings(source),
      functionName: target,
      eventSourceArn: context.tables[source.table].streamArn,
      destinationConfig: { onFailure: { destinationArn: failed.arn } },
      // Lambda reads the stream with the function's role as soon as the mapping exists.
      dependsOn: [policy],
    });
  }
  return { lambda, logGroup, failed };
}

/**
 * The version that streams call. It follows each deployment; to take one back, or to try one on part of the batches, say so
 * to AWS (`aws lambda update-alias --routing-config`), which the next deployment leaves.
 */
function live(scope: Construct, lambda: LambdaFunction): LambdaAlias {
  return new LambdaAlias(scope, 'live', {
    name: 'live',
    functionName: lambda.functionName,
    functionVersion: lambda.version,
    lifecycle: { ignoreChanges: ['routing_config'] },
  });
}

/** A note for each batch that was given up: shard and sequence numbers, by which the stream gives it again for a day. */
function givenUp(
  scope: Construct,
  stack: Stack,
  { key, encryptionKey }: { readonly key: string; readonly encryptionKey: KmsKey | undefined },
): SqsQueue {
  return new SqsQueue(scope, 'failed', {
    name: stack.named(`${key}-failed`),
    messageRetentionSeconds: 14 * 24 * 3600,
    ...(encryptionKey ? { kmsMasterKeyId: encryptionKey.arn } : { sqsManagedSseEnabled: true }),
  });
}

function statements(
  { streams, grants, publishes = [] }: FunctionSpec,
  context: StreamFunctionContext,
  failed: SqsQueue,
): Statement[] {
  const streamArns = streams.map(({ table }) => context.tables[table].streamArn);
  return [
    { actions: ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'], resources: streamArns },
    // Lists the streams of a table, so it is asked about all of them.
    {
      actions: ['dynamodb:ListStreams'],
      resources: streams.map(({ table }) => `${context.tableArns[table]}/stream/*`),
    },
    ...grants.map((grant) => tableStatement(grant, context.tableArns)),
    { actions: ['sqs:SendMessage'], resources: [failed.arn] },
    ...(context.key ? [keyStatement(context.key.arn)] : []),
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
