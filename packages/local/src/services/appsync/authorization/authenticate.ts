import { AwsError } from '../../../aws/error.ts';
import type { Principal } from '../../../aws/service.ts';
import type { Clock } from '../../../clock.ts';
import { attempt, chain, type MaybePromise } from '../execution/chain.ts';
import type { AppSyncApi, AuthenticationProvider } from '../model.ts';
import type { Caller } from './caller.ts';
import { iamIdentity, userPoolIdentity, type Claims } from './identity.ts';

/** What a signature covers. */
export interface SignedRequest {
  readonly method: string;
  readonly path: string;
  /** Without the question mark. */
  readonly query: string;
  readonly headers: Headers;
  readonly body: Buffer;
}

/** Node style: lower-case names. */
export type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;

export interface Verifiers {
  readonly clock: Clock;
  /** The token's claims. Throws (or rejects with) `AwsError` for a token that is not valid now. */
  readonly verifyUserPoolToken: (userPoolId: string, token: string) => MaybePromise<{ readonly claims: Claims }>;
  /** Who signed the request for the service `appsync`. Throws (or rejects with) `AwsError`. */
  readonly verifySignature: (request: SignedRequest) => MaybePromise<Principal>;
}

/** The 401 of AppSync. https://docs.aws.amazon.com/appsync/latest/devguide/security-authz.html */
export function unauthorized(message = 'You are not authorized to make this call.'): AwsError {
  return new AwsError('UnauthorizedException', message, { statusCode: 401 });
}

/**
 * Finds out who makes the request, by the mode its credentials choose: a SigV4 signature, then an API key, then a
 * user pool's token with or without `Bearer`. Throws (or rejects with) `AwsError` of status 401.
 */
export function authenticate(
  api: AppSyncApi,
  verifiers: Verifiers,
  request: SignedRequest,
  remoteAddress: string,
): MaybePromise<Caller> {
  const authorization = single(request.headers.authorization);
  const apiKey = single(request.headers['x-api-key']);
  const sourceIp = sourceAddresses(request.headers, remoteAddress);
  if (authorization?.startsWith('AWS4-HMAC-SHA256')) return authenticateIam(api, verifiers, request, sourceIp);
  if (apiKey !== undefined) return authenticateApiKey(api, verifiers.clock, apiKey);
  if (authorization === undefined || authorization === '') throw unauthorized('Missing authorization header');
  return authenticateUser(api, verifiers, authorization.replace(/^Bearer\s+/i, ''), sourceIp);
}

function providers<T extends AuthenticationProvider['type']>(api: AppSyncApi, type: T) {
  const all = [api.defaultAuthentication, ...api.additionalAuthentication];
  return all.filter((provider): provider is Extract<AuthenticationProvider, { type: T }> => provider.type === type);
}

function authenticateIam(
  api: AppSyncApi,
  verifiers: Verifiers,
  request: SignedRequest,
  sourceIp: readonly string[],
): MaybePromise<Caller> {
  const [provider] = providers(api, 'AWS_IAM');
  if (provider === undefined) throw unauthorized();
  return chain(verifiers.verifySignature(request), (principal) => ({
    provider,
    principal,
    identity: iamIdentity(principal, sourceIp),
    groups: [],
  }));
}

function authenticateApiKey(api: AppSyncApi, clock: Clock, apiKey: string): Caller {
  const [provider] = providers(api, 'API_KEY');
  const known = api.apiKeys.find(({ key }) => key === apiKey);
  if (provider === undefined || known === undefined || known.expires <= clock.now()) throw unauthorized();
  return { provider, identity: null, groups: [] };
}

function authenticateUser(
  api: AppSyncApi,
  { verifyUserPoolToken }: Verifiers,
  token: string,
  sourceIp: readonly string[],
): MaybePromise<Caller> {
  const pools = providers(api, 'AMAZON_COGNITO_USER_POOLS');
  const issuer = unverifiedIssuer(token);
  if (pools.length === 0 || issuer === undefined) throw unauthorized('Valid authorization header not provided.');
  const pool = pools.find(({ userPoolId }) => issuer.endsWith(`/${userPoolId}`));
  if (pool === undefined) throw unauthorized();
  const verified = attempt(
    () => verifyUserPoolToken(pool.userPoolId, token),
    (error) => {
      throw error instanceof AwsError ? unauthorized(error.message) : error;
    },
  );
  return chain(verified, ({ claims }) => {
    const client = claims.aud ?? claims.client_id;
    if (pool.appIdClientRegex !== undefined && !new RegExp(`^(?:${pool.appIdClientRegex})$`).test(String(client))) {
      throw unauthorized();
    }
    const identity = userPoolIdentity(claims, pool.defaultAction, sourceIp);
    return { provider: pool, identity, groups: identity.groups ?? [] };
  });
}

/** Only chooses the pool; the pool then verifies signature and issuer. */
function unverifiedIssuer(token: string): string | undefined {
  const parts = token.split('.');
  if (parts.length !== 3) return undefined;
  try {
    const payload: unknown = JSON.parse(Buffer.from(parts[1] ?? '', 'base64url').toString('utf8'));
    const issuer = typeof payload === 'object' && payload !== null && 'iss' in payload ? payload.iss : undefined;
    return typeof issuer === 'string' ? issuer : undefined;
  } catch {
    return undefined;
  }
}

const single = (value: string | readonly string[] | undefined): string | undefined =>
  typeof value === 'string' ? value : value?.[0];

function sourceAddresses(headers: Headers, remoteAddress: string): readonly string[] {
  const forwarded = headers['x-forwarded-for'];
  const list = forwarded === undefined ? [] : [forwarded].flat().join(',').split(',');
  return [...list.map((address) => address.trim()).filter((address) => address !== ''), remoteAddress];
}
