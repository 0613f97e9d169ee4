/** AppSync's limits. https://docs.aws.amazon.com/appsync/latest/APIReference/API_CachingConfig.html */
export const MAX_CACHING_KEYS = 25;
export const MIN_TTL_SECONDS = 1;
export const MAX_TTL_SECONDS = 3_600;

/** What keys can be made of. */
export interface KeyContext {
  readonly arguments: unknown;
  readonly source: unknown;
  readonly identity: unknown;
}

/** One entry of `caching_keys`. */
export interface CachingKey {
  /** In one spelling: `arguments.id` for `$context.arguments.id` and for `ctx.args.id`. */
  readonly name: string;
  read(context: KeyContext): unknown;
}

const KEY = /^\$?(?:context|ctx)\.(arguments|args|source|identity)((?:\.\w+)*)$/;

/** Undefined: not a key that AppSync knows. Documentation and samples spell keys in all of these ways. */
export function cachingKey(text: string): CachingKey | undefined {
  const [, map, path = ''] = KEY.exec(text) ?? [];
  if (map === undefined) return undefined;
  const root = map === 'args' ? 'arguments' : (map as keyof KeyContext);
  const members = path.split('.').slice(1);
  return { name: [root, ...members].join('.'), read: (context) => members.reduce(memberOf, context[root]) };
}

/** All there is, when a resolver names no keys: then only the same caller with the same question gets what is kept. */
export const DEFAULT_KEYS: readonly CachingKey[] = (['arguments', 'source', 'identity'] as const).map((name) => ({
  name,
  read: (context) => context[name],
}));

/** Contexts come from clients and tables: inherited members are none. */
function memberOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return null;
  return (value as Readonly<Record<string, unknown>>)[name];
}

/** As JSON, members of objects in order: `{ a, b }` and `{ b, a }` are the same question. */
export function keyText(values: readonly unknown[]): string {
  return JSON.stringify(values, (_name, value: unknown) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)));
  });
}
