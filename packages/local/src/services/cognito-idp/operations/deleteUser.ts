import type { JsonObject } from '../../../json.ts';
import { type Cognito, requirePool } from '../context.ts';
import { requireString } from '../input.ts';
import { requireTokenHolder, requireUser } from '../people.ts';

export function deleteUser(cognito: Cognito, input: JsonObject): JsonObject {
  const { user } = requireTokenHolder(cognito, requireString(input, 'AccessToken'));
  cognito.users.remove(user);
  return {};
}

export function adminDeleteUser(cognito: Cognito, input: JsonObject): JsonObject {
  const pool = requirePool(cognito, requireString(input, 'UserPoolId'));
  cognito.users.remove(requireUser(cognito, pool, requireString(input, 'Username')));
  return {};
}
