import { canonicalHeaders, canonicalQuery, encodeRfc3986, type QueryParameter } from '../../../aws/canonicalRequest.ts';
import type { S3Request } from '../s3Request.ts';

/**
 * S3's canonical request differs from that of the other services: the path is encoded once and not resolved, and the payload
 * is what the request says of it, since the body has not arrived yet.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html
 */
export function canonicalS3Request(
  request: Pick<S3Request, 'method' | 'path' | 'wireHeaders'>,
  parameters: readonly QueryParameter[],
  { signedHeaders, payload }: { readonly signedHeaders: readonly string[]; readonly payload: string },
): string {
  const headers = canonicalHeaders(request.wireHeaders);
  return [
    request.method,
    request.path.split('/').map(encodedOnce).join('/'),
    canonicalQuery(parameters),
    ...signedHeaders.map((name) => `${name}:${headers.get(name) ?? ''}`),
    '',
    signedHeaders.join(';'),
    payload,
  ].join('\n');
}

/** Clients differ in what they encode; the signature is over one form. The path has been decoded before without error. */
const encodedOnce = (segment: string): string => encodeRfc3986(decodeURIComponent(segment));
