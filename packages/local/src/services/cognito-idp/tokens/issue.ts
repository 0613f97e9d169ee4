import { createHash } from 'node:crypto';
import type { JsonObject, JsonValue } from '../../../json.ts';
import type { Random } from '../../../random.ts';
import type { Client, Cognito, Pool } from '../context.ts';
import type { StringMap } from '../input.ts';
import { DEFAULT_REFRESH_TOKEN_SECONDS, DEFAULT_TOKEN_SECONDS } from '../limits.ts';
import type { RefreshToken } from '../store/refreshTokens.ts';
import type { Group } from '../store/groups.ts';
import type { User } from '../store/users.ts';
import { preTokenGeneration, type TokenSource } from '../triggers.ts';
import { identitiesClaim, IDENTITIES } from '../identities.ts';
import { uuid } from '../../../uuid.ts';
import { signToken } from './jwt.ts';

/** What a sign-in by the API is given. */
const API_SCOPES: readonly string[] = ['aws.cognito.signin.user.admin'];
const REFRESH_TOKEN_BYTES = 64;

/** Claims that a pre token generation trigger cannot touch (developer guide, "Pre token generation Lambda trigger"). */
const RESERVED = new Set(
  `acr amr at_hash aud auth_time azp client_id cognito:username event_id exp iat identities iss jti nbf nonce origin_jti
   scope sub token_use username version`.split(/\s+/),
);
const RESERVED_PREFIX = /^(?:aws|dev|cognito):/;

export interface SignedIn {
  readonly pool: Pool;
  readonly client: Client;
  readonly user: User;
  readonly source: TokenSource;
  readonly clientMetadata: StringMap;
  /** When tokens are renewed: the sign-in they continue. */
  readonly continued?: RefreshToken;
  /** What a sign-in on the login page was given. */
  readonly authorization?: { readonly scopes: readonly string[]; readonly nonce?: string };
}

/** `AuthenticationResult` of a sign-in; without `RefreshToken` when it continues one. */
export async function issueTokens(cognito: Cognito, signedIn: SignedIn): Promise<JsonObject> {
  const { pool, client, user, source, clientMetadata, continued, authorization } = signedIn;
  const { clock, random } = cognito;
  const granted = authorization?.scopes ?? (continued && cognito.grants.scopesOf(continued.originJti));
  const scopes = granted ?? API_SCOPES;
  const groups = cognito.groups.ofUser(pool.poolId, user.username);
  const overrides = await preTokenGeneration(
    cognito,
    { pool, userName: user.username, clientId: client.clientId, clientMetadata },
    { source, user, groups, scopes },
  );

  const now = Math.floor(clock.now() / 1_000);
  const { accessTokenValiditySeconds: accessSeconds = DEFAULT_TOKEN_SECONDS } = client;
  const { idTokenValiditySeconds: idSeconds = DEFAULT_TOKEN_SECONDS } = client;
  const originJti = continued?.originJti ?? uuid(random);
  const groupOverrides = member(overrides, 'groupOverrideDetails');
  const shared: JsonObject = {
    sub: user.sub,
    ...groupClaims(groups, groupOverrides),
    iss: pool.issuer,
    origin_jti: originJti,
    event_id: uuid(random),
    auth_time: continued?.authTime ?? now,
    iat: now,
  };
  const access = accessClaims(shared, { user, client, jti: uuid(random), exp: now + accessSeconds, scopes });
  if (granted) access['version'] = 2;
  const id: JsonObject = {
    ...idClaims(shared, { user, client, jti: uuid(random), exp: now + idSeconds }),
    ...roleClaims(groups, groupOverrides),
  };
  const generated = override(access, overrides, 'accessTokenGeneration');
  const accessToken = signToken(pool.key, { ...generated, scope: overrideScopes(scopes, overrides) });
  if (granted) id['at_hash'] = halfHash(accessToken);
  if (authorization?.nonce !== undefined) id['nonce'] = authorization.nonce;
  // OpenID Connect Core 3.1.2.1: without the scope it is not OpenID Connect, and there is no ID token.
  const withId = !granted || granted.includes('openid');
  const result: JsonObject = {
    AccessToken: accessToken,
    ...(withId && { IdToken: signToken(pool.key, override(id, overrides, 'idTokenGeneration')) }),
    ExpiresIn: accessSeconds,
    TokenType: 'Bearer',
  };
  if (!continued) {
    result['RefreshToken'] = addRefreshToken(cognito, signedIn, { originJti, authTime: now });
    if (granted) cognito.grants.add(user, originJti, granted);
  }
  return result;
}

