import { equalInConstantTime, parseBasicDate, signText } from '../../../aws/signingKey.ts';
import type { SignatureClaim } from '../../../aws/signatureClaim.ts';
import type { BucketDefinition } from '../definition.ts';
import { invalidArgument, s3Error } from '../errors.ts';
import { MAX_OBJECT_BYTES } from '../limits.ts';
import { type Authentication, type Caller, NOBODY, ownerOf, signatureDoesNotMatch } from '../signature/authenticate.ts';
import { clockOf } from '../signature/dates.ts';
import { checkPolicy, lengthRange, readPolicy } from './policy.ts';

type Fields = ReadonlyMap<string, string>;

/** Bytes that the file may have. */
export interface LengthRange {
  readonly minimum: number;
  readonly maximum: number;
}

export interface SignedForm {
  readonly caller: Caller;
  readonly lengths: LengthRange;
}

/**
 * Whose key signed the form's policy. Nothing of the form itself is signed: it must be what the policy says. A form without
 * a policy is nobody's.
 *
 * Throws `SignatureDoesNotMatch`, `AccessDenied`, `InvalidPolicyDocument` and what a bad key is refused with.
 */
export function signedForm(fields: Fields, bucket: BucketDefinition, authentication: Authentication): SignedForm {
  const text = fields.get('policy');
  if (text === undefined) return { caller: NOBODY, lengths: { minimum: 0, maximum: MAX_OBJECT_BYTES } };
  const claim = formClaim(fields);
  const owner = ownerOf(claim, authentication);
  const expected = signText(claim, text, owner.key.secretAccessKey);
  if (!equalInConstantTime(expected, claim.signature)) {
    const details = { AWSAccessKeyId: claim.accessKeyId, StringToSign: text, SignatureProvided: claim.signature };
    throw signatureDoesNotMatch(details);
  }
  if (claim.scope.region !== authentication.region || claim.scope.service !== 's3') {
    const message = `X-Amz-Credential must be scoped to ${authentication.region}/s3`;
    throw invalidArgument('X-Amz-Credential', fields.get('x-amz-credential') ?? '', message);
  }
  const now = clockOf(owner, authentication).now();
  const signatureAge = now - parseBasicDate(claim.date);
  const caller: Caller = { ...NOBODY, principal: owner.principal, authType: 'POST', signatureAge };
  return { caller, lengths: checkedLengths(text, fields, { bucket: bucket.name, now }) };
}

/** The bucket is the one that the form was sent to, and need not be a field of it. */
function checkedLengths(
  text: string,
  fields: Fields,
  { bucket, now }: { readonly bucket: string; readonly now: number },
): LengthRange {
  const policy = readPolicy(text);
  const mentionsBucket = policy.conditions.some((condition) => 'field' in condition && condition.field === 'bucket');
  checkPolicy(policy, mentionsBucket ? new Map([...fields, ['bucket', bucket]]) : fields, now);
  const { minimum, maximum } = lengthRange(policy) ?? { minimum: 0, maximum: MAX_OBJECT_BYTES };
  return { minimum, maximum: Math.min(maximum, MAX_OBJECT_BYTES) };
}

function formClaim(fields: Fields): SignatureClaim {
  const field = (name: string): string => {
    const value = fields.get(name);
    if (value !== undefined && value !== '') return value;
    throw invalidArgument(
      name,
      '',
      `Bucket POST must contain a field named '${name}'.  If it is specified, please check the order of the fields.`,
    );
  };
  if (fields.has('awsaccesskeyid') || field('x-amz-algorithm') !== 'AWS4-HMAC-SHA256') {
    throw s3Error(
      'InvalidRequest',
      'The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.',
    );
  }
  const credential = field('x-amz-credential');
  const [accessKeyId, day, region, service, terminator, ...more] = credential.split('/');
  const date = field('x-amz-date');
  const isDated = /^\d{8}T\d{6}Z$/.test(date) && day === date.slice(0, 8);
  if (!accessKeyId || !day || !region || !service || terminator !== 'aws4_request' || more.length > 0 || !isDated) {
    throw invalidArgument(
      'X-Amz-Credential',
      credential,
      'The Credential is mal-formed; expecting "<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request".',
    );
  }
  return {
    accessKeyId,
    scope: { date: day, region, service },
    date,
    signature: field('x-amz-signature'),
    sessionToken: fields.get('x-amz-security-token') ?? null,
    signedHeaders: [],
    expiresInSeconds: null,
  };
}
