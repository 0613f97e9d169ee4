import sha256 from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';
import { ADMIN_SERVICE } from '../aws/adminRoutes.ts';
import type { AccessKey } from '../aws/credentials.ts';
import type { JsonObject } from '../json.ts';

export interface ControlTarget {
  /** The AWS endpoint, as `http://localhost:4001`. */
  readonly endpoint: string;
  /** The root key. */
  readonly credentials: AccessKey;
}

/** The running system refused a control operation, or there is none; the message is for the developer. */
export class ControlError extends Error {
  override readonly name = 'ControlError';
}

/** Calls `POST /_local/...` of a running system. Throws `ControlError`. */
export async function control(
  { endpoint, credentials }: ControlTarget,
  operation: string,
  input: JsonObject,
): Promise<JsonObject> {
  const url = new URL(`/_local/${operation}`, endpoint);
  const body = JSON.stringify(input);
  // The system itself lies in no region; the signature must name one.
  const signer = new SignatureV4({ credentials, region: 'local', service: ADMIN_SERVICE, sha256: sha256.Sha256 });
  const { headers } = await signer.sign({
    method: 'POST',
    protocol: url.protocol,
    hostname: url.hostname,
    port: Number(url.port),
    path: url.pathname,
    headers: { host: url.host, 'content-type': 'application/json' },
    body,
  });
  const response = await fetch(url, { method: 'POST', headers, body }).catch((cause: unknown) => {
    throw new ControlError(`Nothing answers at ${endpoint}. Is the system running (npm start)?`, { cause });
  });
  const answer = await readAnswer(response);
  if (response.ok) return answer;
  throw new ControlError(String(answer['message'] ?? response.status));
}

/** Something else may listen on that port. */
async function readAnswer(response: Response): Promise<JsonObject> {
  const text = await response.text();
  try {
    return JSON.parse(text) as JsonObject;
  } catch (cause) {
    throw new ControlError(`What answers at ${response.url} is no local system: ${text.slice(0, 100)}`, { cause });
  }
}
