import type { JsonObject } from '../../../json.ts';
import { attributeList, userSummary } from '../attributes.ts';
import { type Cognito, type Pool, requirePool } from '../context.ts';
import { requireString } from '../input.ts';
import { requireTokenHolder, requireUser } from '../people.ts';
import { factorsOf } from '../secondFactor.ts';
import type { User } from '../store/users.ts';

export function getUser(cognito: Cognito, input: JsonObject): JsonObject {
  const { pool, user, client } = requireTokenHolder(cognito, requireString(input, 'AccessToken'));
  return { Username: user.username, UserAttributes: attributeList(user, client), ...mfa(cognito, pool, user) };
}

export function adminGetUser(cognito: Cognito, input: JsonObject): JsonObject {
  const pool = requirePool(cognito, requireString(input, 'UserPoolId'));
  const user = requireUser(cognito, pool, requireString(input, 'Username'));
  return { ...userSummary(user), UserAttributes: attributeList(user), ...mfa(cognito, pool, user) };
}

function mfa(cognito: Cognito, pool: Pool, user: User): JsonObject {
  const { factors, preferred } = factorsOf(cognito, pool, user);
  return {
    ...(preferred && { PreferredMfaSetting: preferred }),
    ...(factors.length > 0 && { UserMFASettingList: [...factors] }),
  };
}
