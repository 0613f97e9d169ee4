import type { Account } from '../aws/account.ts';
import type { IdMaker } from '../data/ids.ts';
import type { JsonObject, JsonValue } from '../json.ts';
import type { EvaluatedResource } from '../terraform/index.ts';

/** What the attributes of a resource may depend on beside its arguments. */
export interface AttributeContext {
  readonly account: Account;
  readonly makeId: IdMaker;
  readonly endpoints: Endpoints;
}

/** Where this process listens; AWS host names in attributes become these. */
export interface Endpoints {
  /** `http://localhost:4000/graphql` */
  readonly graphql: string;
  /** `ws://localhost:4000/graphql/realtime` */
  readonly realtime: string;
  /** `http://127.0.0.1:4001` */
  readonly aws: string;
}

export interface DeclaredResource {
  readonly type: string;
  readonly name: string;
  readonly address: string;
  readonly args: JsonObject;
}

/** One row of the table of resource types in `supported.ts`. */
export interface ResourceType {
  /** `runs`: it does here what it does on AWS. `inert`: it is accepted and does nothing, for the reason given. */
  readonly status: 'runs' | 'inert';
  /** What runs it, or why nothing needs to. */
  readonly note: string;
  /** Who declares or calls it; an entry that nobody needs is removed. */
  readonly neededBy: 'infra' | 'test application' | 'infra, test application';
  /** The attributes that are known after apply; merged over the arguments for references. */
  attributes(resource: DeclaredResource, context: AttributeContext): JsonObject;
}

/** A resource with references resolved; `attributes` are its arguments and, over them, what AWS adds. */
export type ResolvedResource = EvaluatedResource;

/** Reads arguments of a resource with an error that names its address. */
export function argumentsOf(resource: DeclaredResource) {
  const { args, address } = resource;
  const wrong = (name: string, expected: string): never => {
    throw new ConfigurationError(`${address}.${name} must be ${expected}, not ${JSON.stringify(args[name] ?? null)}`);
  };
  return {
    string(name: string): string {
      const value = args[name];
      return typeof value === 'string' ? value : wrong(name, 'a string');
    },
    optionalString(name: string): string | undefined {
      const value = args[name];
      if (value === undefined || value === null) return undefined;
      return typeof value === 'string' ? value : wrong(name, 'a string');
    },
    number(name: string, fallback: number): number {
      const value = args[name];
      if (value === undefined || value === null) return fallback;
      const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
      return typeof number === 'number' && Number.isFinite(number) ? number : wrong(name, 'a number');
    },
    boolean(name: string, fallback: boolean): boolean {
      const value = args[name];
      if (value === undefined || value === null) return fallback;
      return typeof value === 'boolean' ? value : wrong(name, 'true or false');
    },
    strings(name: string): string[] {
      return asList(args[name]).map((value) => (typeof value === 'string' ? value : wrong(name, 'a list of strings')));
    },
    /** Blocks, which JSON may write as one object or as a list of them. */
    blocks(name: string): JsonObject[] {
      return asList(args[name]).map((value) => (isObject(value) ? value : wrong(name, 'a block')));
    },
    block(name: string): JsonObject | undefined {
      return this.blocks(name)[0];
    },
    stringMap(name: string): Record<string, string> {
      const value = args[name];
      if (value === undefined || value === null) return {};
      if (!isObject(value)) return wrong(name, 'a map of strings');
      return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, String(entry)]));
    },
  };
}

/** The Terraform says something that cannot be run here; the message names the address. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
}

export function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function asList(value: JsonValue | undefined): JsonValue[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}
