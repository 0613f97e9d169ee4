import type { JsonObject } from '../json.ts';
import { argumentsOf, ConfigurationError, isObject, type ResolvedResource } from '../resources/resourceType.ts';
import type { FunctionDefinition } from '../services/lambda/index.ts';
import { principalOfRole } from './principals.ts';
import type { ResourceSet } from './resourceSet.ts';

export function functionDefinitions(
  resources: ResourceSet,
  readAsset: (resource: ResolvedResource, path: string) => Uint8Array,
): FunctionDefinition[] {
  return resources.ofType('aws_lambda_function').map((resource) => {
    const read = argumentsOf(resource);
    const packageType = read.optionalString('package_type') ?? 'Zip';
    if (packageType !== 'Zip') {
      throw new ConfigurationError(
        `${resource.address}: package_type ${packageType} is not emulated by @hiroba/local: use a zip.`,
      );
    }
    refuse(resource, ['layers', 'vpc_config', 'file_system_config']);
    const concurrency = read.number('reserved_concurrent_executions', -1);
    return {
      functionName: read.string('function_name'),
      arn: String(resource.attributes['arn']),
      address: resource.address,
      code: readAsset(resource, read.string('filename')),
      handler: read.string('handler'),
      runtime: read.string('runtime'),
      environment: environment(resource, read.block('environment')),
      timeoutSeconds: read.number('timeout', 3),
      memoryMegabytes: read.number('memory_size', 128),
      principal: principalOfRole(resources, read.string('role'), `${resource.address}.role`),
      ...(concurrency < 0 ? {} : { reservedConcurrency: concurrency }),
    };
  });
}

function environment(resource: ResolvedResource, block: JsonObject | undefined): Record<string, string> {
  const variables = block?.['variables'];
  if (variables === undefined || variables === null) return {};
  if (!isObject(variables)) throw new ConfigurationError(`${resource.address}.environment.variables must be a map`);
  return Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, String(value)]));
}

/** A stream as the source of a function's events. */
export interface MappingDeclaration {
  readonly mappingId: string;
  readonly address: string;
  readonly functionArn: string;
  readonly streamArn: string;
  readonly batchSize: number;
  readonly maximumBatchingWindowInSeconds: number;
  readonly startingPosition: 'TRIM_HORIZON' | 'LATEST';
  /** JSON texts of event patterns. */
  readonly filterPatterns: readonly string[];
  readonly functionResponseTypes: readonly string[];
  /** -1: until the record expires. */
  readonly maximumRetryAttempts: number;
  /** -1: no limit. */
  readonly maximumRecordAgeInSeconds: number;
  readonly bisectBatchOnFunctionError: boolean;
  readonly parallelizationFactor: number;
}

export function mappingDeclarations(resources: ResourceSet): MappingDeclaration[] {
  const functions = callableNames(resources);
  return resources
    .ofType('aws_lambda_event_source_mapping')
    .filter((resource) => argumentsOf(resource).boolean('enabled', true))
    .map((resource) => mapping(resource, functions));
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

function mapping(resource: ResolvedResource, functions: ReadonlyMap<string, string>): MappingDeclaration {
  const read = argumentsOf(resource);
  const streamArn = read.string('event_source_arn');
  if (!/^arn:aws:dynamodb:[^:]+:\d+:table\/[^/]+\/stream\//.test(streamArn)) {
    throw new ConfigurationError(
      `${resource.address}.event_source_arn: only streams of DynamoDB are emulated, not ${streamArn}.`,
    );
  }
  refuse(resource, ['tumbling_window_in_seconds']);
  const named = read.string('function_name');
  const functionArn = functions.get(named);
  if (!functionArn)
    throw new ConfigurationError(`${resource.address}.function_name is "${named}", which is no aws_lambda_function.`);
  return {
    mappingId: String(resource.attributes['uuid']),
    address: resource.address,
    functionArn,
    streamArn,
    batchSize: read.number('batch_size', 100),
    maximumBatchingWindowInSeconds: read.number('maximum_batching_window_in_seconds', 0),
    startingPosition: read.optionalString('starting_position') === 'TRIM_HORIZON' ? 'TRIM_HORIZON' : 'LATEST',
    filterPatterns: filterPatterns(resource),
    functionResponseTypes: read.strings('function_response_types'),
    maximumRetryAttempts: read.number('maximum_retry_attempts', -1),
    maximumRecordAgeInSeconds: read.number('maximum_record_age_in_seconds', -1),
    bisectBatchOnFunctionError: read.boolean('bisect_batch_on_function_error', false),
    parallelizationFactor: read.number('parallelization_factor', 1),
  };
}

function filterPatterns(resource: ResolvedResource): string[] {
  const criteria = argumentsOf(resource).block('filter_criteria');
  if (!criteria) return [];
  return argumentsOf({ ...resource, args: criteria })
    .blocks('filter')
    .map(({ pattern }) => String(pattern));
}

/** What would be ignored here and matters on AWS stops the start. */
function refuse(resource: ResolvedResource, names: readonly string[]): void {
  for (const name of names) {
    const value = resource.args[name];
    if (value === undefined || value === null || (Array.isArray(value) && value.length === 0)) continue;
    throw new ConfigurationError(`${resource.address}.${name} is not emulated by @hiroba/local.`);
  }
}
