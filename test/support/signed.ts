import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';
import { target } from './target.ts';

const { region, accessKeyId, secretAccessKey } = target;

/** A POST of JSON, signed with the root key for a service. */
export async function signedPost(
  service: string,
  url: URL,
  body: string,
  more: Readonly<Record<string, string>> = {},
): Promise<Response> {
  const signer = new SignatureV4({ credentials: { accessKeyId, secretAccessKey }, region, service, sha256: Sha256 });
  const { headers } = await signer.sign({
    method: 'POST',
    protocol: url.protocol,
    hostname: url.hostname,
    port: Number(url.port),
    path: url.pathname,
    headers: { host: url.host, 'content-type': 'application/json', ...more },
    body,
  });
  return fetch(url, { method: 'POST', headers, body });
}
