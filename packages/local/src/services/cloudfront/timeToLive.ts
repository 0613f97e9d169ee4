import type { CachePolicy, ErrorResponse } from './model.ts';

type Headers = Readonly<Record<string, string>>;

/** What CloudFront takes when a distribution says nothing about an error. */
const ERROR_CACHING_MIN_TTL = 10;
const KEPT_ERRORS: ReadonlySet<number> = new Set([400, 403, 404, 405, 414, 500, 501, 502, 503, 504]);

/**
 * For how many seconds an answer without error is kept; 0: not at all.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/Expiration.html
 */
export function timeToLive(headers: Headers, policy: CachePolicy, now: number): number {
  if (forbidsKeeping(headers)) return policy.minTtl;
  const stated = statedSeconds(headers, now);
  if (stated === null) return Math.max(policy.minTtl, policy.defaultTtl);
  return Math.min(Math.max(stated, policy.minTtl), policy.maxTtl);
}

/**
 * For how many seconds an error is kept. `no-store` does not shorten it: only a custom error response does.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/custom-error-pages-expiration.html
 */
export function errorTimeToLive(
  status: number,
  headers: Headers,
  configured: ErrorResponse | undefined,
  now: number,
): number {
  if (!KEPT_ERRORS.has(status)) return 0;
  const least = configured?.cachingMinTtl ?? ERROR_CACHING_MIN_TTL;
  return forbidsKeeping(headers) ? least : Math.max(least, statedSeconds(headers, now) ?? 0);
}

function directivesOf(headers: Headers): ReadonlyMap<string, string> {
  const parts = (headers['cache-control'] ?? '').split(',').map((part) => part.trim().toLowerCase().split('='));
  return new Map(parts.map(([name = '', value = '']) => [name, value.replaceAll('"', '')]));
}

function forbidsKeeping(headers: Headers): boolean {
  const directives = directivesOf(headers);
  return ['no-store', 'no-cache', 'private'].some((name) => directives.has(name));
}

/** `s-maxage` before `max-age` before `expires`. */
function statedSeconds(headers: Headers, now: number): number | null {
  const directives = directivesOf(headers);
  const age = directives.get('s-maxage') ?? directives.get('max-age');
  if (age !== undefined && /^\d{1,10}$/.test(age)) return Number(age);
  const expires = Date.parse(headers['expires'] ?? '');
  return Number.isNaN(expires) ? null : Math.max(0, Math.floor((expires - now) / 1000));
}
