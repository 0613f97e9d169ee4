import type { Account } from '../../aws/account.ts';
import { NotEmulated } from '../../aws/error.ts';
import type { Authorizer } from '../../aws/service.ts';
import type { Clock } from '../../clock.ts';
import type { JsonObject } from '../../json.ts';
import type { Random } from '../../random.ts';
import { selectFrom } from './cacheKey.ts';
import { createEdgeCache, type Kept } from './edgeCache.ts';
import { type AskBucket, fetchFromBucket } from './fetchFromBucket.ts';
import { type Fetch, fetchFromFunction } from './fetchFromFunction.ts';
import { jsonResponse } from './functionUrl.ts';
import type { Behavior, Distribution, EdgeRequest, EdgeResponse, Target } from './model.ts';
import { partOf, withoutContent } from './partOf.ts';
import { matchesPath } from './pathPattern.ts';
import { type PublicKeyOf, refusalOf } from './signed/admission.ts';
import { withoutClaim } from './signed/claim.ts';
import { viewerRefused } from './signed/viewerError.ts';
import { errorTimeToLive, timeToLive } from './timeToLive.ts';

export interface CloudFrontOptions {
  readonly account: Account;
  readonly clock: Clock;
  readonly random: Random;
  readonly authorizer: Authorizer;
  readonly invoke: (functionArn: string, event: JsonObject) => Promise<{ payload: string; functionError?: string }>;
  /** Answers as S3 would. */
  readonly askBucket: AskBucket;
  readonly publicKeyOf: PublicKeyOf;
  readonly log: (line: string) => void;
}

export interface CloudFront {
  /** Takes the distributions of a newly read configuration. Unlike on AWS nothing stays kept, so that a change shows at once. */
  replace(distributions: readonly Distribution[]): void;
  /**
   * What answers a request: of a distribution's own name (`d111111abcdef8.cloudfront.localhost`) every path, else the paths
   * for which some distribution has a behavior of their own. Null: no distribution is asked.
   */
  find(host: string, path: string): Route | null;
}

export interface Route {
  /** @throws NotEmulated for what has no origin here. */
  handle(request: EdgeRequest): Promise<EdgeResponse>;
}

/** Answers to others are neither looked for nor kept. */
const CACHED_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD']);

type OriginTarget = Extract<Target, { readonly kind: 'origin' }>;

/**
 * The distributions of the Terraform, with one edge location and one cache. Plain HTTP stands for HTTPS. Unlike on AWS
 * nothing is compressed, simultaneous misses are not joined, and an old answer does not stand in for an origin that fails.
 */
