import { AwsError } from '../../../aws/error.ts';
import type { JsonObject } from '../../../json.ts';
import { type Cognito, requireClient, requirePool } from '../context.ts';
import { optionalString, requireString } from '../input.ts';
import { checkClientSecret, requireTokenHolder, requireUser } from '../people.ts';

/** Ends one sign-in. A token that nobody has is no error: RFC 7009 wants clients to need no proof of that. */
export function revokeToken(cognito: Cognito, input: JsonObject): JsonObject {
  const { client } = requireClient(cognito, requireString(input, 'ClientId'));
  const token = requireString(input, 'Token');
  checkClientSecret(client, optionalString(input, 'ClientSecret'));
  if (client.enableTokenRevocation === false) {
    throw new AwsError('UnsupportedOperationException', 'Token revocation is not enabled for this client.');
  }
  const stored = cognito.refreshTokens.find(token);
  if (!stored) {
    if (token.split('.').length === 3) {
      throw new AwsError('UnsupportedTokenTypeException', 'Only refresh tokens can be revoked.');
    }
    return {};
  }
  if (stored.clientId !== client.clientId) {
    throw new AwsError('UnauthorizedException', 'The token was not issued to this client.');
  }
  cognito.refreshTokens.revoke(stored.originJti);
  return {};
}

export function globalSignOut(cognito: Cognito, input: JsonObject): JsonObject {
  const { user } = requireTokenHolder(cognito, requireString(input, 'AccessToken'));
  cognito.refreshTokens.revokeAll(user);
  return {};
}

export function adminUserGlobalSignOut(cognito: Cognito, input: JsonObject): JsonObject {
  const pool = requirePool(cognito, requireString(input, 'UserPoolId'));
  cognito.refreshTokens.revokeAll(requireUser(cognito, pool, requireString(input, 'Username')));
  return {};
}
