import { AwsError } from './error.ts';

const LOOPBACK_NAME = /^(localhost|[a-z0-9-]+(\.[a-z0-9-]+)*\.localhost|127\.0\.0\.1|\[::1\])$/;

/** Every loopback origin, or exactly these. */
export type AllowedOrigins = 'loopback' | readonly string[];

export interface HostAndOriginRules {
  /** Further host names, without port, as `dynamodb.ap-northeast-1.amazonaws.com`. */
  readonly hosts: ReadonlySet<string>;
  /** Names of AWS that cannot be listed, as those of buckets. */
  readonly ownsHost?: (name: string) => boolean;
  readonly origins: AllowedOrigins;
}

/** Throws `Error` for a list that would let a page from elsewhere in. */
export function checkAllowedOrigins(origins: AllowedOrigins): void {
  if (origins === 'loopback') return;
  const foreign = origins.find((origin) => !isLoopbackOrigin(origin));
  if (foreign !== undefined)
    throw new Error(`${foreign} is not an origin of this machine, as http://localhost:3000 is`);
}

/**
 * A name that is not ours means DNS rebinding: a page from elsewhere whose name was made to resolve to this machine,
 * which the browser then takes for the page's own origin.
 */
export function refuseForeignHost(
  hosts: readonly string[] | undefined,
  { hosts: allowed, ownsHost = () => false }: HostAndOriginRules,
): void {
  const name = /^([a-z0-9.-]+|\[[0-9a-f:]+\])(:\d{1,5})?$/.exec((hosts?.[0] ?? '').toLowerCase())?.[1];
  if (hosts?.length !== 1 || !name || !(LOOPBACK_NAME.test(name) || allowed.has(name) || ownsHost(name))) {
    throw new AwsError('AccessDeniedException', 'The Host header does not name this machine', { statusCode: 403 });
  }
}

/** Requests without `Origin` do not come from a page's script and pass. `null` (a sandboxed frame, a file) does not. */
export function refuseForeignOrigin(origin: string | undefined, { origins }: HostAndOriginRules): void {
  if (origin === undefined) return;
  const allowed = origins === 'loopback' ? isLoopbackOrigin(origin) : origins.includes(origin);
  if (!allowed) {
    throw new AwsError('AccessDeniedException', 'Pages of this Origin may not use this endpoint', { statusCode: 403 });
  }
}

function isLoopbackOrigin(origin: string): boolean {
  const name = /^https?:\/\/([a-z0-9.-]+|\[::1\])(:\d{1,5})?$/.exec(origin)?.[1];
  return name !== undefined && LOOPBACK_NAME.test(name);
}

/** What a browser asks for before it sends a request with AWS's headers. */
export function preflightHeaders(origin: string, requestedHeaders: string | undefined): Record<string, string> {
  return {
    ...corsHeaders(origin),
    'access-control-allow-methods': 'GET, POST, OPTIONS',
    'access-control-allow-headers': requestedHeaders ?? '',
    'access-control-max-age': '600',
  };
}

export function corsHeaders(origin: string): Record<string, string> {
  return {
    'access-control-allow-origin': origin,
    'access-control-expose-headers': 'x-amzn-requestid, x-amzn-errortype, x-amz-function-error, date',
    vary: 'Origin',
  };
}
