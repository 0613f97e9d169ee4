import { MappingTemplateError } from './dataSource.ts';

export type RequestObject = Readonly<Record<string, unknown>>;

/** The request as an object with known members only; `allowed` are the members besides `operation` and `version`. */
export function requestObject(value: unknown, allowed: readonly string[], path = '$'): RequestObject {
  const object = objectAt(value, path);
  for (const [key, member] of Object.entries(object)) {
    // `version` is a leftover of mapping templates that JavaScript resolvers may still send.
    const known = allowed.includes(key) || (path === '$' && (key === 'version' || key === 'operation'));
    if (!known && member !== undefined) throw new MappingTemplateError(`Unsupported element '${path}[${key}]'.`);
  }
  return object;
}

export function objectAt(value: unknown, path: string): RequestObject {
  if (value === null || value === undefined) throw missing(path);
  if (typeof value !== 'object' || Array.isArray(value)) throw wrongKind(path, 'an object');
  return value as RequestObject;
}

export function arrayAt(value: unknown, path: string): readonly unknown[] {
  if (value === null || value === undefined) throw missing(path);
  if (!Array.isArray(value)) throw wrongKind(path, 'a list');
  return value;
}

export function stringAt(value: unknown, path: string): string {
  if (value === null || value === undefined) throw missing(path);
  if (typeof value !== 'string') throw wrongKind(path, 'a string');
  return value;
}

/** Null counts as absent, as in `nextToken: ctx.args.nextToken`. */
export function optional<T>(value: unknown, path: string, read: (value: unknown, path: string) => T): T | undefined {
  return value === null || value === undefined ? undefined : read(value, path);
}

export function integerAt(value: unknown, path: string): number {
  if (typeof value !== 'number' || !Number.isInteger(value)) throw wrongKind(path, 'an integer');
  return value;
}

export function booleanAt(value: unknown, path: string): boolean {
  if (typeof value !== 'boolean') throw wrongKind(path, 'a boolean');
  return value;
}

const missing = (path: string) => new MappingTemplateError(`Value for field '${path}' not found.`);
const wrongKind = (path: string, kind: string) =>
  new MappingTemplateError(`Value for field '${path}' must be ${kind}.`);
