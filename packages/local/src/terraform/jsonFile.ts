import { readFileSync } from 'node:fs';
import type { JsonObject, JsonValue } from '../json.ts';
import { TerraformError } from './error.ts';
import { firstInvalidPosition } from './jsonPosition.ts';

/** The JSON object in a file; a `TerraformError` with line and column when it is not one. */
export function readJsonObject(file: string): JsonObject {
  const text = readText(file);
  const value = parse(text, file);
  if (!isObject(value)) throw new TerraformError(`${file} must hold a JSON object, not ${describe(value)}.`, { file });
  return value;
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new TerraformError(`${file} cannot be read: ${reasonOf(error)}. Synthesize the Terraform first.`, { file });
  }
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT') return 'it does not exist';
  if (code === 'EISDIR') return 'it is a folder';
  if (code === 'EACCES') return 'its permissions forbid it';
  return error instanceof Error ? error.message : String(error);
}

function parse(text: string, file: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    const position = firstInvalidPosition(text);
    const before = text.slice(0, position).split('\n');
    const [line, column] = [before.length, (before.at(-1)?.length ?? 0) + 1];
    const reason =
      position === text.length ? 'it ends too early' : `unexpected ${JSON.stringify(text.charAt(position))}`;
    throw new TerraformError(
      `${file}:${line}:${column} is not valid JSON: ${reason}. Synthesize it again; do not edit it by hand.`,
      { file, line, column },
    );
  }
}

export function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** `a string`, `a list`: a JSON value's kind in a sentence. */
export function describe(value: JsonValue | undefined): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
