import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';
import { type AccessKey, signedPost, twice } from '../../support/signed.ts';
import { target } from '../../support/target.ts';

/** Makes a request with a key, and tells whether the key's owner may make it. */
export type Knock = (key: AccessKey) => Promise<boolean>;

/** A request of the JSON protocols. */
export function knockJson(service: string, operation: string, input: object): Knock {
  return async (key) => {
    const headers = { 'x-amz-target': operation, 'content-type': 'application/x-amz-json-1.0' };
    const url = new URL(target.awsEndpoint);
    const response = await twice(() => signedPost(url, JSON.stringify(input), { service, key, headers }));
    return isAllowed(await response.text(), operation.replace(/.*\./, ''));
  };
}

/** A request of SES, whose operations are paths. */
export function knockMails(path: string, input: object): Knock {
  return async (key) => {
    const url = new URL(path, target.awsEndpoint);
    const response = await twice(() => signedPost(url, JSON.stringify(input), { service: 'ses', key }));
    return isAllowed(await response.text(), path);
  };
}

/** Asks whether a function might be called, and does not call it. */
export function knockAtFunction(name: string): Knock {
  return async (key) => {
    const url = new URL(`/2015-03-31/functions/${name}/invocations`, target.awsEndpoint);
    const headers = { 'x-amz-invocation-type': 'DryRun' };
    const response = await twice(() => signedPost(url, '', { service: 'lambda', key, headers }));
    return isAllowed(await response.text(), `Invoke ${name}`);
  };
}

export interface BucketRequest {
  /** As `s3:GetObject`: what is not there is refused for another action, `s3:ListBucket`, to those who may not list. */
  readonly action: string;
  readonly method: 'GET' | 'PUT' | 'DELETE';
  readonly bucket: string;
  readonly key?: string;
  readonly query?: Readonly<Record<string, string>>;
}

export function knockAtBucket({ action, method, bucket, key = '', query = {} }: BucketRequest): Knock {
  return async (credentials) => {
    const url = new URL(`/${bucket}/${key}?${new URLSearchParams(query).toString()}`, target.awsEndpoint);
    const signer = new SignatureV4({
      credentials,
      region: target.region,
      service: 's3',
      sha256: Sha256,
      uriEscapePath: false,
    });
    // The digest of something else: what may be put is refused for it, and nothing is kept. There is no body, since a refusal that
    // does not wait for one resets the connection.
    const digest: Record<string, string> = method === 'PUT' ? { 'content-md5': 'AAAAAAAAAAAAAAAAAAAAAA==' } : {};
    const { headers } = await signer.sign({
      method,
      protocol: url.protocol,
      hostname: url.hostname,
      port: Number(url.port),
      path: url.pathname,
      query: { ...query },
      headers: { host: url.host, 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD', ...digest },
    });
    const response = await twice(() => fetch(url, { method, headers }));
    const text = await response.text();
    // What is encrypted asks for a key, too.
    return !new RegExp(`not authorized to perform: (${action}|kms:\\w+) `).test(text);
  };
}

/** Whatever else is wrong with the request, it was allowed. An answer that is no refusal and no known mistake is one of ours. */
function isAllowed(answer: string, what: string): boolean {
  if (/UnknownOperation|NotEmulated|InternalFailure|SignatureDoesNotMatch|InvalidSignature/.test(answer))
    throw new Error(`${what}: ${answer}`);
  return !/AccessDenied|is not authorized to perform/.test(answer);
}