function addRefreshToken(
  { clock, random, refreshTokens }: Cognito,
  { pool, client, user }: SignedIn,
  { originJti, authTime }: { originJti: string; authTime: number },
): string {
  const token = newRefreshToken(random);
  const seconds = client.refreshTokenValiditySeconds ?? DEFAULT_REFRESH_TOKEN_SECONDS;
  const expiresAt = clock.now() + seconds * 1_000;
  refreshTokens.add(
    token,
    { poolId: pool.poolId, clientId: client.clientId, username: user.username, originJti, authTime, expiresAt },
    clock.now(),
  );
  return token;
}

export const newRefreshToken = (random: Random) => random.bytes(REFRESH_TOKEN_BYTES).toString('base64url');

interface TokenDetail {
  readonly user: User;
  readonly client: Client;
  readonly jti: string;
  /** Epoch seconds. */
  readonly exp: number;
}

function accessClaims(
  shared: JsonObject,
  { user, client, jti, exp, scopes }: TokenDetail & { readonly scopes: readonly string[] },
): JsonObject {
  return {
    ...shared,
    client_id: client.clientId,
    token_use: 'access',
    scope: scopes.join(' '),
    exp,
    jti,
    username: user.username,
  };
}

function idClaims(shared: JsonObject, { user, client, jti, exp }: TokenDetail): JsonObject {
  const attributes = Object.entries(user.attributes)
    .filter(([name]) => client.readAttributes?.includes(name) ?? true)
    .map(([name, value]): [string, JsonValue] => [name, claimOf(user, name, value)]);
  return {
    ...Object.fromEntries(attributes),
    ...shared,
    'cognito:username': user.username,
    aud: client.clientId,
    token_use: 'id',
    exp,
    jti,
  };
}

/** Attributes are texts; some of them become something else in a token. */
function claimOf({ attributes }: User, name: string, value: string): JsonValue {
  if (name === IDENTITIES) return identitiesClaim(attributes);
  return name.endsWith('_verified') ? value === 'true' : value;
}

function groupClaims(groups: readonly Group[], overrides: JsonObject): JsonObject {
  const names = strings(overrides['groupsToOverride']) ?? groups.map(({ name }) => name);
  return names.length > 0 ? { 'cognito:groups': names } : {};
}

function roleClaims(groups: readonly Group[], overrides: JsonObject): JsonObject {
  const roles = strings(overrides['iamRolesToOverride']) ?? groups.flatMap(({ roleArn }) => roleArn ?? []);
  const preferred = overrides['preferredRole'] ?? preferredRole(groups);
  return {
    ...(roles.length > 0 && { 'cognito:roles': roles }),
    ...(typeof preferred === 'string' && { 'cognito:preferred_role': preferred }),
  };
}

/** The role of the group that goes first; none when two groups with roles share that place. */
function preferredRole(groups: readonly Group[]): string | null {
  const [first, second] = groups.filter(({ roleArn, precedence }) => roleArn !== undefined && precedence !== undefined);
  if (!first || first.precedence === second?.precedence) return null;
  return first.roleArn ?? null;
}

/** Reserved claims stay as they are, silently, as in AWS. */
function override(claims: JsonObject, overrides: JsonObject, token: string): JsonObject {
  const generation = member(overrides, token);
  const result = new Map(Object.entries(claims));
  for (const [name, value] of Object.entries(member(generation, 'claimsToAddOrOverride'))) {
    if (!RESERVED.has(name) && !RESERVED_PREFIX.test(name)) result.set(name, value);
  }
  for (const name of strings(generation['claimsToSuppress']) ?? []) {
    if (!RESERVED.has(name)) result.delete(name);
  }
  return Object.fromEntries(result);
}

function overrideScopes(scopes: readonly string[], overrides: JsonObject): string {
  const generation = member(overrides, 'accessTokenGeneration');
  const suppressed = strings(generation['scopesToSuppress']) ?? [];
  const wanted = [...scopes, ...(strings(generation['scopesToAdd']) ?? [])];
  return [...new Set(wanted.filter((scope) => !suppressed.includes(scope)))].join(' ');
}

/** OpenID Connect Core 3.1.3.6. */
const halfHash = (token: string) => createHash('sha256').update(token).digest().subarray(0, 16).toString('base64url');

function member(value: JsonObject, name: string): JsonObject {
  const found = Object.hasOwn(value, name) ? value[name] : undefined;
  return typeof found === 'object' && found !== null && !Array.isArray(found) ? found : {};
}

function strings(value: JsonValue | undefined): string[] | undefined {
  return Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : undefined;
}
