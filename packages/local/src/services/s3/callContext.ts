import type { S3Request } from './s3Request.ts';
import type { Caller } from './signature/authenticate.ts';

/**
 * The condition keys that every request brings along. Requests on this machine count as sent over TLS. `sourceIp` is null
 * for another service of AWS, whose address no policy can name beforehand.
 */
export function callContext(
  { headers, sourceIp }: Pick<S3Request, 'headers'> & { readonly sourceIp: string | null },
  caller: Caller,
): Record<string, string> {
  const [userAgent, referer] = [headers.get('user-agent'), headers.get('referer')];
  const signed = {
    's3:authType': caller.authType ?? '',
    's3:signatureversion': 'AWS4-HMAC-SHA256',
    's3:signatureAge': String(Math.max(0, caller.signatureAge)),
  };
  return {
    'aws:SecureTransport': 'true',
    's3:TlsVersion': '1.3',
    ...(sourceIp === null ? {} : { 'aws:SourceIp': sourceIp.replace(/^::ffff:/, '') }),
    ...(userAgent === undefined ? {} : { 'aws:UserAgent': userAgent }),
    ...(referer === undefined ? {} : { 'aws:Referer': referer }),
    ...(caller.authType === null ? {} : signed),
  };
}

/** Parameters that belong to the signature; a presigned request may bring its other `x-amz-` headers in the query. */
const SIGNATURE_PARAMETERS: ReadonlySet<string> = new Set([
  'x-amz-algorithm',
  'x-amz-content-sha256',
  'x-amz-credential',
  'x-amz-date',
  'x-amz-expires',
  'x-amz-security-token',
  'x-amz-signature',
  'x-amz-signedheaders',
]);

/**
 * A presigner moves headers into the query. Checksums there are not taken for checksums of the body: whoever signs a URL for
 * an upload has no body yet, and the SDK writes that of an empty one.
 */
export function effectiveHeaders({ headers, query }: S3Request, { authType }: Caller): ReadonlyMap<string, string> {
  if (authType !== 'REST-QUERY-STRING') return headers;
  const moved = [...query]
    .map(([name, value]) => [name.toLowerCase(), value] as const)
    .filter(
      ([name]) =>
        name.startsWith('x-amz-') && !SIGNATURE_PARAMETERS.has(name) && !/^x-amz-(sdk-)?checksum-(?!mode$)/.test(name),
    );
  return new Map([...moved, ...headers]);
}
