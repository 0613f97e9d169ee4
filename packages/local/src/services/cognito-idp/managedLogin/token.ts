import { createHash } from 'node:crypto';
import { AwsError } from '../../../aws/error.ts';
import type { JsonObject } from '../../../json.ts';
import type { Client, Pool } from '../context.ts';
import { refreshTokens } from '../operations/getTokensFromRefreshToken.ts';
import { checkClientSecret } from '../people.ts';
import { equalBytes } from '../srp.ts';
import { issueTokens } from '../tokens/issue.ts';
import { requireLoginClient } from './authorizationRequest.ts';
import type { ManagedLogin } from './context.ts';
import { json, type LoginAnswer, type LoginRequest, single } from './exchange.ts';
import { PageRefusal, TokenRefusal } from './refusal.ts';

/** `POST /oauth2/token`: tokens for a code or for a refresh token. */
export async function token(login: ManagedLogin, request: LoginRequest): Promise<LoginAnswer> {
  const client = authenticateClient(login, request);
  const grantType = single(request.form, 'grant_type');
  if (grantType === undefined) throw new TokenRefusal('invalid_request');
  if (grantType === 'client_credentials') throw new TokenRefusal('unauthorized_client');
  const grant = GRANTS.get(grantType);
  if (!grant) throw new TokenRefusal('unsupported_grant_type');
  return json(200, answer(await grant(login, request, client)), { pragma: 'no-cache' });
}

export interface TokenClient {
  readonly pool: Pool;
  readonly client: Client;
}

type GrantHandler = (login: ManagedLogin, request: LoginRequest, client: TokenClient) => Promise<JsonObject>;

const GRANTS: ReadonlyMap<string, GrantHandler> = new Map([
  ['authorization_code', exchangeCode],
  ['refresh_token', renew],
]);

async function exchangeCode(
  { cognito, codes }: ManagedLogin,
  { form }: LoginRequest,
  { pool, client }: TokenClient,
): Promise<JsonObject> {
  const code = single(form, 'code');
  const redirectUri = single(form, 'redirect_uri');
  if (code === undefined || redirectUri === undefined) throw new TokenRefusal('invalid_request');
  // Used up by the attempt, right or wrong: whoever stole it may not try verifiers.
  const grant = codes.take(code);
  if (grant?.clientId !== client.clientId || grant.redirectUri !== redirectUri) throw new TokenRefusal('invalid_grant');
  if (!provesChallenge(grant.codeChallenge, single(form, 'code_verifier'))) throw new TokenRefusal('invalid_grant');
  const user = cognito.users.find(pool.poolId, grant.username);
  if (!user?.enabled) throw new TokenRefusal('invalid_grant');
  const { scopes, nonce } = grant;
  return issueTokens(cognito, {
    pool,
    client,
    user,
    source: 'HostedAuth',
    clientMetadata: new Map(),
    authorization: { scopes, ...(nonce !== undefined && { nonce }) },
  });
}

/** A verifier without a challenge is wrong as well: the code was not asked for by who has it. */
function provesChallenge(challenge: string | undefined, verifier: string | undefined): boolean {
  if (challenge === undefined || verifier === undefined) return challenge === verifier;
  const proof = createHash('sha256').update(verifier).digest('base64url');
  return equalBytes(Buffer.from(proof), Buffer.from(challenge));
}

async function renew(
  { cognito }: ManagedLogin,
  { form }: LoginRequest,
  { pool, client }: TokenClient,
): Promise<JsonObject> {
  const refreshToken = single(form, 'refresh_token');
  if (refreshToken === undefined) throw new TokenRefusal('invalid_request');
  return refreshTokens(cognito, { pool, client, token: refreshToken, clientMetadata: new Map() });
}

function answer(tokens: JsonObject): JsonObject {
  return {
    ...(tokens['IdToken'] !== undefined && { id_token: tokens['IdToken'] }),
    access_token: tokens['AccessToken'] ?? '',
    ...(tokens['RefreshToken'] !== undefined && { refresh_token: tokens['RefreshToken'] }),
    expires_in: tokens['ExpiresIn'] ?? 0,
    token_type: 'Bearer',
  };
}

/** By `client_id` alone for a public client; by Basic authorization or `client_secret` for one with a secret. */
export function authenticateClient({ cognito }: ManagedLogin, { headers, form }: LoginRequest): TokenClient {
  const basic = basicCredentials(headers.authorization);
  const clientId = basic?.clientId ?? single(form, 'client_id');
  if (clientId === undefined) throw new TokenRefusal('invalid_request');
  try {
    const { pool, client } = requireLoginClient(cognito, clientId);
    checkClientSecret(client, basic?.secret ?? single(form, 'client_secret'));
    return { pool, client };
  } catch (error) {
    if (error instanceof PageRefusal || error instanceof AwsError) throw new TokenRefusal('invalid_client');
    throw error;
  }
}

function basicCredentials(header: string | undefined): { clientId: string; secret: string } | undefined {
  const encoded = /^Basic ([A-Za-z0-9+/=]+)$/i.exec(header ?? '')?.[1];
  if (encoded === undefined) return undefined;
  const [clientId = '', ...rest] = Buffer.from(encoded, 'base64').toString('utf8').split(':');
  return { clientId, secret: rest.join(':') };
}
