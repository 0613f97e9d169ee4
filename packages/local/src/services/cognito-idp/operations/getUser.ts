import type { JsonObject } from '../../../json.ts';
import { attributeList, userSummary } from '../attributes.ts';
import { type Cognito, requirePool } from '../context.ts';
import { requireString } from '../input.ts';
import { requireTokenHolder, requireUser } from '../people.ts';

export function getUser(cognito: Cognito, input: JsonObject): JsonObject {
  const { user, client } = requireTokenHolder(cognito, requireString(input, 'AccessToken'));
  return { Username: user.username, UserAttributes: attributeList(user, client) };
}

export function adminGetUser(cognito: Cognito, input: JsonObject): JsonObject {
  const pool = requirePool(cognito, requireString(input, 'UserPoolId'));
  const user = requireUser(cognito, pool, requireString(input, 'Username'));
  return { ...userSummary(user), UserAttributes: attributeList(user) };
}
