import type { Account } from '../../aws/account.ts';
import { AwsError, NotEmulated } from '../../aws/error.ts';
import type { Authorizer } from '../../aws/service.ts';
import type { Clock } from '../../clock.ts';
import type { JsonObject } from '../../json.ts';
import type { Random } from '../../random.ts';
import { selectFrom, type Selected } from './cacheKey.ts';
import { createEdgeCache, type Kept } from './edgeCache.ts';
import { badGateway, forbidden, functionUrlEvent, jsonResponse, responseOf } from './functionUrl.ts';
import type { Behavior, Distribution, EdgeRequest, EdgeResponse, FunctionOrigin, Target } from './model.ts';
import { matchesPath } from './pathPattern.ts';
import { errorTimeToLive, timeToLive } from './timeToLive.ts';

export interface CloudFrontOptions {
  readonly account: Account;
  readonly clock: Clock;
  readonly random: Random;
  readonly authorizer: Authorizer;
  readonly invoke: (functionArn: string, event: JsonObject) => Promise<{ payload: string; functionError?: string }>;
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

type FunctionTarget = Extract<Target, { readonly kind: 'function' }>;

/**
 * The distributions of the Terraform, with one edge location and one cache. Plain HTTP stands for HTTPS. Unlike on AWS
 * nothing is compressed, simultaneous misses are not joined, and an old answer does not stand in for an origin that fails.
 */
export function createCloudFront(options: CloudFrontOptions): CloudFront {
  const { clock } = options;
  const cache = createEdgeCache();
  let distributions: readonly Distribution[] = [];

  async function serve(
    request: EdgeRequest,
    distribution: Distribution,
    target: FunctionTarget,
  ): Promise<EdgeResponse> {
    const selected = selectFrom(request, target.cachePolicy);
    const key = `${distribution.id} ${selected.key}`;
    const kept = cache.get(key);
    if (kept && kept.freshUntil > clock.now()) return viewed(request, kept, 'Hit from cloudfront');
    const etag = kept?.response.headers['etag'];
    const fetched = await fetchFrom(options, { request, selected, distribution, etag, origin: target.origin });
    if (fetched.status === 304 && kept) {
      const headers = { ...kept.response.headers, ...withoutContentType(fetched.headers) };
      const renewed = keep(key, { ...kept.response, headers }, distribution, target);
      return viewed(request, renewed, 'RefreshHit from cloudfront');
    }
    const page = distribution.errorResponses.get(fetched.status)?.pagePath;
    if (page)
      throw new NotEmulated(
        `${page}, which ${distribution.address} shows for the ${fetched.status} of its origin (${fetched.body.toString()}), is an object of S3 and`,
      );
    const result = fetched.status >= 400 ? 'Error from cloudfront' : 'Miss from cloudfront';
    // What is kept for GET answers HEAD, which has no body to keep.
    const answer = request.method === 'GET' ? keep(key, fetched, distribution, target) : unkept(fetched, target);
    return viewed(request, answer, result);
  }

  function keep(key: string, response: EdgeResponse, distribution: Distribution, target: FunctionTarget): Kept {
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

  function unkept(response: EdgeResponse, target: FunctionTarget): Kept {
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
    if (response.status === 200 && isKnown(request.headers['if-none-match'], response.headers['etag'])) {
      return { status: 304, headers: withoutContentType(headers), body: Buffer.alloc(0) };
    }
    return { status: response.status, headers, body: request.method === 'HEAD' ? Buffer.alloc(0) : response.body };
  }

  async function handle(request: EdgeRequest, distribution: Distribution, behavior: Behavior): Promise<EdgeResponse> {
    if (!behavior.allowedMethods.has(request.method)) return methodRefused(distribution, request.method);
    const { target } = behavior;
    if (target.kind === 'notEmulated') throw new NotEmulated(target.what);
    return serve(request, distribution, target);
  }

  return {
    replace(next) {
      distributions = next;
      cache.clear();
    },
    find(host, path) {
      const own = distributions.find(({ domainName }) => localName(domainName) === host);
      for (const distribution of own ? [own] : distributions) {
        const behavior = distribution.behaviors.find(({ pathPattern }) =>
          pathPattern === null ? own !== undefined : matchesPath(pathPattern, path),
        );
        if (behavior) return { handle: (request) => handle(request, distribution, behavior) };
      }
      return null;
    },
  };
}

/** `d111111abcdef8.cloudfront.localhost`, which browsers resolve to this machine. */
const localName = (domainName: string): string => domainName.replace(/\.net$/, '.localhost');

interface Fetch {
  readonly request: EdgeRequest;
  readonly selected: Selected;
  readonly distribution: Distribution;
  readonly origin: FunctionOrigin;
  /** Of what is kept and no longer fresh. */
  readonly etag: string | undefined;
}

async function fetchFrom(
  options: CloudFrontOptions,
  { request, selected, distribution, origin, etag }: Fetch,
): Promise<EdgeResponse> {
  const { account, clock, random, invoke, log } = options;
  const refusal = await refusalOf(options, distribution, origin);
  if (refusal !== null) {
    log(`${distribution.address} may not call its origin: ${refusal}`);
    return forbidden();
  }
  const headers = {
    'user-agent': 'Amazon CloudFront',
    via: '1.1 cloudfront.localhost (CloudFront)',
    'x-forwarded-for': request.sourceIp,
    'x-forwarded-port': '443',
    'x-forwarded-proto': 'https',
    ...selected.headers,
    ...(etag === undefined ? {} : { 'if-none-match': etag }),
  };
  const { method, path, sourceIp } = request;
  const event = functionUrlEvent({ method, path, query: selected.query, headers, sourceIp }, origin, {
    accountId: account.accountId,
    requestId: random.bytes(16).toString('hex'),
    now: clock.now(),
  });
  try {
    const { payload, functionError } = await invoke(origin.functionArn, event);
    return functionError === undefined ? responseOf(payload) : badGateway();
  } catch (error) {
    // Throttled, or too much to answer with.
    if (error instanceof AwsError) return jsonResponse(error.statusCode, { Message: error.message });
    throw error;
  }
}

/** A function URL asks for both. https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html */
async function refusalOf(
  { authorizer, account }: CloudFrontOptions,
  distribution: Distribution,
  { functionArn, signed }: FunctionOrigin,
): Promise<string | null> {
  if (!signed) return 'its origin has no origin access control that signs requests for Lambda';
  const principal = { arn: 'cloudfront.amazonaws.com', address: distribution.address };
  const source = { 'aws:SourceArn': distribution.arn, 'aws:SourceAccount': account.accountId };
  try {
    await authorizer.authorize(principal, {
      action: 'lambda:InvokeFunctionUrl',
      resource: functionArn,
      context: { ...source, 'lambda:FunctionUrlAuthType': 'AWS_IAM' },
    });
    await authorizer.authorize(principal, {
      action: 'lambda:InvokeFunction',
      resource: functionArn,
      context: { ...source, 'lambda:InvokedViaFunctionUrl': 'true' },
    });
    return null;
  } catch (error) {
    if (error instanceof AwsError) return error.message;
    throw error;
  }
}

function decorated(headers: EdgeResponse['headers'], { headers: rules }: FunctionTarget): Record<string, string> {
  const result: Record<string, string> = { ...headers };
  for (const { name, value, override } of rules) if (override || result[name] === undefined) result[name] = value;
  return result;
}

/** A 304 has no content to be of a type. */
function withoutContentType(headers: EdgeResponse['headers']): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => name !== 'content-type'));
}

function isKnown(ifNoneMatch: string | undefined, etag: string | undefined): boolean {
  if (ifNoneMatch === undefined || etag === undefined) return false;
  return ifNoneMatch
    .split(',')
    .some((one) => one.trim() === '*' || one.trim().replace(/^W\//, '') === etag.replace(/^W\//, ''));
}

function methodRefused({ address }: Distribution, method: string): EdgeResponse {
  const message = `${address} is not configured to allow the HTTP request method ${method}.`;
  const refused = jsonResponse(403, { message });
  return { ...refused, headers: { ...refused.headers, 'x-cache': 'Error from cloudfront' } };
}
