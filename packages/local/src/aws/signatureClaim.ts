import type { QueryParameter } from './canonicalRequest.ts';
import { AwsError } from './error.ts';

/** What a request says about its own signature, from the `Authorization` header or from the query. Nothing is verified. */
export interface SignatureClaim {
  readonly accessKeyId: string;
  readonly scope: { readonly date: string; readonly region: string; readonly service: string };
  /** Lower case and sorted. */
  readonly signedHeaders: readonly string[];
  /** 64 lower-case hexadecimal digits. */
  readonly signature: string;
  /** `20261122T093929Z` */
  readonly date: string;
  readonly sessionToken: string | null;
  /** From `X-Amz-Expires` in the query; `null` for a signature in the header. */
  readonly expiresInSeconds: number | null;
}

const ALGORITHM = 'AWS4-HMAC-SHA256';
/** Seven days: the longest a presigned request may live. */
const MAX_EXPIRES_SECONDS = 604_800;

export function readClaim(headers: ReadonlyMap<string, string>, query: readonly QueryParameter[]): SignatureClaim {
  const authorization = headers.get('authorization');
  if (authorization !== undefined) return claimFromHeader(authorization, headers);
  const parameters = new Map(query);
  if (parameters.has('X-Amz-Algorithm')) return claimFromQuery(parameters);
  throw new AwsError('MissingAuthenticationTokenException', 'Request is missing Authentication Token');
}

function claimFromHeader(authorization: string, headers: ReadonlyMap<string, string>): SignatureClaim {
  const [algorithm, ...rest] = authorization.split(' ');
  if (algorithm !== ALGORITHM)
    throw incomplete(`Unsupported AWS 'algorithm' in the Authorization header; use ${ALGORITHM}.`);
  const parameters = new Map(rest.join(' ').split(',').map(parseParameter));
  const date = headers.get('x-amz-date') ?? basicFormOf(headers.get('date'));
  const missing = ['Credential', 'Signature', 'SignedHeaders'].filter((name) => !parameters.get(name));
  const complaints = missing.map((name) => `Authorization header requires '${name}' parameter.`);
  if (!date) complaints.push(`Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.`);
  if (complaints.length > 0) throw incomplete(complaints.join(' '));
  return buildClaim({
    credential: parameters.get('Credential')!,
    signedHeaders: parameters.get('SignedHeaders')!,
    signature: parameters.get('Signature')!,
    date: date!,
    sessionToken: headers.get('x-amz-security-token') ?? null,
    expiresInSeconds: null,
  });
}

function parseParameter(text: string): [string, string] {
  const equals = text.indexOf('=');
  return equals < 0 ? [text.trim(), ''] : [text.slice(0, equals).trim(), text.slice(equals + 1).trim()];
}

function claimFromQuery(parameters: ReadonlyMap<string, string>): SignatureClaim {
  const names = ['X-Amz-Credential', 'X-Amz-Date', 'X-Amz-Expires', 'X-Amz-SignedHeaders', 'X-Amz-Signature'];
  if (parameters.get('X-Amz-Algorithm') !== ALGORITHM || names.some((name) => !parameters.get(name))) {
    throw incomplete(`AWS query-string parameters must include X-Amz-Algorithm=${ALGORITHM}, ${names.join(', ')}.`);
  }
  const expires = parameters.get('X-Amz-Expires')!;
  if (!/^\d{1,6}$/.test(expires) || Number(expires) < 1 || Number(expires) > MAX_EXPIRES_SECONDS) {
    throw incomplete(`X-Amz-Expires must be a number of seconds between 1 and ${MAX_EXPIRES_SECONDS}.`);
  }
  return buildClaim({
    credential: parameters.get('X-Amz-Credential')!,
    signedHeaders: parameters.get('X-Amz-SignedHeaders')!,
    signature: parameters.get('X-Amz-Signature')!,
    date: parameters.get('X-Amz-Date')!,
    sessionToken: parameters.get('X-Amz-Security-Token') ?? null,
    expiresInSeconds: Number(expires),
  });
}

interface RawClaim extends Pick<SignatureClaim, 'signature' | 'date' | 'sessionToken' | 'expiresInSeconds'> {
  readonly credential: string;
  readonly signedHeaders: string;
}

function buildClaim({ credential, signedHeaders, ...claim }: RawClaim): SignatureClaim {
  const [accessKeyId, date, region, service, terminator, ...more] = credential.split('/');
  if (!accessKeyId || !date || !region || !service || terminator !== 'aws4_request' || more.length > 0) {
    throw incomplete(
      `Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/aws4_request.`,
    );
  }
  if (!/^\d{8}T\d{6}Z$/.test(claim.date) || Number.isNaN(Date.parse(isoForm(claim.date)))) {
    throw incomplete(`Date must be in ISO-8601 'basic format', as 20261122T093929Z.`);
  }
  return {
    ...claim,
    accessKeyId,
    scope: { date, region, service },
    signedHeaders: signedHeaders.toLowerCase().split(';').sort(),
  };
}

const isoForm = (date: string): string =>
  date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z');

/** The `Date` header has the HTTP form. */
function basicFormOf(date: string | undefined): string | undefined {
  const parsed = Date.parse(date ?? '');
  return Number.isNaN(parsed) ? undefined : new Date(parsed).toISOString().replace(/[-:]|\.\d{3}/g, '');
}

const incomplete = (message: string): AwsError => new AwsError('IncompleteSignatureException', message);
