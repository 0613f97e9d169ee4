import { argumentsOf, ConfigurationError, type ResolvedResource } from '../resources/resourceType.ts';
import { destination } from './asynchronous.ts';
import { refuseArguments } from './refuseArguments.ts';
import type { ResourceSet } from './resourceSet.ts';

export type MappingDeclaration = StreamMappingDeclaration | QueueMappingDeclaration;

interface CommonDeclaration {
  readonly mappingId: string;
  readonly address: string;
  readonly functionArn: string;
  readonly batchSize: number;
  readonly maximumBatchingWindowInSeconds: number;
  /** JSON texts of event patterns. */
  readonly filterPatterns: readonly string[];
  readonly functionResponseTypes: readonly string[];
}

/** A stream as the source of a function's events. */
export interface StreamMappingDeclaration extends CommonDeclaration {
  readonly source: 'stream';
  readonly streamArn: string;
  readonly startingPosition: 'TRIM_HORIZON' | 'LATEST';
  /** -1: until the record expires. */
  readonly maximumRetryAttempts: number;
  /** -1: no limit. */
  readonly maximumRecordAgeInSeconds: number;
  readonly bisectBatchOnFunctionError: boolean;
  readonly parallelizationFactor: number;
  /** Where records go that are given up; null: nowhere. */
  readonly onFailureQueueArn: string | null;
}

/** A queue as the source of a function's events. */
export interface QueueMappingDeclaration extends CommonDeclaration {
  readonly source: 'queue';
  readonly queueArn: string;
  /** Null: no limit of its own. */
  readonly maximumConcurrency: number | null;
}

const STREAM_ARN = /^arn:aws:dynamodb:[^:]+:\d+:table\/[^/]+\/stream\//;
const QUEUE_ARN = /^arn:aws:sqs:[^:]+:\d+:[^:]+$/;

export function mappingDeclarations(resources: ResourceSet): MappingDeclaration[] {
  const functions = callableNames(resources);
  return resources
    .ofType('aws_lambda_event_source_mapping')
    .filter((resource) => argumentsOf(resource).boolean('enabled', true))
    .map((resource) => mapping(resource, resources, functions));
}

/** What a mapping may call a function by, to its ARN: ARN, name, or an alias, which is its newest version here. */
function callableNames(resources: ResourceSet): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const { attributes } of resources.ofType('aws_lambda_function')) {
    const arn = String(attributes['arn']);
    names.set(arn, arn).set(String(attributes['function_name']), arn);
  }
  for (const alias of resources.ofType('aws_lambda_alias')) {
    const arn = names.get(argumentsOf(alias).string('function_name'));
    if (!arn) throw new ConfigurationError(`${alias.address}.function_name is no aws_lambda_function.`);
    names.set(String(alias.attributes['arn']), arn);
  }
  return names;
}

function mapping(
  resource: ResolvedResource,
  resources: ResourceSet,
  functions: ReadonlyMap<string, string>,
): MappingDeclaration {
  const read = argumentsOf(resource);
  const sourceArn = read.string('event_source_arn');
  const named = read.string('function_name');
  const functionArn = functions.get(named);
  if (!functionArn)
    throw new ConfigurationError(`${resource.address}.function_name is "${named}", which is no aws_lambda_function.`);
  if (STREAM_ARN.test(sourceArn)) {
    const onFailureQueueArn = destination(resources, resource, 'on_failure', 'destination_arn');
    return { ...streamMapping(resource, sourceArn, functionArn), onFailureQueueArn };
  }
  if (!QUEUE_ARN.test(sourceArn)) {
    throw new ConfigurationError(
      `${resource.address}.event_source_arn: only streams of DynamoDB and queues of SQS are emulated, not ${sourceArn}.`,
    );
  }
  resources.find('aws_sqs_queue', 'arn', sourceArn, `${resource.address}.event_source_arn`);
  return queueMapping(resource, sourceArn, functionArn);
}

function streamMapping(
  resource: ResolvedResource,
  streamArn: string,
  functionArn: string,
): Omit<StreamMappingDeclaration, 'onFailureQueueArn'> {
  refuseArguments(resource, ['tumbling_window_in_seconds', 'scaling_config']);
  const read = argumentsOf(resource);
  return {
    source: 'stream',
    streamArn,
    ...common(resource, functionArn),
    batchSize: read.number('batch_size', 100),
    startingPosition: read.optionalString('starting_position') === 'TRIM_HORIZON' ? 'TRIM_HORIZON' : 'LATEST',
    maximumRetryAttempts: read.number('maximum_retry_attempts', -1),
    maximumRecordAgeInSeconds: read.number('maximum_record_age_in_seconds', -1),
    bisectBatchOnFunctionError: read.boolean('bisect_batch_on_function_error', false),
    parallelizationFactor: read.number('parallelization_factor', 1),
  };
}

/** What only streams have: AWS refuses it for a queue, whose own redrive policy says when a message is given up. */
const ONLY_STREAMS = [
  'starting_position',
  'starting_position_timestamp',
  'maximum_retry_attempts',
  'maximum_record_age_in_seconds',
  'bisect_batch_on_function_error',
  'parallelization_factor',
  'tumbling_window_in_seconds',
  'destination_config',
] as const;

function queueMapping(resource: ResolvedResource, queueArn: string, functionArn: string): QueueMappingDeclaration {
  refuseArguments(resource, ['provisioned_poller_config']);
  const read = argumentsOf(resource);
  const misplaced = ONLY_STREAMS.find((name) => isGiven(resource, name));
  if (misplaced !== undefined) {
    throw new ConfigurationError(
      `${resource.address}.${misplaced} is for streams; its source is the queue ${queueArn}.`,
    );
  }
  const scaling = read.block('scaling_config');
  const maximum = scaling && argumentsOf({ ...resource, args: scaling }).number('maximum_concurrency', 0);
  return {
    source: 'queue',
    queueArn,
    ...common(resource, functionArn),
    batchSize: read.number('batch_size', 10),
    maximumConcurrency: maximum || null,
  };
}

function isGiven({ args }: ResolvedResource, name: string): boolean {
  const value = args[name];
  return value !== undefined && value !== null && value !== false && !(Array.isArray(value) && value.length === 0);
}

function common(resource: ResolvedResource, functionArn: string): Omit<CommonDeclaration, 'batchSize'> {
  const read = argumentsOf(resource);
  return {
    mappingId: String(resource.attributes['uuid']),
    address: resource.address,
    functionArn,
    maximumBatchingWindowInSeconds: read.number('maximum_batching_window_in_seconds', 0),
    filterPatterns: filterPatterns(resource),
    functionResponseTypes: read.strings('function_response_types'),
  };
}

function filterPatterns(resource: ResolvedResource): string[] {
  const criteria = argumentsOf(resource).block('filter_criteria');
  if (!criteria) return [];
  return argumentsOf({ ...resource, args: criteria })
    .blocks('filter')
    .map(({ pattern }) => String(pattern));
}
