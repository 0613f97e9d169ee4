import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';
import { target } from './target.ts';

const { region, accessKeyId, secretAccessKey } = target;

/** What a request is signed with; `sessionToken` comes with temporary keys. */
export interface AccessKey {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** The key of whoever runs the system. */
export const rootKey: AccessKey = { accessKeyId, secretAccessKey };

export interface Signing {
  readonly service: string;
  readonly key?: AccessKey;
  /** Signed, too. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** A POST of JSON, signed for a service, by default with the root key. */
export async function signedPost(url: URL, body: string, signing: Signing): Promise<Response> {
  return fetch(url, { method: 'POST', headers: await signedHeaders(url, body, signing), body });
}

/** The headers of such a POST, the signature among them. */
export async function signedHeaders(
  url: URL,
  body: string,
  { service, key = rootKey, headers = {} }: Signing,
): Promise<Record<string, string>> {
  const signer = new SignatureV4({ credentials: key, region, service, sha256: Sha256 });
  const signed = await signer.sign({
    method: 'POST',
    protocol: url.protocol,
    hostname: url.hostname,
    port: Number(url.port),
    path: url.pathname,
    headers: { host: url.host, 'content-type': 'application/json', ...headers },
    body,
  });
  return signed.headers;
}

/** The server may end a connection that was kept just when it is used again. For requests that may be repeated. */
export async function twice<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  try {
    return await ask();
  } catch (error) {
    const { cause } = error as { cause?: { code?: string } };
    if (cause?.code !== 'ECONNRESET' && cause?.code !== 'UND_ERR_SOCKET') throw error;
    return ask();
  }
}
