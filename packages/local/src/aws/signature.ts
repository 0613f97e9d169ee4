import type { Clock } from '../clock.ts';
import {
  canonicalHeaders,
  canonicalRequest,
  parseQuery,
  type QueryParameter,
  type WireRequest,
} from './canonicalRequest.ts';
import type { Credentials, KeyOwner } from './credentials.ts';
import { AwsError } from './error.ts';
import { readClaim, type SignatureClaim } from './signatureClaim.ts';
import type { Principal } from './service.ts';
import {
  basicDate,
  equalInConstantTime,
  MAX_CLOCK_SKEW_MINUTES,
  parseBasicDate,
  signText,
  stringToSign,
} from './signingKey.ts';

export interface SignedRequest extends WireRequest {
  /** The signing name it must be scoped to, as `dynamodb`. */
  readonly service: string;
  /** For what lies in no region: the scope may name any. */
  readonly anyRegion?: boolean;
}

export interface SignatureVerifierOptions {
  readonly credentials: Credentials;
  readonly region: string;
  /** SDKs sign with the machine's time, whatever the local system's clock was moved to. */
  readonly wallClock: Clock;
  /** Functions sign with the local system's time, which is theirs. */
  readonly localClock?: Clock;
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
  localClock = wallClock,
}: SignatureVerifierOptions): SignatureVerifier {
  return {
    verify(request) {
      const headers = canonicalHeaders(request.headers);
      const query = parseQueryOrRefuse(request.query);
      const claim = readClaim(headers, query);
      refuseUnsignedEssentials(claim, headers);
      refuseWrongScope(claim, { region: request.anyRegion ? claim.scope.region : region, service: request.service });
      refuseWrongDate(claim, wallClock.now(), localClock.now());
      const owner = ownerOf(claim, credentials, wallClock.now());
      const canonical = canonicalRequest(request, withoutSignature(query), headers, claim);
      const expected = signText(claim, stringToSign(claim, canonical), owner.key.secretAccessKey);
      if (!equalInConstantTime(expected, claim.signature)) {
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

/** A request is dated by one of two clocks, and does not say by which. */
function refuseWrongDate(claim: SignatureClaim, wallTime: number, localTime: number): void {
  const problem = problemOfDate(claim, wallTime);
  if (problem !== null && problemOfDate(claim, localTime) !== null) throw invalidSignature(problem);
}

function problemOfDate({ date, expiresInSeconds }: SignatureClaim, now: number): string | null {
  const signedAt = parseBasicDate(date);
  const skew = MAX_CLOCK_SKEW_MINUTES * 60_000;
  const validFor = expiresInSeconds === null ? skew : expiresInSeconds * 1000;
  if (now > signedAt + validFor) {
    const limit = basicDate(now - validFor);
    return `Signature expired: ${date} is now earlier than ${limit} (${basicDate(now)} - ${validFor / 60_000} min.)`;
  }
  if (now < signedAt - skew) {
    const limit = basicDate(now + skew);
    return `Signature not yet current: ${date} is still later than ${limit} (${basicDate(now)} + ${MAX_CLOCK_SKEW_MINUTES} min.)`;
  }
  return null;
}

function ownerOf(claim: SignatureClaim, credentials: Credentials, now: number): KeyOwner {
  const owner = credentials.find(claim.accessKeyId, claim.sessionToken);
  if (!owner || !equalInConstantTime(owner.key.sessionToken ?? '', claim.sessionToken ?? '')) {
    throw new AwsError('UnrecognizedClientException', 'The security token included in the request is invalid.');
  }
  if (owner.expiresAt !== null && now >= owner.expiresAt) {
    throw new AwsError('ExpiredTokenException', 'The security token included in the request is expired');
  }
  return owner;
}

const invalidSignature = (message: string): AwsError => new AwsError('InvalidSignatureException', message);
