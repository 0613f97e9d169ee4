import type { Credentials, KeyOwner } from '../../../aws/credentials.ts';
import { AwsError } from '../../../aws/error.ts';
import type { Principal } from '../../../aws/service.ts';
import { readClaim, type SignatureClaim } from '../../../aws/signatureClaim.ts';
import { equalInConstantTime, parseBasicDate, signText, stringToSign } from '../../../aws/signingKey.ts';
import type { Clock } from '../../../clock.ts';
import { s3Error } from '../errors.ts';
import type { S3Request } from '../s3Request.ts';
import { canonicalS3Request } from './canonical.ts';
import { type ChunkSigner, createChunkSigner } from './chunkSigner.ts';
import { clockOf, refuseWrongDate } from './dates.ts';
import { type Payload, PRESIGNED_PAYLOAD, readPayload } from './payload.ts';

export interface Authentication {
  readonly credentials: Credentials;
  readonly region: string;
  /** SDKs sign with the machine's time, whatever the local system's clock was moved to. */
  readonly wallClock: Clock;
  /** Functions sign with the local system's time, which is theirs. */
  readonly clock: Clock;
}

/** Who sent a request, how that is known, and what was said of its body. */
export interface Caller {
  readonly principal: Principal;
  /** As in the condition key `s3:authType`; null: nobody signed. */
  readonly authType: 'REST-HEADER' | 'REST-QUERY-STRING' | 'POST' | null;
  /** Milliseconds since the signature's date. */
  readonly signatureAge: number;
  readonly payload: Payload;
  /** Of bodies whose chunks are signed. */
  readonly chunks: ChunkSigner | null;
}

/** Who has not signed. */
export const NOBODY: Caller = {
  principal: { arn: 'anonymous' },
  authType: null,
  signatureAge: 0,
  payload: { kind: 'unsigned' },
  chunks: null,
};

/**
 * Whose key signed the request, in the `Authorization` header or in the query. The body is not looked at.
 *
 * Throws `SignatureDoesNotMatch`, `InvalidAccessKeyId`, `RequestTimeTooSkewed`, `AccessDenied` and their like.
 */
export function authenticate(request: S3Request, options: Authentication): Caller {
  const claim = claimOf(request);
  if (claim === null) return anonymous(request);
  refuseWrongScope(claim, options.region);
  refuseUnsignedHeaders(claim, request);
  const owner = ownerOf(claim, options);
  refuseWrongDate(claim, owner, options);
  const isPresigned = claim.expiresInSeconds !== null;
  const payloadText = isPresigned ? presignedPayload(request) : request.headers.get('x-amz-content-sha256');
  if (payloadText === undefined) {
    throw s3Error('InvalidRequest', 'Missing required header for this request: x-amz-content-sha256');
  }
  const payload = readPayload(payloadText);
  verify(claim, request, { secret: owner.key.secretAccessKey, payload: payloadText });
  return {
    principal: owner.principal,
    authType: isPresigned ? 'REST-QUERY-STRING' : 'REST-HEADER',
    signatureAge: clockOf(owner, options).now() - parseBasicDate(claim.date),
    payload,
    chunks: payload.kind === 'chunked' && payload.signed ? createChunkSigner(claim, owner.key.secretAccessKey) : null,
  };
}

const presignedPayload = ({ headers, query }: S3Request): string =>
  headers.get('x-amz-content-sha256') ?? query.get('X-Amz-Content-Sha256') ?? PRESIGNED_PAYLOAD;

/** The shared reader's refusals in S3's words. */
function claimOf({ headers, parameters }: S3Request): SignatureClaim | null {
  try {
    return readClaim(headers, parameters);
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    if (error.code === 'MissingAuthenticationTokenException') return null;
    const authorization = headers.get('authorization');
    if (authorization === undefined) throw s3Error('AuthorizationQueryParametersError', error.message);
    if (!authorization.startsWith('AWS4-HMAC-SHA256 ')) {
      const message = 'The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.';
      throw s3Error('InvalidRequest', message);
    }
    throw s3Error('AuthorizationHeaderMalformed', error.message);
  }
}

function anonymous({ headers }: S3Request): Caller {
  const payload = readPayload(headers.get('x-amz-content-sha256') ?? PRESIGNED_PAYLOAD);
  if (payload.kind === 'chunked' && payload.signed) {
    throw s3Error('InvalidRequest', 'A body of signed chunks needs a signed request');
  }
  return { ...NOBODY, payload };
}

function refuseWrongScope({ scope, date, expiresInSeconds }: SignatureClaim, region: string): void {
  const code = expiresInSeconds === null ? 'AuthorizationHeaderMalformed' : 'AuthorizationQueryParametersError';
  const refuse = (what: string, details = {}): never => {
    throw s3Error(
      code,
      `The authorization ${expiresInSeconds === null ? 'header is' : 'query is'} malformed; ${what}`,
      details,
    );
  };
  if (scope.date !== date.slice(0, 8)) refuse(`invalid credential date "${scope.date}".`);
  if (scope.region !== region)
    refuse(`the region '${scope.region}' is wrong; expecting '${region}'`, { Region: region });
  if (scope.service !== 's3') refuse(`incorrect service "${scope.service}". This endpoint belongs to "s3".`);
}

/** Headers that change what S3 does must not be added by whoever has got hold of a signed request. */
function refuseUnsignedHeaders({ signedHeaders }: SignatureClaim, { headers }: S3Request): void {
  const signed = new Set(signedHeaders);
  const missing = [...headers.keys()].filter(
    (name) => (name === 'host' || name.startsWith('x-amz-')) && !signed.has(name),
  );
  if (missing.length === 0) return;
  const message = 'There were headers present in the request which were not signed';
  throw s3Error('AccessDenied', message, { HeadersNotSigned: missing.join(', ') });
}

/** Throws for keys that are not known, have ended, or came without their session token. */
export function ownerOf(
  claim: Pick<SignatureClaim, 'accessKeyId' | 'sessionToken'>,
  { credentials, wallClock }: Authentication,
): KeyOwner {
  const owner = credentials.find(claim.accessKeyId, claim.sessionToken);
  if (!owner) {
    const message = 'The AWS Access Key Id you provided does not exist in our records.';
    throw s3Error('InvalidAccessKeyId', message, { AWSAccessKeyId: claim.accessKeyId });
  }
  if (!equalInConstantTime(owner.key.sessionToken ?? '', claim.sessionToken ?? '')) {
    throw s3Error('InvalidToken', 'The provided token is malformed or otherwise invalid.');
  }
  if (owner.expiresAt !== null && wallClock.now() >= owner.expiresAt) {
    throw s3Error('ExpiredToken', 'The provided token has expired.');
  }
  return owner;
}

function verify(
  claim: SignatureClaim,
  request: S3Request,
  { secret, payload }: { readonly secret: string; readonly payload: string },
): void {
  const parameters = request.parameters.filter(([name]) => name !== 'X-Amz-Signature');
  const canonical = canonicalS3Request(request, parameters, { signedHeaders: claim.signedHeaders, payload });
  const text = stringToSign(claim, canonical);
  if (equalInConstantTime(signText(claim, text, secret), claim.signature)) return;
  throw signatureDoesNotMatch({
    AWSAccessKeyId: claim.accessKeyId,
    StringToSign: text,
    SignatureProvided: claim.signature,
    CanonicalRequest: canonical,
  });
}

export function signatureDoesNotMatch(details: Record<string, string>): AwsError {
  const message =
    'The request signature we calculated does not match the signature you provided. Check your key and signing method.';
  return s3Error('SignatureDoesNotMatch', message, details);
}
