import type {
  MappingDeclaration,
  QueueMappingDeclaration,
  StreamMappingDeclaration,
} from '../definitions/eventSourceMappings.ts';
import { faultyQueue } from '../faults/queues.ts';
import { shardsOf, streamFaults, together } from '../faults/streams.ts';
import { ConfigurationError } from '../resources/resourceType.ts';
import {
  createQueueMapping,
  createStreamMapping,
  DEFAULT_CONCURRENCY,
  type FunctionDefinition,
  type QueueMapping,
  type StreamMapping,
} from '../services/lambda/index.ts';
import { mappedQueue } from './mappedQueue.ts';
import type { SystemDefinition } from './readSystem.ts';
import type { Services } from './services.ts';

interface RunningMapping {
  readonly mapping: StreamMapping | QueueMapping;
  /** Tells whether the declaration, or what it was made with, has changed. */
  readonly version: string;
}

/** Event source mappings by their Terraform address. */
export type RunningMappings = ReadonlyMap<string, RunningMapping>;

/**
 * Starts what is new or changed and stops what is gone; an unchanged mapping goes on without a pause. When one is refused, those
 * that were started are stopped; `resumeMappings` starts those that were stopped for them.
 */
export async function applyMappings(
  services: Services,
  definition: SystemDefinition,
  before: RunningMappings,
): Promise<RunningMappings> {
  const running = new Map<string, RunningMapping>();
  const started: RunningMapping['mapping'][] = [];
  try {
    for (const declaration of definition.mappings) {
      const version = versionOf(declaration, definition);
      const known = before.get(declaration.address);
      if (known?.version === version) {
        running.set(declaration.address, known);
        continue;
      }
      await known?.mapping.stop();
      const mapping = createMapping(services, definition, declaration);
      await mapping.start();
      started.push(mapping);
      running.set(declaration.address, { mapping, version });
    }
  } catch (error) {
    await Promise.all(started.map((mapping) => mapping.stop()));
    throw error;
  }
  for (const [address, { mapping }] of before) {
    if (!running.has(address)) await mapping.stop();
  }
  return running;
}

/** Starts again what was stopped for a version that was then refused. */
export async function resumeMappings(mappings: RunningMappings): Promise<void> {
  for (const { mapping } of mappings.values()) await mapping.start();
}

function versionOf(declaration: MappingDeclaration, { functions, queues }: SystemDefinition): string {
  const target = functions.find(({ arn }) => arn === declaration.functionArn);
  const queue = declaration.source === 'queue' && queues.find(({ arn }) => arn === declaration.queueArn);
  return JSON.stringify([
    declaration,
    target && [target.principal, target.timeoutSeconds, target.reservedConcurrency],
    queue && queue.visibilityTimeoutSeconds,
  ]);
}

function createMapping(
  services: Services,
  definition: SystemDefinition,
  declaration: MappingDeclaration,
): StreamMapping | QueueMapping {
  const target = definition.functions.find(({ arn }) => arn === declaration.functionArn);
  if (!target) throw oneEndMissing(declaration.address, declaration.functionArn);
  return declaration.source === 'stream'
    ? streamMapping(services, declaration, { target, tables: definition.tables })
    : queueMapping(services, declaration, target);
}

function streamMapping(
  { lambda, dynamodb, sqs, checkpoints, clock, iam, faults, log }: Services,
  declaration: StreamMappingDeclaration,
  { target, tables }: { target: FunctionDefinition; tables: SystemDefinition['tables'] },
): StreamMapping {
  const { functionName, arn, principal } = target;
  const tableName = /:table\/([^/]+)\/stream\//.exec(declaration.streamArn)?.[1];
  const table = tables.find(({ name }) => name === tableName);
  if (!table) throw oneEndMissing(declaration.address, declaration.streamArn);
  const partitionKey = table.key.partition.name;
  const shards = shardsOf(dynamodb.stream(table.name), { count: faults.shards, partitionKey });
  const mappings = shards.map((stream, shard) =>
    createStreamMapping({
      lambda,
      functionName,
      functionArn: arn,
      sendToQueue: (queueArn, message, sender) => sqs.send(queueArn, message, { principal: sender }),
      stream,
      checkpoints,
      mapping: shard === 0 ? declaration : { ...declaration, mappingId: `${declaration.mappingId}#${shard}` },
      clock,
      authorizer: iam,
      principal,
      faults: streamFaults(faults, declaration.address),
      onLog: ({ message }) => log(message),
    }),
  );
  return together(mappings);
}

function queueMapping(
  { lambda, sqs, clock, iam, faults, log }: Services,
  declaration: QueueMappingDeclaration,
  { functionName, principal, timeoutSeconds, reservedConcurrency }: FunctionDefinition,
): QueueMapping {
  return createQueueMapping({
    lambda,
    functionName,
    fed: { timeoutSeconds, concurrency: reservedConcurrency ?? DEFAULT_CONCURRENCY },
    queue: faultyQueue(mappedQueue(sqs.source(declaration.queueArn)), faults),
    mapping: declaration,
    clock,
    authorizer: iam,
    principal,
    onLog: ({ message }) => log(message),
  });
}

function oneEndMissing(address: string, arn: string): ConfigurationError {
  return new ConfigurationError(`${address} needs ${arn}, which the Terraform does not have.`);
}

/**
 * Resolves when nothing is left to process, including what processing wrote. What waits for a time of the local clock, as a
 * retry, a delay or a message that comes back, is not waited for: that clock may stand still.
 */
export async function settle(
  { dynamodb, lambda, scheduler, sqs, s3 }: Services,
  { tables }: SystemDefinition,
  mappings: RunningMappings,
): Promise<void> {
  const streams = tables.filter(({ stream }) => stream !== null).map(({ name }) => dynamodb.stream(name));
  const written = (): string => [...streams.map((stream) => stream.latestSequenceNumber()), s3.latestEvent()].join();
  const running = [...mappings.values()].map(({ mapping }) => mapping);
  const isIdle = (): boolean =>
    lambda.isIdle() && running.every((mapping) => !('isIdle' in mapping) || mapping.isIdle());
  let before: string;
  do {
    before = written();
    await scheduler.idle();
    await s3.idle();
    await lambda.idle();
    await sqs.idle();
    await Promise.all(running.map((mapping) => mapping.idle()));
    // What the last batches have left to be run.
    await lambda.idle();
  } while (written() !== before || !isIdle());
}
