import { NotEmulated } from '../../aws/error.ts';
import type { JsonObject } from '../../json.ts';
import { invalidParameter } from './errors.ts';

export function optionalText(input: JsonObject, name: string): string | undefined {
  const value = input[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string' && value !== '') return value;
  throw invalidParameter(`${name} must be a string that is not empty`);
}

export function text(input: JsonObject, name: string): string {
  const value = optionalText(input, name);
  if (value === undefined) throw invalidParameter(`${name} must be given`);
  return value;
}

/** A whole number within bounds, or the fallback. */
export function whole(
  input: JsonObject,
  name: string,
  { from = 0, to = Number.MAX_SAFE_INTEGER, fallback }: { from?: number; to?: number; fallback: number },
): number {
  const value = input[name] ?? fallback;
  if (value === fallback) return fallback;
  if (typeof value === 'number' && Number.isInteger(value) && value >= from && value <= to) return value;
  throw invalidParameter(`${name} must be a whole number between ${from} and ${to}`);
}

export function texts(input: JsonObject, name: string): readonly string[] | undefined {
  const value = input[name];
  if (value === undefined || value === null) return undefined;
  if (Array.isArray(value) && value.length > 0 && value.every((each) => typeof each === 'string')) return value;
  throw invalidParameter(`${name} must be a list of strings`);
}

export function refuse(input: JsonObject, names: readonly string[]): void {
  for (const name of names) {
    if (input[name] !== undefined && input[name] !== null && input[name] !== false)
      throw new NotEmulated(`logs: ${name}`);
  }
}

/** The name in `logGroupName`, or in `logGroupIdentifier`, which may be an ARN. */
export function groupName(input: JsonObject): string {
  const identifier = optionalText(input, 'logGroupIdentifier');
  if (identifier === undefined) return text(input, 'logGroupName');
  if (optionalText(input, 'logGroupName') !== undefined) {
    throw invalidParameter('Give logGroupName or logGroupIdentifier, not both');
  }
  return /^arn:[^:]*:logs:[^:]*:[^:]*:log-group:([^:]+)/.exec(identifier)?.[1] ?? identifier;
}
