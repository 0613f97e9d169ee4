import type { JsonObject } from '../../json.ts';
import { invalidParameter } from './errors.ts';
import {
  MAX_ATTRIBUTE_VALUE_LENGTH,
  MAX_CODE_LENGTH,
  MAX_DEVICE_NAME_LENGTH,
  MAX_LIST_LIMIT,
  MAX_TOKEN_LENGTH,
  MAX_USERNAME_LENGTH,
} from './limits.ts';

/** Readers of request members. They refuse what Cognito's model refuses, and never repeat a secret value. */

interface StringRule {
  readonly maximum: number;
  readonly pattern: RegExp;
}

const RULES = {
  Username: { maximum: MAX_USERNAME_LENGTH, pattern: /^[\p{L}\p{M}\p{S}\p{N}\p{P}]+$/u },
  ClientId: { maximum: 128, pattern: /^[\w+]+$/ },
  UserPoolId: { maximum: 55, pattern: /^[\w-]+_[0-9a-zA-Z]+$/ },
  GroupName: { maximum: 128, pattern: /^[\p{L}\p{M}\p{S}\p{N}\p{P}]+$/u },
  ConfirmationCode: { maximum: MAX_CODE_LENGTH, pattern: /^\S+$/ },
  Code: { maximum: MAX_CODE_LENGTH, pattern: /^\S+$/ },
  UserCode: { maximum: 6, pattern: /^[0-9]+$/ },
  FriendlyDeviceName: { maximum: MAX_DEVICE_NAME_LENGTH, pattern: /^/ },
} as const satisfies Record<string, StringRule>;

const ANY: StringRule = { maximum: MAX_TOKEN_LENGTH, pattern: /^/ };

/** A member that must be there; throws `InvalidParameterException` in the words of AWS's model validation. */
export function requireString(input: JsonObject, name: string): string {
  const value = optionalString(input, name);
  if (value === undefined) throw violated(name, 'Member must not be null', 'null ');
  if (value === '') throw violated(name, 'Member must have length greater than or equal to 1');
  return value;
}

export function optionalString(input: JsonObject, name: string): string | undefined {
  const value = Object.hasOwn(input, name) ? input[name] : undefined;
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string') throw violated(name, 'Member must be a string');
  const rule: StringRule = Object.hasOwn(RULES, name) ? RULES[name as keyof typeof RULES] : ANY;
  if (value.length > rule.maximum)
    throw violated(name, `Member must have length less than or equal to ${rule.maximum}`);
  if (!rule.pattern.test(value)) {
    throw violated(name, `Member must satisfy regular expression pattern: ${rule.pattern.source}`);
  }
  return value;
}

/** A structure inside the input. */
export function optionalObject(input: JsonObject, name: string): JsonObject | undefined {
  const value = Object.hasOwn(input, name) ? input[name] : undefined;
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'object' || Array.isArray(value)) throw violated(name, 'Member must be a structure');
  return value;
}

export function optionalBoolean(input: JsonObject, name: string): boolean {
  const value = Object.hasOwn(input, name) ? input[name] : undefined;
  if (value === undefined || value === null) return false;
  if (typeof value !== 'boolean') throw violated(name, 'Member must be a boolean');
  return value;
}

/** `Limit` or `MaxResults`: 0 to 60, where 0 and nothing mean 60. */
export function readLimit(input: JsonObject, name: string): number {
  const value = Object.hasOwn(input, name) ? input[name] : undefined;
  if (value === undefined || value === null || value === 0) return MAX_LIST_LIMIT;
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0) {
    throw violated(name, 'Member must have value greater than or equal to 0');
  }
  if (value > MAX_LIST_LIMIT) throw violated(name, `Member must have value less than or equal to ${MAX_LIST_LIMIT}`);
  return value;
}

export type StringMap = ReadonlyMap<string, string>;

/** A map of strings, as `AuthParameters` or `ClientMetadata`; empty when absent. */
export function readMap(input: JsonObject, name: string): StringMap {
  const value = Object.hasOwn(input, name) ? input[name] : undefined;
  if (value === undefined || value === null) return new Map();
  if (typeof value !== 'object' || Array.isArray(value)) throw violated(name, 'Member must be a map');
  const entries = Object.entries(value).filter(([, member]) => member !== null);
  return new Map(
    entries.map(([key, member]): [string, string] => {
      if (typeof member !== 'string') throw violated(name, 'Map value must be a string');
      if (member.length > MAX_TOKEN_LENGTH)
        throw violated(name, `Map value must not be longer than ${MAX_TOKEN_LENGTH}`);
      return [key, member];
    }),
  );
}

/** `[{Name, Value}]`; a later entry wins, an absent value is empty. */
export function readAttributes(input: JsonObject, name: string): StringMap {
  const value = Object.hasOwn(input, name) ? input[name] : undefined;
  if (value === undefined || value === null) return new Map();
  if (!Array.isArray(value)) throw violated(name, 'Member must be a list');
  return new Map(
    value.map((entry): [string, string] => {
      if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) {
        throw violated(name, 'List member must be a structure');
      }
      const attribute = requireString(entry, 'Name');
      const text = optionalString(entry, 'Value') ?? '';
      if (text.length > MAX_ATTRIBUTE_VALUE_LENGTH) {
        throw violated(name, `Member must have length less than or equal to ${MAX_ATTRIBUTE_VALUE_LENGTH}`);
      }
      return [attribute, text];
    }),
  );
}

export function readStrings(input: JsonObject, name: string): readonly string[] | undefined {
  const value = Object.hasOwn(input, name) ? input[name] : undefined;
  if (value === undefined || value === null) return undefined;
  if (!Array.isArray(value) || !value.every((member) => typeof member === 'string')) {
    throw violated(name, 'Member must be a list of strings');
  }
  return value;
}

/** A page token of ours: where the last page ended. */
export function readPageToken(input: JsonObject, name: string): string {
  const token = optionalString(input, name);
  if (token === undefined) return '';
  const bytes = Buffer.from(token, 'base64url');
  if (bytes.length === 0 || bytes.toString('base64url') !== token) {
    throw invalidParameter(name === 'PaginationToken' ? 'Invalid pagination token.' : 'Invalid next token.');
  }
  return bytes.toString('utf8');
}

export const writePageToken = (lastKey: string) => Buffer.from(lastKey).toString('base64url');

function violated(name: string, constraint: string, value = '') {
  const member = name.charAt(0).toLowerCase() + name.slice(1);
  return invalidParameter(
    `1 validation error detected: Value ${value}at '${member}' failed to satisfy constraint: ${constraint}`,
  );
}
