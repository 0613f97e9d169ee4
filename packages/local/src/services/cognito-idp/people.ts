import { createHmac } from 'node:crypto';
import { aliasesOf, foldCase, mergeAttributes } from './attributes.ts';
import type { Client, Cognito, Pool } from './context.ts';
import { notAuthorized, userDisabled, userNotFound } from './errors.ts';
import type { StringMap } from './input.ts';
import { equalBytes } from './srp.ts';
import type { Subject } from './store/attempts.ts';
import type { User } from './store/users.ts';
import type { TokenClaims } from './tokens/verify.ts';

/** By username or by any alias the pool allows. */
export function findUser(cognito: Cognito, pool: Pool, login: string): User | undefined {
  const name = foldCase(pool, login);
  return cognito.users.find(pool.poolId, name) ?? cognito.users.findByAlias(pool.poolId, name);
}

/** Throws `UserNotFoundException`, which is what administrators are told. */
export function requireUser(cognito: Cognito, pool: Pool, login: string): User {
  const user = findUser(cognito, pool, login);
  if (!user) throw userNotFound();
  return user;
}

/** Whose attempts to count: one user under all its names; a name nobody has counts for itself. */
export function subjectOf(pool: Pool, user: User | undefined, login: string): Subject {
  return user ?? { poolId: pool.poolId, username: foldCase(pool, login) };
}

export type UserChange = Partial<Pick<User, 'status' | 'enabled' | 'attributes' | 'password'>>;

/**
 * Applies a change to what is stored *now*: whoever calls may have waited for a hash or a Lambda meanwhile. Throws
 * `UserNotFoundException` when the user is gone.
 */
export function changeUser(
  cognito: Cognito,
  pool: Pool,
  { username, change }: { username: string; change: UserChange },
) {
  const current = cognito.users.find(pool.poolId, username);
  if (!current) throw userNotFound();
  const changed: User = { ...current, ...change, modifiedAt: cognito.clock.now() };
  cognito.users.save(changed, aliasesOf(pool, changed));
  return changed;
}

export function changeAttributes(cognito: Cognito, pool: Pool, { user, changes }: { user: User; changes: StringMap }) {
  const current = cognito.users.find(pool.poolId, user.username);
  if (!current) throw userNotFound();
  return changeUser(cognito, pool, {
    username: user.username,
    change: { attributes: mergeAttributes(current, changes) },
  });
}

/** The holder of an access token: signature, pool, expiry, scope, and that neither token nor user was withdrawn. */
export function requireTokenHolder(cognito: Cognito, accessToken: string, scope = 'aws.cognito.signin.user.admin') {
  const inspection = cognito.inspectToken(accessToken);
  if ('refusal' in inspection) {
    throw notAuthorized(inspection.refusal === 'expired' ? 'Access Token has expired' : 'Invalid Access Token');
  }
  const { claims, poolId } = inspection;
  const pool = cognito.pools.get(poolId);
  const client = cognito.clients.get(String(claims['client_id']));
  if (claims.token_use !== 'access' || !pool || client?.poolId !== poolId) throw notAuthorized('Invalid Access Token');
  if (!String(claims['scope']).split(' ').includes(scope)) {
    throw notAuthorized('Access Token does not have required scopes');
  }
  if (cognito.refreshTokens.isRevoked(String(claims['origin_jti'])))
    throw notAuthorized('Access Token has been revoked');
  const user = cognito.users.find(poolId, String(claims['username']));
  if (!user || user.sub !== claims.sub) throw userNotFound();
  if (!user.enabled) throw userDisabled();
  return { pool, client, user, claims };
}

/** Of claims that were verified: that neither token nor user was withdrawn since. */
export function isSignedIn(cognito: Cognito, claims: TokenClaims): boolean {
  const pool = [...cognito.pools.values()].find(({ issuer }) => issuer === claims.iss);
  const username = claims['cognito:username'] ?? claims['username'];
  const user = pool && cognito.users.find(pool.poolId, String(username));
  if (!user?.enabled || user.sub !== claims.sub) return false;
  return !cognito.refreshTokens.isRevoked(String(claims['origin_jti']));
}

/**
 * A client with a secret must prove that it has it: base64(HMAC-SHA256(secret, username + client id)). Refresh
 * requests carry no username, so the hash may be over any of the user's names.
 */
export function checkSecretHash(client: Client, secretHash: string | undefined, names: readonly string[]): void {
  if (!client.secret) return;
  if (secretHash === undefined) {
    throw notAuthorized(`Client ${client.clientId} is configured with secret but SECRET_HASH was not received`);
  }
  const secret = client.secret;
  const given = Buffer.from(secretHash, 'base64');
  const matches = names.some((name) =>
    equalBytes(createHmac('sha256', secret).update(name).update(client.clientId).digest(), given),
  );
  if (!matches) throw notAuthorized(`Unable to verify secret hash for client ${client.clientId}`);
}

export function checkClientSecret(client: Client, secret: string | undefined): void {
  if (!client.secret) return;
  if (secret === undefined || !equalBytes(Buffer.from(client.secret), Buffer.from(secret))) {
    throw notAuthorized(`Unable to verify secret for client ${client.clientId}`);
  }
}
