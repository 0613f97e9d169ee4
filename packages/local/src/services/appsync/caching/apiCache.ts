import type { Clock } from '../../../clock.ts';
import type { CacheDefinition, CachingBehavior } from '../model.ts';
import { cachingKey, type CachingKey, DEFAULT_KEYS, type KeyContext, keyText } from './cachingKeys.ts';
import { createOperationCache, type OperationCache } from './operationCache.ts';
import { createCacheStore } from './store.ts';

/** How one resolver's values are kept. */
export interface ResolverCaching {
  readonly ttlSeconds: number;
  readonly keys: readonly CachingKey[];
}

/** What is known of a resolver when it is asked whether its value is kept. */
export interface CachedResolver {
  readonly typeName: string;
  readonly fieldName: string;
  /** Its own `caching_config`. */
  readonly caching?: ResolverCaching | undefined;
}

/**
 * The cache of one version of an API; the next version begins with an empty one.
 * https://docs.aws.amazon.com/appsync/latest/devguide/enabling-caching.html
 */
export interface ApiCache {
  /** The place of a resolver's value; undefined: it is not cached. */
  entry(resolver: CachedResolver, context: KeyContext): CacheEntry | undefined;
  /** `extensions.evictFromApiCache`; how many entries there were. */
  evict(resolver: CachedResolver | undefined, keys: Readonly<Record<string, unknown>>): number;
  /** Only with `OPERATION_LEVEL_CACHING`. */
  readonly operations: OperationCache | undefined;
}

export interface CacheEntry {
  get(): { readonly value: unknown } | undefined;
  set(value: unknown): void;
}

export function createApiCache({ behavior, ttlSeconds }: CacheDefinition, clock: Clock): ApiCache {
  const store = createCacheStore<unknown>(clock);
  return {
    entry(resolver, context) {
      const caching = cachingOf(behavior, ttlSeconds, resolver);
      if (caching === undefined) return undefined;
      const values = caching.keys.map((one) => one.read(context));
      const key = entryKey(resolver, values);
      return { get: () => store.get(key), set: (value) => store.set(key, value, caching.ttlSeconds) };
    },
    evict(resolver, keys) {
      if (resolver?.caching === undefined || behavior !== 'PER_RESOLVER_CACHING') return 0;
      // All of the resolver's keys, in their order: AppSync finds nothing otherwise.
      const asked = Object.keys(keys).map((text) => cachingKey(text)?.name);
      if (asked.join() !== resolver.caching.keys.map(({ name }) => name).join()) return 0;
      return store.delete(entryKey(resolver, Object.values(keys))) ? 1 : 0;
    },
    operations: behavior === 'OPERATION_LEVEL_CACHING' ? createOperationCache(ttlSeconds, clock) : undefined,
  };
}

function cachingOf(behavior: CachingBehavior, ttlSeconds: number, resolver: CachedResolver) {
  switch (behavior) {
    case 'FULL_REQUEST_CACHING':
      return { ttlSeconds, keys: DEFAULT_KEYS };
    case 'PER_RESOLVER_CACHING':
      return resolver.caching;
    case 'OPERATION_LEVEL_CACHING':
      return undefined;
  }
}

const entryKey = ({ typeName, fieldName }: CachedResolver, values: readonly unknown[]): string =>
  keyText([typeName, fieldName, ...values.map((value) => value ?? null)]);
