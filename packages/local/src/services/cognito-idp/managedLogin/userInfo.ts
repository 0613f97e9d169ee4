import { AwsError } from '../../../aws/error.ts';
import type { JsonObject } from '../../../json.ts';
import { requireTokenHolder } from '../people.ts';
import { revokeToken } from '../operations/revokeToken.ts';
import type { ManagedLogin } from './context.ts';
import { json, type LoginAnswer, type LoginRequest, single } from './exchange.ts';
import { TokenRefusal } from './refusal.ts';
import { authenticateClient } from './token.ts';

/** Which attributes a scope opens; `openid` alone opens none, and `profile` all the others. */
const OF_SCOPE: Readonly<Record<string, readonly string[]>> = {
  email: ['email', 'email_verified'],
  phone: ['phone_number', 'phone_number_verified'],
};

/** `GET` or `POST /oauth2/userInfo` with an access token that has the scope `openid`. */
export function userInfo({ cognito }: ManagedLogin, { headers }: LoginRequest): LoginAnswer {
  const accessToken = /^Bearer (\S+)$/i.exec(headers.authorization ?? '')?.[1];
  if (accessToken === undefined) return refuse(400, 'invalid_request', 'Bearer token was not received');
  try {
    const { user, client, claims } = requireTokenHolder(cognito, accessToken, 'openid');
    const scopes = String(claims['scope']).split(' ');
    const elsewhere = Object.values(OF_SCOPE).flat();
    const open = (name: string) =>
      scopes.some((scope) => OF_SCOPE[scope]?.includes(name)) ||
      (scopes.includes('profile') && !elsewhere.includes(name));
    const attributes = Object.entries(user.attributes).filter(
      ([name]) => open(name) && (client.readAttributes?.includes(name) ?? true),
    );
    return json(200, { sub: user.sub, ...Object.fromEntries(attributes), username: user.username });
  } catch (error) {
    if (error instanceof AwsError) return refuse(401, 'invalid_token', error.message);
    throw error;
  }
}

function refuse(status: number, error: string, description: string): LoginAnswer {
  const body: JsonObject = { error, error_description: description };
  return json(status, body, { 'www-authenticate': `error="${error}", error_description="${description}"` });
}

/** `POST /oauth2/revoke`: ends the sign-in of a refresh token, with an empty answer (RFC 7009). */
export function revoke(login: ManagedLogin, request: LoginRequest): LoginAnswer {
  const { client } = authenticateClient(login, request);
  const refreshToken = single(request.form, 'token');
  if (refreshToken === undefined) throw new TokenRefusal('invalid_request');
  try {
    revokeToken(login.cognito, {
      ClientId: client.clientId,
      Token: refreshToken,
      ...(client.secret !== undefined && { ClientSecret: client.secret }),
    });
  } catch (error) {
    const code = error instanceof AwsError ? REVOKE_ERRORS.get(error.code) : undefined;
    if (code === undefined) throw error;
    throw new TokenRefusal(code);
  }
  return { status: 200, headers: { 'cache-control': 'no-store' }, body: '' };
}

const REVOKE_ERRORS: ReadonlyMap<string, string> = new Map([
  ['UnsupportedOperationException', 'invalid_request'],
  ['UnsupportedTokenTypeException', 'unsupported_token_type'],
  ['UnauthorizedException', 'unauthorized_client'],
]);
