import { NotEmulated } from '../../../aws/error.ts';
import type { JsonObject } from '../../../json.ts';
import { type Cognito, requirePool } from '../context.ts';
import { optionalBoolean, requireString } from '../input.ts';
import { checkPolicy, passwordRecord } from '../passwords.ts';
import { changeUser, requireUser } from '../people.ts';

/** A permanent password also confirms the user; a temporary one has to be changed at the next sign-in. */
export async function adminSetUserPassword(cognito: Cognito, input: JsonObject): Promise<JsonObject> {
  const pool = requirePool(cognito, requireString(input, 'UserPoolId'));
  const { username, status } = requireUser(cognito, pool, requireString(input, 'Username'));
  if (status === 'EXTERNAL_PROVIDER') {
    throw new NotEmulated('cognito-idp AdminSetUserPassword for a user of an identity provider');
  }
  const proposed = requireString(input, 'Password');
  const permanent = optionalBoolean(input, 'Permanent');
  checkPolicy(pool.passwordPolicy, proposed);
  const owner = { poolName: pool.srpName, userId: username };
  const password = await passwordRecord(owner, proposed, { random: cognito.random, now: cognito.clock.now() });
  const user = changeUser(cognito, pool, {
    username,
    change: { password, status: permanent ? 'CONFIRMED' : 'FORCE_CHANGE_PASSWORD' },
  });
  cognito.attempts.clearSignIn(user);
  return {};
}
