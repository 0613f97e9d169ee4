import type { JsonObject } from '../json.ts';
import { argumentsOf, ConfigurationError, isObject, type ResolvedResource } from '../resources/resourceType.ts';
import type { FunctionDefinition } from '../services/lambda/index.ts';
import { functionLogging } from './functionLogging.ts';
import { asynchronousConfiguration } from './asynchronous.ts';
import { type KnownLayers, layerSettings } from './layers.ts';
import { principalOfRole } from './principals.ts';
import { refuseArguments } from './refuseArguments.ts';
import type { ResourceSet } from './resourceSet.ts';

export function functionDefinitions(
  resources: ResourceSet,
  readAsset: (resource: ResolvedResource, path: string) => Uint8Array,
  knownLayers: KnownLayers,
): FunctionDefinition[] {
  return resources.ofType('aws_lambda_function').map((resource) => {
    const read = argumentsOf(resource);
    const packageType = read.optionalString('package_type') ?? 'Zip';
    if (packageType !== 'Zip') {
      throw new ConfigurationError(
        `${resource.address}: package_type ${packageType} is not emulated by @hiroba/local: use a zip.`,
      );
    }
    refuseArguments(resource, ['vpc_config', 'file_system_config']);
    const layers = layerSettings(resource, knownLayers);
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
      asynchronous: asynchronousConfiguration(resources, resource),
      principal: principalOfRole(resources, read.string('role'), `${resource.address}.role`),
      ...(concurrency < 0 ? {} : { reservedConcurrency: concurrency }),
      ...(layers && { layers }),
      ...functionLogging(resource),
    };
  });
}

function environment(resource: ResolvedResource, block: JsonObject | undefined): Record<string, string> {
  const variables = block?.['variables'];
  if (variables === undefined || variables === null) return {};
  if (!isObject(variables)) throw new ConfigurationError(`${resource.address}.environment.variables must be a map`);
  return Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, String(value)]));
}
