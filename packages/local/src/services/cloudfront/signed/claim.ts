import type { EdgeRequest } from '../model.ts';
import { viewerError, type ViewerError } from './viewerError.ts';

/** What a viewer shows to be let in. */
export interface Claim {
  readonly keyPairId: string;
  readonly signature: Buffer;
  readonly algorithm: 'RSA-SHA1' | 'RSA-SHA256';
  /** The text of a custom policy, or the end (epoch seconds) of a canned one, whose text the signer did not send. */
  readonly policy: { readonly text: string } | { readonly expires: string };
}

/** Parameters of signed URLs, which neither the cache nor the origin sees. */
const PARAMETERS: ReadonlySet<string> = new Set(['Expires', 'Hash-Algorithm', 'Key-Pair-Id', 'Policy', 'Signature']);

/**
 * From the URL, or where it has no such parameter from the cookies.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-choosing-signed-urls-cookies.html
 */
export function claimOf(request: EdgeRequest): Claim | ViewerError {
  const inUrl = new Map(pairsOf(request.query, '&').filter(([name]) => PARAMETERS.has(name)));
  const isInUrl = ['Key-Pair-Id', 'Policy', 'Signature'].some((name) => inUrl.has(name));
  const given = isInUrl ? inUrl : cookiesOf(request);
  const [keyPairId, encoded] = [given.get('Key-Pair-Id'), given.get('Signature')];
  if (!keyPairId) return viewerError('MissingKey', 'Missing Key-Pair-Id query parameter or cookie value');
  if (!encoded) return viewerError('MissingSignature', 'Missing Signature query parameter or cookie value');
  const policy = policyOf(given);
  if (policy === null) return viewerError('MissingPolicy', 'Missing Policy query parameter or cookie value');
  const signature = unsafe(encoded);
  if (signature === null) return viewerError('MalformedSignature', 'Could not unencode Signature');
  const algorithm = given.get('Hash-Algorithm') === 'SHA256' ? 'RSA-SHA256' : 'RSA-SHA1';
  return { keyPairId, signature, algorithm, policy };
}

/** The request without what only says that it may be made. */
export function withoutClaim(request: EdgeRequest): EdgeRequest {
  const { cookie } = request.headers;
  const others = (cookie ?? '').split(';').filter((one) => !one.trim().startsWith('CloudFront-'));
  return {
    ...request,
    query: otherParameters(request.query),
    headers: { ...request.headers, ...(cookie === undefined ? {} : { cookie: others.join(';').trim() }) },
  };
}

/** The query as it was before it was signed. */
export function otherParameters(query: string): string {
  return query
    .split('&')
    .filter((pair) => !PARAMETERS.has(nameOf(pair)))
    .join('&');
}

function policyOf(given: ReadonlyMap<string, string>): Claim['policy'] | null {
  const [encoded, expires] = [given.get('Policy'), given.get('Expires')];
  if (encoded) return { text: unsafe(encoded)?.toString('utf8') ?? '' };
  return expires ? { expires } : null;
}

/** Without the `CloudFront-` that their names begin with. */
function cookiesOf({ headers }: EdgeRequest): ReadonlyMap<string, string> {
  const prefix = 'CloudFront-';
  const own = pairsOf(headers['cookie'] ?? '', ';').filter(([name]) => name.startsWith(prefix));
  return new Map(own.map(([name, value]) => [name.slice(prefix.length), value]));
}

function pairsOf(text: string, separator: string): [string, string][] {
  return text
    .split(separator)
    .map((pair) => pair.trim())
    .filter((pair) => pair !== '')
    .map((pair) => [nameOf(pair), pair.slice(nameOf(pair).length + 1)]);
}

const nameOf = (pair: string): string => pair.split('=', 1)[0] ?? '';

/** Base64 with `-`, `_` and `~` for what a URL does not take: not the usual alphabet for URLs. Null: it is none. */
function unsafe(text: string): Buffer | null {
  const base64 = text.replace(/[-_~]/g, (one) => ({ '-': '+', _: '=', '~': '/' })[one] ?? one);
  return /^[A-Za-z0-9+/]+={0,2}$/.test(base64) ? Buffer.from(base64, 'base64') : null;
}