export function createCloudFront(options: CloudFrontOptions): CloudFront {
  const { clock } = options;
  const cache = createEdgeCache();
  let distributions: readonly Distribution[] = [];

  function fetched(target: OriginTarget, wanted: Omit<Fetch<unknown>, 'origin'>): Promise<EdgeResponse> {
    const { origin } = target;
    return origin.kind === 'bucket'
      ? fetchFromBucket(options, { ...wanted, origin })
      : fetchFromFunction(options, { ...wanted, origin });
  }

  async function serve(request: EdgeRequest, distribution: Distribution, target: OriginTarget): Promise<EdgeResponse> {
    const selected = selectFrom(request, target.cachePolicy);
    if (!CACHED_METHODS.has(request.method)) {
      const answer = await fetched(target, { request, selected, distribution, etag: undefined });
      return viewed(request, unkept(answer, target), resultOf(answer));
    }
    const key = `${distribution.id} ${selected.key}`;
    const kept = cache.get(key);
    if (kept && kept.freshUntil > clock.now()) return viewed(request, kept, 'Hit from cloudfront');
    const etag = kept?.response.headers['etag'];
    const answer = await fetched(target, { request, selected, distribution, etag });
    if (answer.status === 304 && kept) {
      const headers = { ...kept.response.headers, ...withoutContent(answer.headers) };
      const renewed = keep(key, { ...kept.response, headers }, distribution, target);
      return viewed(request, renewed, 'RefreshHit from cloudfront');
    }
    // What is kept for GET answers HEAD, which has no body to keep.
    const storable = request.method === 'GET' ? keep(key, answer, distribution, target) : unkept(answer, target);
    return viewed(request, storable, resultOf(answer));
  }

  /** The page that a distribution shows for an error, or the error. A page that cannot be had leaves its own status. */
  async function shown(request: EdgeRequest, distribution: Distribution, answer: EdgeResponse): Promise<EdgeResponse> {
    const page = distribution.errorResponses.get(answer.status)?.page;
    if (!page) return answer;
    const asked = { ...request, method: 'GET', path: page.path, query: '', headers: {}, body: undefined };
    const target = behaviorOf(distribution, page.path)?.target;
    if (target?.kind !== 'origin') return answer;
    const { status, headers, body } = await serve(asked, distribution, target);
    if (status !== 200) return { ...answer, status };
    const isHead = request.method === 'HEAD';
    return {
      status: page.status,
      headers: { ...headers, 'x-cache': 'Error from cloudfront' },
      body: isHead ? Buffer.alloc(0) : body,
    };
  }

  function keep(key: string, response: EdgeResponse, distribution: Distribution, target: OriginTarget): Kept {
    const now = clock.now();
    const { status, headers } = response;
    const seconds =
      status >= 400
        ? errorTimeToLive(status, headers, distribution.errorResponses.get(status), now)
        : timeToLive(headers, target.cachePolicy, now);
    const kept: Kept = { ...unkept(response, target), freshUntil: now + seconds * 1000 };
    if (seconds > 0) cache.set(key, kept);
    return kept;
  }

  function unkept(response: EdgeResponse, target: OriginTarget): Kept {
    const now = clock.now();
    return { response: { ...response, headers: decorated(response.headers, target) }, storedAt: now, freshUntil: now };
  }

  function viewed(request: EdgeRequest, { response, storedAt }: Kept, result: string): EdgeResponse {
    const isHit = !/^(Miss|Error)/.test(result);
    const headers: Record<string, string> = {
      ...response.headers,
      'x-cache': result,
      via: '1.1 cloudfront.localhost (CloudFront)',
      ...(isHit ? { age: String(Math.floor((clock.now() - storedAt) / 1000)) } : {}),
    };
    if (response.status === 200 && isKnown(request.headers, response.headers)) {
      return { status: 304, headers: withoutContent(headers), body: Buffer.alloc(0) };
    }
    const whole = { status: response.status, headers, body: response.body };
    return request.method === 'HEAD' ? { ...whole, body: Buffer.alloc(0) } : partOf(whole, request);
  }

  async function handle(request: EdgeRequest, distribution: Distribution, behavior: Behavior): Promise<EdgeResponse> {
    if (!behavior.allowedMethods.has(request.method)) return methodRefused(distribution, request.method);
    const { target, trustedKeys } = behavior;
    if (target.kind === 'notEmulated') throw new NotEmulated(target.what);
    if (trustedKeys === null) return shown(request, distribution, await serve(request, distribution, target));
    const refusal = refusalOf(request, distribution, { ...options, trustedKeys });
    if (refusal) return shown(request, distribution, viewerRefused(refusal, request.method));
    const admitted = withoutClaim(request);
    return shown(admitted, distribution, await serve(admitted, distribution, target));
  }

  return {
    replace(next) {
      distributions = next;
      cache.clear();
    },
    find(host, path) {
      const own = distributions.find(({ domainName }) => localName(domainName) === host);
      for (const distribution of own ? [own] : distributions) {
        const behavior = behaviorOf(distribution, rooted(distribution, path));
        if (!behavior || (behavior.pathPattern === null && !own)) continue;
        return {
          handle: (request) => handle({ ...request, path: rooted(distribution, request.path) }, distribution, behavior),
        };
      }
      return null;
    },
  };
}

function behaviorOf({ behaviors }: Distribution, path: string): Behavior | undefined {
  const asked = normalized(path);
  return behaviors.find(({ pathPattern }) => pathPattern === null || matchesPath(pathPattern, asked));
}

function rooted({ defaultRootObject }: Distribution, path: string): string {
  return path === '/' && defaultRootObject !== null ? `/${defaultRootObject}` : path;
}

/** Letters that need no encoding without it, so that no spelling of a path passes by its behavior. */
function normalized(path: string): string {
  return path.replace(/%[0-9a-f]{2}/gi, (encoded) => {
    const character = String.fromCharCode(parseInt(encoded.slice(1), 16));
    return /[A-Za-z0-9._~-]/.test(character) ? character : encoded;
  });
}

/** `d111111abcdef8.cloudfront.localhost`, which browsers resolve to this machine. */
export const localName = (domainName: string): string => domainName.replace(/\.net$/, '.localhost');

const resultOf = ({ status }: EdgeResponse): string =>
  status >= 400 ? 'Error from cloudfront' : 'Miss from cloudfront';

function decorated(headers: EdgeResponse['headers'], { headers: rules }: OriginTarget): Record<string, string> {
  const result: Record<string, string> = { ...headers };
  for (const { name, value, override } of rules) if (override || result[name] === undefined) result[name] = value;
  return result;
}

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/RequestAndResponseBehaviorS3Origin.html */
function isKnown(asked: EdgeRequest['headers'], { etag, 'last-modified': modified }: EdgeResponse['headers']): boolean {
  const { 'if-none-match': ifNoneMatch, 'if-modified-since': since } = asked;
  if (ifNoneMatch === undefined) {
    return since !== undefined && modified !== undefined && Date.parse(modified) <= Date.parse(since);
  }
  if (etag === undefined) return false;
  return ifNoneMatch
    .split(',')
    .some((one) => one.trim() === '*' || one.trim().replace(/^W\//, '') === etag.replace(/^W\//, ''));
}

function methodRefused({ address }: Distribution, method: string): EdgeResponse {
  const message = `${address} is not configured to allow the HTTP request method ${method}.`;
  const refused = jsonResponse(403, { message });
  return { ...refused, headers: { ...refused.headers, 'x-cache': 'Error from cloudfront' } };
}
