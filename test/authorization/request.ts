import type { Principal } from './principals.ts';
import type { World } from './world.ts';

/** What is asked, and where in `data` the answer to the row's question is. */
export interface Request {
  readonly document: string;
  readonly path: readonly string[];
  /** The question is whether a list, or the nodes of a connection, have one with this id. */
  readonly entry?: string;
}

/** Made for each cell, so that a cell may have things of its own to change. */
export type Ask = (world: World, who: Principal) => Request | Promise<Request>;

/** By the field, as `Post.likers`, then by what the table says of it. */
export type Requests = Readonly<Record<string, Readonly<Record<string, Ask>>>>;

/** `path` is dotted: `post.likers`. */
export function query(selection: string, path: string, entry?: string): Request {
  const found = { document: `query { ${selection} }`, path: path.split('.') };
  return entry === undefined ? found : { ...found, entry };
}

/** `call` is a root field with its arguments and without a selection; the answer is its payload. */
export function mutation(call: string): Request {
  return { document: `mutation { ${call} { userErrors { code } } }`, path: [fieldOf(call)] };
}

/** A mutation of the workers, which has no payload; `selection` in braces, and `path` below the field. */
export function publication(call: string, selection = '{ id }', path = ''): Request {
  return {
    document: `mutation { ${call} ${selection} }`,
    path: [fieldOf(call), ...path.split('.').filter((name) => name !== '')],
  };
}

const fieldOf = (call: string): string => /^\w+/.exec(call)?.[0] ?? '';
