import type { JsonObject, JsonValue } from '../../json.ts';
import { describe, isObject } from '../jsonFile.ts';
import { ExpressionError } from './syntax.ts';

/** Terraform turns numbers and booleans into strings, and back, where the other is wanted. Nothing else converts. */
export function toText(value: JsonValue | undefined, what: string): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new ExpressionError(`${what} must be a string, not ${describe(value)}`);
}

export function toNumber(value: JsonValue | undefined, what: string): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'string' && /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(value)) return Number(value);
  throw new ExpressionError(
    `${what} must be a number, not ${typeof value === 'string' ? `"${value}"` : describe(value)}`,
  );
}

export function toBoolean(value: JsonValue | undefined, what: string): boolean {
  if (typeof value === 'boolean') return value;
  if (value === 'true' || value === 'false') return value === 'true';
  throw new ExpressionError(
    `${what} must be true or false, not ${typeof value === 'string' ? `"${value}"` : describe(value)}`,
  );
}

export function toList(value: JsonValue | undefined, what: string): readonly JsonValue[] {
  if (Array.isArray(value)) return value;
  throw new ExpressionError(`${what} must be a list, not ${describe(value)}`);
}

export function toObject(value: JsonValue | undefined, what: string): JsonObject {
  if (isObject(value)) return value;
  throw new ExpressionError(`${what} must be a map, not ${describe(value)}`);
}

/** By value. Terraform compares types too: `"1" == 1` is false. */
export function equal(left: JsonValue | undefined, right: JsonValue | undefined): boolean {
  if (left === right) return true;
  if (Array.isArray(left) || Array.isArray(right)) {
    if (!Array.isArray(left) || !Array.isArray(right) || left.length !== right.length) return false;
    return left.every((item, index) => equal(item, right[index]));
  }
  if (!isObject(left) || !isObject(right)) return false;
  const keys = Object.keys(left);
  return (
    keys.length === Object.keys(right).length &&
    keys.every((key) => Object.hasOwn(right, key) && equal(left[key], right[key]))
  );
}

/** Terraform's maps are in the order of their keys, by code point. */
export function sortedKeys(object: JsonObject): string[] {
  return Object.keys(object).sort(compareText);
}

export function compareText(left: string, right: string): number {
  return Buffer.compare(Buffer.from(left), Buffer.from(right));
}

/** As Terraform's `jsonencode` writes it: keys in order, no white space, and what HTML would read escaped. */
export function encodeJson(value: JsonValue): string {
  if (Array.isArray(value)) return `[${value.map(encodeJson).join(',')}]`;
  if (isObject(value)) {
    return `{${sortedKeys(value)
      .map((key) => `${encodeJson(key)}:${encodeJson(value[key] ?? null)}`)
      .join(',')}}`;
  }
  return JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
