import {
  type AppsyncGraphqlApi,
  type CloudwatchLogGroup,
  Construct,
  type DynamodbTable,
  type IamRolePolicy,
  type KmsKey,
  LambdaAlias,
  LambdaEventSourceMapping,
  type LambdaFunction,
  LambdaFunctionRecursionConfig,
  SqsQueue,
} from '../aws.ts';
import type { BucketKey } from '../buckets.ts';
import type { FunctionSpec, StreamSource } from '../functions.ts';
import type { LambdaPackage } from '../lambdaPackages.ts';
import type { RungSwitches } from '../rungs.ts';
import type { Stack } from '../stacks/stack.ts';
import type { TableKey } from '../tables.ts';
import { functionEnvironment, functionStatements } from './functionRights.ts';
import { packagedFunction } from './packagedFunction.ts';
import type { WorkQueue } from './workQueue.ts';

/**
 * Deliveries of a batch before its records are given up. A failing batch is halved, so that a record that always fails is
 * given up alone and holds up its shard for minutes, not for the day that the stream keeps it.
 */
const MAX_RETRIES = 10;

export const DEFAULT_TIMEOUT_SECONDS = 30;

export interface BackendFunctionContext {
  readonly api: AppsyncGraphqlApi;
  readonly tables: Readonly<Record<TableKey, DynamodbTable>>;
  readonly tableArns: Readonly<Record<TableKey, string>>;
  readonly buckets: Readonly<Record<BucketKey, { readonly bucket: string; readonly arn: string }>>;
  readonly members: { readonly id: string; readonly arn: string };
  /** By the key of the function that works on them. */
  readonly queues: ReadonlyMap<string, WorkQueue>;
  /** Of tables, buckets and queues. */
  readonly key: KmsKey | undefined;
  readonly logKey: KmsKey | undefined;
  /** The deployment package and where it lies, relative to the stack's folder. */
  readonly package: LambdaPackage & { readonly path: string };
}

export interface BackendFunction {
  readonly lambda: LambdaFunction;
  /** What calls it names this: the function, or its version in use. */
  readonly target: { readonly arn: string };
  /** Of the version in use; undefined at rungs without versions. */
  readonly alias: LambdaAlias | undefined;
  readonly logGroup: CloudwatchLogGroup;
  /** Where batches of a stream are noted that were given up; undefined when it follows none. */
  readonly failed: SqsQueue | undefined;
}

/** A handler with its role, its log group, what feeds it, and the queue of what it gave up. */
export function backendFunction(
  stack: Stack,
  key: string,
  spec: FunctionSpec,
  context: BackendFunctionContext,
): BackendFunction {
  const scope = new Construct(stack.group('functions'), key);
  const { streams = [] } = spec;
  const failed = streams.length > 0 ? givenUp(scope, stack, { key, encryptionKey: context.key }) : undefined;
  const { lambda, logGroup, policy } = packagedFunction(scope, stack, key, {
    package: context.package,
    statements: functionStatements(stack, key, spec, { ...context, failed }),
    environment: functionEnvironment(stack, key, spec, context),
    memoryMegabytes: spec.memoryMegabytes ?? 256,
    timeoutSeconds: spec.timeoutSeconds ?? DEFAULT_TIMEOUT_SECONDS,
    key: context.key,
    logKey: context.logKey,
    versions: stack.config.switches.functionVersions,
    layers: (spec.layers ?? []).map((layer) => stack.config.layers[layer](stack.accountId)),
  });
  const alias = stack.config.switches.functionVersions ? live(scope, lambda) : undefined;
  const target = alias ?? lambda;
  if (failed) followStreams(scope, streams, { ...context, target, policy, failed });
  if (spec.sends?.includes(key)) goesOn(scope, lambda);
  const queue = context.queues.get(key);
  if (queue) workOn(scope, queue, { target, policy, switches: stack.config.switches });
  return { lambda, target, alias, logGroup, failed };
}

/**
 * The version that is called. It follows each deployment; to take one back, or to try one on part of the batches, say so
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

/**
 * Work cut into messages, each of which sends the next, looks to Lambda like an endless loop, which it ends after some 16
 * rounds. https://docs.aws.amazon.com/lambda/latest/dg/invocation-recursion.html
 */
function goesOn(scope: Construct, { functionName }: LambdaFunction): void {
  new LambdaFunctionRecursionConfig(scope, 'recursion', { functionName, recursiveLoop: 'Allow' });
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

interface Fed {
  readonly target: { readonly arn: string };
  /** Lambda reads with the function's role as soon as a mapping exists. */
  readonly policy: IamRolePolicy;
}

function followStreams(
  scope: Construct,
  streams: readonly StreamSource[],
  { target, policy, failed, tables }: Fed & Pick<BackendFunctionContext, 'tables'> & { readonly failed: SqsQueue },
): void {
  for (const source of streams) {
    new LambdaEventSourceMapping(scope, source.table, {
      ...streamSettings(source),
      functionName: target.arn,
      eventSourceArn: tables[source.table].streamArn,
      destinationConfig: { onFailure: { destinationArn: failed.arn } },
      dependsOn: [policy],
    });
  }
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

function workOn(
  scope: Construct,
  { queue, source }: WorkQueue,
  { target, policy, switches }: Fed & { readonly switches: RungSwitches },
): void {
  const { batchSize, windowSeconds } = source;
  const concurrency = typeof source.concurrency === 'string' ? switches[source.concurrency] : source.concurrency;
  new LambdaEventSourceMapping(scope, 'work', {
    functionName: target.arn,
    eventSourceArn: queue.arn,
    batchSize,
    ...(windowSeconds === undefined ? {} : { maximumBatchingWindowInSeconds: windowSeconds }),
    functionResponseTypes: ['ReportBatchItemFailures'],
    ...(concurrency === undefined ? {} : { scalingConfig: { maximumConcurrency: concurrency } }),
    dependsOn: [policy],
  });
}
