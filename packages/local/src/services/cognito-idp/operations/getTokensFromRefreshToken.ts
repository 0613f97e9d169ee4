import { AwsError } from '../../../aws/error.ts';
import type { JsonObject } from '../../../json.ts';
import { type Client, type Cognito, type Pool, requireClient } from '../context.ts';
import { notAuthorized, userDisabled } from '../errors.ts';
import { SECOND } from '../limits.ts';
import { optionalString, readMap, requireString, type StringMap } from '../input.ts';
import { checkClientSecret } from '../people.ts';
import { issueTokens, newRefreshToken } from '../tokens/issue.ts';

/** What current clients call; allowed whatever the client's auth flows are, as in AWS. */
export async function getTokensFromRefreshToken(cognito: Cognito, input: JsonObject): Promise<JsonObject> {
  const { client, pool } = requireClient(cognito, requireString(input, 'ClientId'));
  const token = requireString(input, 'RefreshToken');
  checkClientSecret(client, optionalString(input, 'ClientSecret'));
  const clientMetadata = readMap(input, 'ClientMetadata');
  return { AuthenticationResult: await refreshTokens(cognito, { pool, client, token, clientMetadata }) };
}

export interface RefreshRequest {
  readonly pool: Pool;
  readonly client: Client;
  readonly token: string;
  readonly clientMetadata: StringMap;
  /** Gets every name the token's user signs in with. */
  readonly checkUser?: (names: readonly string[]) => void;
}

/** New ID and access tokens of the same sign-in; the refresh token stays, unless the client rotates them. */
export async function refreshTokens(cognito: Cognito, request: RefreshRequest): Promise<JsonObject> {
  const { pool, client, token, clientMetadata, checkUser } = request;
  const stored = cognito.refreshTokens.find(token);
  if (!stored || stored.clientId !== client.clientId || stored.poolId !== pool.poolId) {
    throw notAuthorized('Invalid Refresh Token');
  }
  const user = cognito.users.find(pool.poolId, stored.username);
  if (!user) throw notAuthorized('Invalid Refresh Token');
  checkUser?.([user.username, ...Object.values(user.attributes)]);
  if (stored.revoked) throw notAuthorized('Refresh Token has been revoked');
  if (cognito.clock.now() >= stored.expiresAt) throw notAuthorized('Refresh Token has expired');
  if (!user.enabled) throw userDisabled();
  const rotation = client.refreshTokenRotation;
  if (stored.replacedAt !== null) {
    const grace = (rotation?.retryGracePeriodSeconds ?? 0) * SECOND;
    if (cognito.clock.now() >= stored.replacedAt + grace) {
      throw new AwsError('RefreshTokenReuseException', 'The refresh token was replaced by a newer one.');
    }
  }
  const signedIn = { pool, client, user, source: 'RefreshTokens', clientMetadata, continued: stored } as const;
  const tokens = await issueTokens(cognito, signedIn);
  if (!rotation) return tokens;
  const next = newRefreshToken(cognito.random);
  cognito.refreshTokens.rotate(token, next, { ...stored, now: cognito.clock.now() });
  return { ...tokens, RefreshToken: next };
}
