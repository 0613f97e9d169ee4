import { argumentsOf, ConfigurationError, isObject, type ResolvedResource } from '../resources/resourceType.ts';
import {
  MAX_VALUE_CHARACTERS,
  nameProblem,
  PARAMETER_TYPES,
  type ParameterDefinition,
  type ParameterType,
  type Tier,
} from '../services/ssm/index.ts';
import type { ResourceSet } from './resourceSet.ts';

export function parameterDefinitions(resources: ResourceSet): ParameterDefinition[] {
  return resources.ofType('aws_ssm_parameter').map(parameter);
}

function parameter(resource: ResolvedResource): ParameterDefinition {
  const read = argumentsOf(resource);
  refuseOther(resource);
  const name = read.string('name');
  const problem = nameProblem(name);
  if (problem !== null) throw new ConfigurationError(`${resource.address}.name ${problem}, not "${name}".`);
  const type = oneOf(resource, 'type', PARAMETER_TYPES);
  const tier = read.optionalString('tier') === undefined ? 'Standard' : oneOf(resource, 'tier', TIERS);
  return {
    name,
    address: resource.address,
    type,
    value: valueOf(resource, type, tier),
    description: read.optionalString('description') ?? '',
    tier,
    keyArn: type === 'SecureString' ? keyArn(resource) : null,
    tags: read.stringMap('tags'),
    keepsChanges: ignoresChanges(resource),
  };
}

const TIERS = Object.keys(MAX_VALUE_CHARACTERS) as Tier[];

function oneOf<T extends string>(resource: ResolvedResource, argument: string, allowed: readonly T[]): T {
  const text = argumentsOf(resource).string(argument);
  const found = allowed.find((each) => each === text);
  if (found !== undefined) return found;
  throw new ConfigurationError(`${resource.address}.${argument} must be one of ${allowed.join(', ')}, not "${text}".`);
}

/** `value_wo` is a value that Terraform's state does not keep; the JSON has it all the same. */
const VALUES = ['value', 'insecure_value', 'value_wo'] as const;

function valueOf(resource: ResolvedResource, type: ParameterType, tier: Tier): string {
  const read = argumentsOf(resource);
  const values = VALUES.map((name) => read.optionalString(name)).filter((value) => value !== undefined);
  const [value] = values;
  if (value === undefined || value === '' || values.length > 1) {
    throw new ConfigurationError(`${resource.address} must have exactly one of ${VALUES.join(', ')}, and not empty.`);
  }
  if (type === 'SecureString' && read.optionalString('insecure_value') !== undefined) {
    throw new ConfigurationError(`${resource.address}.insecure_value is not for a SecureString: use value.`);
  }
  if (value.length > MAX_VALUE_CHARACTERS[tier]) {
    throw new ConfigurationError(
      `${resource.address}: a value of the tier ${tier} has up to ${MAX_VALUE_CHARACTERS[tier]} characters.`,
    );
  }
  return value;
}

function keyArn(resource: ResolvedResource): string | null {
  const key = argumentsOf(resource).optionalString('key_id');
  if (key === undefined || key === 'alias/aws/ssm') return null;
  if (/^arn:aws:kms:[^:]+:\d{12}:key\//.test(key)) return key;
  throw new ConfigurationError(`${resource.address}.key_id must be the ARN of a key here, not "${key}".`);
}

function refuseOther(resource: ResolvedResource): void {
  const read = argumentsOf(resource);
  if (read.optionalString('allowed_pattern') !== undefined) {
    throw new ConfigurationError(`${resource.address}.allowed_pattern is not emulated by @hiroba/local.`);
  }
  const dataType = read.optionalString('data_type') ?? 'text';
  if (dataType === 'text') return;
  throw new ConfigurationError(`${resource.address}.data_type "${dataType}" is not emulated by @hiroba/local.`);
}

/** `lifecycle { ignore_changes = [value] }`, or `all`. Terraform JSON writes names as text. */
function ignoresChanges({ meta }: ResolvedResource): boolean {
  const lifecycle = Array.isArray(meta.lifecycle) ? meta.lifecycle[0] : meta.lifecycle;
  const ignored = isObject(lifecycle) ? [lifecycle['ignore_changes'] ?? []].flat() : [];
  return ignored.some((name) => name === 'all' || VALUES.some((value) => value === name));
}
