import { getLocation, type ASTNode } from 'graphql';

export interface Location {
  readonly line: number;
  readonly column: number;
  readonly sourceName: null;
}

/** An entry of a request that was refused before execution. Members in the order AppSync prints them. */
export interface RequestErrorEntry {
  readonly path: null;
  readonly locations: readonly Location[] | null;
  readonly message: string;
}

/** An entry of a field that went wrong in its resolver or its authorization. */
export interface FieldErrorEntry {
  readonly path: readonly (string | number)[];
  readonly data: unknown;
  readonly errorType: string | null;
  readonly errorInfo: unknown;
  readonly locations: readonly Location[];
  readonly message: string;
}

/** An entry of a value that does not fit its type. */
export interface ValueErrorEntry {
  readonly path: readonly (string | number)[];
  readonly locations: null;
  readonly message: string;
}

/** An entry of a request that a limit of the API refused. */
export interface LimitErrorEntry {
  readonly path: null;
  readonly data: null;
  readonly errorType: string;
  readonly errorInfo: null;
  readonly locations: null;
  readonly message: string;
}

export type ErrorEntry = RequestErrorEntry | FieldErrorEntry | ValueErrorEntry | LimitErrorEntry;

export function requestError(message: string, locations: readonly Location[] | null): RequestErrorEntry {
  return { path: null, locations, message };
}

export function limitError(errorType: string, message: string): LimitErrorEntry {
  return { path: null, data: null, errorType, errorInfo: null, locations: null, message };
}

export function locationOf(node: ASTNode): Location {
  const { line, column } =
    node.loc === undefined ? { line: 0, column: 0 } : getLocation(node.loc.source, node.loc.start);
  return { line, column, sourceName: null };
}

/** Where a value stands in the response: a linked list, so that a path costs nothing until an error needs it. */
export interface Path {
  readonly parent: Path | undefined;
  readonly key: string | number;
}

export function pathArray(path: Path | undefined): (string | number)[] {
  const keys: (string | number)[] = [];
  for (let at = path; at !== undefined; at = at.parent) keys.push(at.key);
  return keys.reverse();
}

/** As graphql-java prints it: `/posts/items[3]/title`. */
export function pathText(path: Path | undefined): string {
  return pathArray(path)
    .map((key) => (typeof key === 'number' ? `[${key}]` : `/${key}`))
    .join('');
}
