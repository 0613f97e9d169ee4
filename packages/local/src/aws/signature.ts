import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Clock } from '../clock.ts';
import {
  canonicalHeaders,
  canonicalRequest,
  parseQuery,
  sha256Hex,
  type QueryParameter,
  type WireRequest,
} from './canonicalRequest.ts';
import type { Credentials, KeyOwner } from './credentials.ts';
import { AwsError } from './error.ts';
import { readClaim, type SignatureClaim } from './signatureClaim.ts';
import type { Principal } from './service.ts';

/** How far a request's date may be from the wall clock. */
export const MAX_CLOCK_SKEW_MINUTES = 15;

export interface SignedRequest extends WireRequest {
  /** The signing name it must be scoped to, as `dynamodb`. */
  readonly service: string;
}

export interface SignatureVerifierOptions {
  readonly credentials: Credentials;
  readonly region: string;
  /** SDKs sign with the machine's time, whatever the local system's clock was moved to. */
  readonly wallClock: Clock;
}

export interface SignatureVerifier {
  /**
   * The principal whose key signed the request, by Signature Version 4 in the `Authorization` header or in the query.
   *
   * Throws `AwsError`: `MissingAuthenticationTokenException`, `IncompleteSignatureException`,
   * `UnrecognizedClientException`, `ExpiredTokenException` or `InvalidSignatureException`.
   */
  verify(request: SignedRequest): Principal;
}

export function createSignatureVerifier({
  credentials,
  region,
  wallClock,
}: SignatureVerifierOptions): SignatureVerifier {
  return {
    verify(request) {
      const headers = canonicalHeaders(request.headers);
      const query = parseQueryOrRefuse(request.query);
      const claim = readClaim(headers, query);
      refuseUnsignedEssentials(claim, headers);
      refuseWrongScope(claim, { region, service: request.service });
      refuseWrongDate(claim, wallClock.now());
      const owner = ownerOf(claim, credentials, wallClock.now());
      const canonical = canonicalRequest(request, withoutSignature(query), headers, claim);
      if (!equalInConstantTime(sign(claim, canonical, owner.key.secretAccessKey), claim.signature)) {
        throw invalidSignature(
          'The request signature we calculated does not match the signature you provided. ' +
            'Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
        );
      }
      return owner.principal;
    },
  };
}

function parseQueryOrRefuse(query: string): readonly QueryParameter[] {
  try {
    return parseQuery(query);
  } catch {
    throw invalidSignature('The query string is not percent-encoded UTF-8.');
  }
}

const withoutSignature = (query: readonly QueryParameter[]): readonly QueryParameter[] =>
  query.filter(([name]) => name !== 'X-Amz-Signature');

/** Were the target not signed, a captured GetItem could be sent again as DeleteItem with the same body. */
function refuseUnsignedEssentials({ signedHeaders }: SignatureClaim, headers: ReadonlyMap<string, string>): void {
  if (!signedHeaders.includes('host')) {
    throw invalidSignature(`'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.`);
  }
  if (headers.has('x-amz-target') && !signedHeaders.includes('x-amz-target')) {
    throw invalidSignature(`'X-Amz-Target' must be a 'SignedHeader' in the AWS Authorization.`);
  }
}

function refuseWrongScope(
  { scope, date }: SignatureClaim,
  expected: { readonly region: string; readonly service: string },
): void {
  if (scope.date !== date.slice(0, 8)) {
    throw invalidSignature(
      `Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '${scope.date}' != '${date.slice(0, 8)}'`,
    );
  }
  if (scope.region !== expected.region) {
    throw invalidSignature(
      `Credential should be scoped to a valid region, not '${scope.region}'. This system runs as '${expected.region}'.`,
    );
  }
  if (scope.service !== expected.service) {
    throw invalidSignature(`Credential should be scoped to correct service: '${expected.service}'.`);
  }
}

function refuseWrongDate({ date, expiresInSeconds }: SignatureClaim, now: number): void {
  const signedAt = parseBasicDate(date);
  const skew = MAX_CLOCK_SKEW_MINUTES * 60_000;
  const validFor = expiresInSeconds === null ? skew : expiresInSeconds * 1000;
  if (now > signedAt + validFor) {
    const limit = basicDate(now - validFor);
    throw invalidSignature(
      `Signature expired: ${date} is now earlier than ${limit} (${basicDate(now)} - ${validFor / 60_000} min.)`,
    );
  }
  if (now < signedAt - skew) {
    const limit = basicDate(now + skew);
    throw invalidSignature(
      `Signature not yet current: ${date} is still later than ${limit} (${basicDate(now)} + ${MAX_CLOCK_SKEW_MINUTES} min.)`,
    );
  }
}

function ownerOf(claim: SignatureClaim, credentials: Credentials, now: number): KeyOwner {
  const owner = credentials.find(claim.accessKeyId);
  if (!owner || !equalInConstantTime(owner.key.sessionToken ?? '', claim.sessionToken ?? '')) {
    throw new AwsError('UnrecognizedClientException', 'The security token included in the request is invalid.');
  }
  if (owner.expiresAt !== null && now >= owner.expiresAt) {
    throw new AwsError('ExpiredTokenException', 'The security token included in the request is expired');
  }
  return owner;
}

function sign({ date, scope }: SignatureClaim, canonical: string, secretAccessKey: string): string {
  const scopeText = `${scope.date}/${scope.region}/${scope.service}/aws4_request`;
  const stringToSign = ['AWS4-HMAC-SHA256', date, scopeText, sha256Hex(canonical)].join('\n');
  const parts = [scope.date, scope.region, scope.service, 'aws4_request'];
  const key = parts.reduce<Buffer | string>((secret, part) => hmac(secret, part), `AWS4${secretAccessKey}`);
  return hmac(key, stringToSign).toString('hex');
}

const hmac = (key: Buffer | string, data: string): Buffer => createHmac('sha256', key).update(data).digest();

function equalInConstantTime(expected: string, given: string): boolean {
  const [a, b] = [Buffer.from(expected), Buffer.from(given)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** `20261122T093929Z`, as in `X-Amz-Date`. */
const basicDate = (epochMilliseconds: number): string =>
  new Date(epochMilliseconds).toISOString().replace(/[-:]|\.\d{3}/g, '');

function parseBasicDate(date: string): number {
  return Date.parse(date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
}

const invalidSignature = (message: string): AwsError => new AwsError('InvalidSignatureException', message);
