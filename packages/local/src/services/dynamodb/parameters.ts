import type { JsonObject, JsonValue } from '../../json.ts';
import { NotEmulated } from '../../aws/error.ts';
import { serializationError, validationError } from './errors.ts';

/** What one parameter may be, besides absent. */
export interface Parameter {
  readonly type: 'string' | 'boolean' | 'integer' | 'map' | 'list';
  readonly required?: true;
  readonly oneOf?: readonly string[];
  /** Least value of an integer, or least length. */
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: RegExp;
}

export type Parameters = Readonly<Record<string, Parameter>>;

const NAME = /^[a-zA-Z0-9_.-]+$/;
/** A name, or the ARN that AWS accepts in its place since 2024. */
const NAME_OR_ARN = /^(?:arn:aws:dynamodb:[a-z0-9-]+:\d{12}:table\/)?[a-zA-Z0-9_.-]+$/;

export const TABLE_NAME: Parameter = { type: 'string', required: true, min: 1, max: 1024, pattern: NAME_OR_ARN };
export const NEW_TABLE_NAME: Parameter = { type: 'string', required: true, min: 3, max: 255, pattern: NAME };
export const INDEX_NAME: Parameter = { type: 'string', min: 3, max: 255, pattern: NAME };
export const TEXT: Parameter = { type: 'string' };
export const FLAG: Parameter = { type: 'boolean' };
export const MAP: Parameter = { type: 'map' };
export const REQUIRED_MAP: Parameter = { type: 'map', required: true };
export const EXPRESSION_MAPS: Parameters = { ExpressionAttributeNames: MAP, ExpressionAttributeValues: MAP };
export const CAPACITY: Parameters = {
  ReturnConsumedCapacity: { type: 'string', oneOf: ['INDEXES', 'TOTAL', 'NONE'] },
};
export const COLLECTION_METRICS: Parameters = {
  ReturnItemCollectionMetrics: { type: 'string', oneOf: ['SIZE', 'NONE'] },
};
export const SELECT: Parameter = {
  type: 'string',
  oneOf: ['SPECIFIC_ATTRIBUTES', 'COUNT', 'ALL_ATTRIBUTES', 'ALL_PROJECTED_ATTRIBUTES'],
};
export const RETURN_VALUES: Parameter = {
  type: 'string',
  oneOf: ['ALL_NEW', 'UPDATED_OLD', 'ALL_OLD', 'NONE', 'UPDATED_NEW'],
};
export const RETURN_ON_FAILURE: Parameter = { type: 'string', oneOf: ['ALL_OLD', 'NONE'] };

/** Parameters of the API before expressions (developerguide/LegacyConditionalParameters). */
const LEGACY = [
  'AttributesToGet',
  'AttributeUpdates',
  'ConditionalOperator',
  'Expected',
  'KeyConditions',
  'QueryFilter',
  'ScanFilter',
] as const;

/**
 * Checks an input's parameters by their table and returns the input without the members that are null, which AWS takes
 * for absent. `path` names where a nested input lies in AWS's messages.
 */
export function checkParameters(given: JsonValue | undefined, parameters: Parameters, path = ''): JsonObject {
  const input = withoutNulls(given);
  let faults: string[] | undefined;
  for (const name in parameters) {
    const fault = checkParameter(input[name], parameters[name] as Parameter, path + lowerFirst(name));
    if (fault) (faults ??= []).push(fault);
  }
  if (faults) {
    const plural = faults.length > 1 ? 's' : '';
    throw validationError(`${faults.length} validation error${plural} detected: ${faults.join('; ')}`);
  }
  for (const name of LEGACY) {
    if (input[name] !== undefined) throw new NotEmulated(`DynamoDB's legacy parameter ${name}`);
  }
  return input;
}

function withoutNulls(given: JsonValue | undefined): JsonObject {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    throw serializationError('Unexpected field type');
  }
  for (const name in given) {
    if (given[name] !== null) continue;
    return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null));
  }
  return given;
}

function checkParameter(value: JsonValue | undefined, parameter: Parameter, path: string): string | null {
  if (value === undefined) {
    return parameter.required ? fault(null, path, 'Member must not be null') : null;
  }
  checkType(value, parameter);
  if (parameter.oneOf && !parameter.oneOf.includes(value as string)) {
    return fault(value, path, `Member must satisfy enum value set: [${parameter.oneOf.join(', ')}]`);
  }
  const { min, max, pattern } = parameter;
  if (min === undefined && max === undefined) return null;
  const extent = extentOf(value);
  const what = typeof value === 'number' ? 'value' : 'length';
  if (min !== undefined && extent < min) {
    return fault(value, path, `Member must have ${what} greater than or equal to ${min}`);
  }
  if (max !== undefined && extent > max) {
    return fault(value, path, `Member must have ${what} less than or equal to ${max}`);
  }
  if (pattern && !pattern.test(value as string)) {
    return fault(value, path, 'Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+');
  }
  return null;
}

function checkType(value: JsonValue, { type }: Parameter): void {
  const found = Array.isArray(value) ? 'list' : typeof value === 'object' ? 'map' : typeof value;
  if (type === 'integer' ? Number.isSafeInteger(value) : found === type) return;
  const wanted = { string: 'String', boolean: 'Boolean', integer: 'Integer', map: 'Map', list: 'List' }[type];
  throw serializationError(`${found.toUpperCase()}_VALUE cannot be converted to ${wanted}`);
}

function extentOf(value: JsonValue): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'string' || Array.isArray(value)) return value.length;
  return Object.keys(value as JsonObject).length;
}

function fault(value: JsonValue, path: string, constraint: string): string {
  const shown = value === null ? 'null' : `'${typeof value === 'object' ? JSON.stringify(value) : String(value)}'`;
  return `Value ${shown} at '${path}' failed to satisfy constraint: ${constraint}`;
}

function lowerFirst(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}
