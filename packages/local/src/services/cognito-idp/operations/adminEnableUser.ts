import type { JsonObject } from '../../../json.ts';
import { type Cognito, requirePool } from '../context.ts';
import { requireString } from '../input.ts';
import { changeUser, requireUser } from '../people.ts';

/** Also ends every sign-in of the user; other services accept the tokens there are until they expire. */
export const adminDisableUser = (cognito: Cognito, input: JsonObject) => setEnabled(cognito, input, false);

export const adminEnableUser = (cognito: Cognito, input: JsonObject) => setEnabled(cognito, input, true);

function setEnabled(cognito: Cognito, input: JsonObject, enabled: boolean): JsonObject {
  const pool = requirePool(cognito, requireString(input, 'UserPoolId'));
  const user = requireUser(cognito, pool, requireString(input, 'Username'));
  changeUser(cognito, pool, { username: user.username, change: { enabled } });
  if (!enabled) cognito.refreshTokens.revokeAll(user);
  return {};
}
