import type { JsonObject } from '../../../json.ts';
import type { Cognito } from '../context.ts';
import { requireString } from '../input.ts';
import { checkPolicy, passwordRecord } from '../passwords.ts';
import { changeUser, requireTokenHolder } from '../people.ts';
import { checkPassword } from '../signIn.ts';

/** A wrong old password counts as a failed sign-in. Tokens stay good, as in AWS. */
export async function changePassword(cognito: Cognito, input: JsonObject): Promise<JsonObject> {
  const { pool, client, user } = requireTokenHolder(cognito, requireString(input, 'AccessToken'));
  const previous = requireString(input, 'PreviousPassword');
  const proposed = requireString(input, 'ProposedPassword');
  checkPolicy(pool.passwordPolicy, proposed);
  await checkPassword(cognito, { pool, client }, { login: user.username, password: previous });
  const owner = { poolName: pool.srpName, userId: user.username };
  const password = await passwordRecord(owner, proposed, { random: cognito.random, now: cognito.clock.now() });
  changeUser(cognito, pool, { username: user.username, change: { password } });
  return {};
}
