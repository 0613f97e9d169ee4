import type { AppSyncApi, ResolverDefinition } from '../model.ts';
import type { ResolverCaching } from './apiCache.ts';
import { cachingKey, DEFAULT_KEYS, MAX_CACHING_KEYS, MAX_TTL_SECONDS, MIN_TTL_SECONDS } from './cachingKeys.ts';

/** What AppSync would refuse of an API's cache and of its resolvers' `caching_config`, each with its Terraform address. */
export function cacheProblems({ cache, resolvers }: AppSyncApi): readonly string[] {
  const ofApi = cache === undefined ? [] : ttlProblems(`${cache.address}.ttl`, cache.ttlSeconds);
  const ofResolvers = resolvers.flatMap(({ address, caching }) => {
    if (caching === undefined) return [];
    const at = `${address}.caching_config`;
    if (cache === undefined) return [`${at}: the API has no cache (aws_appsync_api_cache)`];
    const unknown = caching.keys.filter((key) => cachingKey(key) === undefined);
    const most = `at most ${MAX_CACHING_KEYS} caching keys are allowed, not ${caching.keys.length}`;
    return [
      ...ttlProblems(`${at}.ttl`, caching.ttlSeconds),
      ...(caching.keys.length > MAX_CACHING_KEYS ? [`${at}: ${most}`] : []),
      ...unknown.map((key) => `${at}: ${key} is not of $context.arguments, $context.source or $context.identity`),
    ];
  });
  return [...ofApi, ...ofResolvers];
}

const ttlProblems = (at: string, seconds: number): readonly string[] =>
  seconds >= MIN_TTL_SECONDS && seconds <= MAX_TTL_SECONDS
    ? []
    : [`${at}: ${seconds} is not between ${MIN_TTL_SECONDS} and ${MAX_TTL_SECONDS} seconds`];

/** Undefined: the resolver says nothing of caching. */
export function resolverCaching({ caching }: ResolverDefinition): ResolverCaching | undefined {
  if (caching === undefined) return undefined;
  const keys = caching.keys.map(cachingKey).filter((key) => key !== undefined);
  return { ttlSeconds: caching.ttlSeconds, keys: keys.length === 0 ? DEFAULT_KEYS : keys };
}
