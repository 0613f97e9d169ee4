import type { JsonObject } from '../json.ts';
import type { WireRequest } from './canonicalRequest.ts';
import { AwsError } from './error.ts';
import { restJson, type Reply } from './protocols.ts';
import { parseJsonObject } from './requestBody.ts';
import type { SignatureVerifier } from './signature.ts';

/** The signing name of requests that administer the local system itself. */
export const ADMIN_SERVICE = 'local';

/** An operation on the local system itself, as moving its clock or reading its outbox. */
export interface AdminRoute {
  readonly method: 'GET' | 'POST';
  /** `{name}` stands for one segment and becomes a member of the input. */
  readonly path: string;
  /** `input` is the JSON body with the path's parameters. Throws `AwsError`. */
  handle(input: JsonObject): JsonObject | Promise<JsonObject>;
}

interface AdminCall {
  readonly route: AdminRoute;
  readonly parameters: JsonObject;
  readonly wire: WireRequest;
  readonly origin: string | undefined;
  readonly verifier: SignatureVerifier;
}

/** Only for the developer's root key, and never for a page, whatever its origin. */
export async function callAdminRoute({ route, parameters, wire, origin, verifier }: AdminCall): Promise<Reply> {
  if (origin !== undefined) {
    throw new AwsError('AccessDeniedException', 'Pages may not administer the local system');
  }
  const principal = verifier.verify({ ...wire, service: ADMIN_SERVICE, anyRegion: true });
  if (!principal.arn.endsWith(':root')) {
    throw new AwsError('AccessDeniedException', `${principal.arn} may not administer the local system`);
  }
  return restJson.encode(await route.handle({ ...parseJsonObject(wire.body as Uint8Array), ...parameters }));
}
