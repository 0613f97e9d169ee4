import { AwsError, NotEmulated } from '../../aws/error.ts';
import type { JsonObject } from '../../json.ts';

export const invalid = (message: string): AwsError => new AwsError('ValidationException', message);

export function text(input: JsonObject, name: string): string {
  const value = input[name];
  if (typeof value === 'string' && value !== '') return value;
  throw invalid(`${name} must be a string that is not empty`);
}

export function optionalText(input: JsonObject, name: string): string | undefined {
  return input[name] === undefined || input[name] === null ? undefined : text(input, name);
}

export function flag(input: JsonObject, name: string): boolean {
  const value = input[name] ?? false;
  if (typeof value === 'boolean') return value;
  throw invalid(`${name} must be true or false`);
}

export function refuse(input: JsonObject, names: readonly string[]): void {
  for (const name of names) {
    const value = input[name];
    if (value === undefined || value === null || (Array.isArray(value) && value.length === 0)) continue;
    throw new NotEmulated(`ssm: ${name}`);
  }
}
