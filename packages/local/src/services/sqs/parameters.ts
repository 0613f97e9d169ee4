import { AwsError } from '../../aws/error.ts';
import type { JsonObject, JsonValue } from '../../json.ts';
import { invalidValue, missingParameter } from './errors.ts';

/** Readers of an operation's input. They throw `AwsError`: `MissingRequiredParameterException`, `SerializationException`. */

export function optionalText(input: JsonObject, name: string): string | undefined {
  const value = present(input, name);
  if (value === undefined || typeof value === 'string') return value;
  throw wrongType(value, 'String');
}

/** An empty text is as good as none for SQS. */
export function text(input: JsonObject, name: string): string {
  const value = optionalText(input, name);
  if (value === undefined || value === '') throw missingParameter(name);
  return value;
}

/** A whole number within a range; `reason` is SQS's sentence for one that is not. */
export interface IntegerRange {
  readonly min: number;
  readonly max: number;
  readonly reason: string;
}

export function optionalInteger(input: JsonObject, name: string, range: IntegerRange): number | undefined {
  const value = present(input, name);
  if (value === undefined) return undefined;
  if (typeof value !== 'number' || !Number.isInteger(value)) throw wrongType(value, 'Integer');
  if (value < range.min || value > range.max) throw invalidValue(name, value, range.reason);
  return value;
}

export function optionalMap(input: JsonObject, name: string): JsonObject {
  const value = present(input, name);
  if (value === undefined) return {};
  if (!isMap(value)) throw wrongType(value, 'Map');
  return value;
}

export function texts(input: JsonObject, name: string): readonly string[] {
  return list(input, name).map((value) => {
    if (typeof value !== 'string') throw wrongType(value, 'String');
    return value;
  });
}

export function maps(input: JsonObject, name: string): readonly JsonObject[] {
  return list(input, name).map((value) => {
    if (!isMap(value)) throw wrongType(value, 'Map');
    return value;
  });
}

function list(input: JsonObject, name: string): readonly JsonValue[] {
  const value = present(input, name) ?? [];
  if (!Array.isArray(value)) throw wrongType(value, 'List');
  return value;
}

function present(input: JsonObject, name: string): JsonValue | undefined {
  return Object.hasOwn(input, name) ? (input[name] ?? undefined) : undefined;
}

function isMap(value: JsonValue): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function wrongType(value: JsonValue, wanted: string): AwsError {
  const found = Array.isArray(value) ? 'LIST' : typeof value === 'object' ? 'MAP' : (typeof value).toUpperCase();
  return new AwsError('SerializationException', `${found}_VALUE can not be converted to ${article(wanted)} ${wanted}`);
}

const article = (word: string): string => (/^[AEIOU]/.test(word) ? 'an' : 'a');
