import { AwsError, NotEmulated } from '../../../aws/error.ts';
import type { JsonObject } from '../../../json.ts';
import { attributeList, checkAttributes, userSummary } from '../attributes.ts';
import { composeMessage } from '../codes.ts';
import type { ContactAttribute } from '../config.ts';
import { type Cognito, type Pool, requirePool } from '../context.ts';
import { invalidParameter } from '../errors.ts';
import { optionalBoolean, optionalString, readAttributes, readMap, readStrings, requireString } from '../input.ts';
import { addUser, newNames, refuseTaken, withUsernameAttribute } from '../newUser.ts';
import { checkPolicy, passwordRecord, temporaryPassword } from '../passwords.ts';
import { changeUser, requireUser } from '../people.ts';
import type { User } from '../store/users.ts';
import { preSignUp, type TriggerCall } from '../triggers.ts';

export async function adminCreateUser(cognito: Cognito, input: JsonObject): Promise<JsonObject> {
  const pool = requirePool(cognito, requireString(input, 'UserPoolId'));
  const login = requireString(input, 'Username');
  const action = optionalString(input, 'MessageAction');
  if (action !== undefined && action !== 'SUPPRESS' && action !== 'RESEND') {
    throw invalidParameter(`Invalid MessageAction ${action}`);
  }
  const given = optionalString(input, 'TemporaryPassword');
  if (given !== undefined) checkPolicy(pool.passwordPolicy, given);
  const temporary = given ?? temporaryPassword(pool.passwordPolicy, cognito.random);
  // A password that was made here and is not sent is known to nobody; hashing it would only cost time.
  const known = given !== undefined || action !== 'SUPPRESS';
  const user =
    action === 'RESEND'
      ? await renewInvitation(cognito, pool, { login, temporary })
      : await createUser(cognito, pool, { login, temporary: known ? temporary : null, input });
  if (action !== 'SUPPRESS') {
    const call = { pool, userName: user.username, clientMetadata: readMap(input, 'ClientMetadata') };
    await invite(cognito, call, { user, temporary, input });
  }
  return { User: { ...userSummary(user), Attributes: attributeList(user) } };
}

async function createUser(
  cognito: Cognito,
  pool: Pool,
  { login, temporary, input }: { login: string; temporary: string | null; input: JsonObject },
): Promise<User> {
  if (optionalBoolean(input, 'ForceAliasCreation')) {
    throw new NotEmulated('ForceAliasCreation of AdminCreateUser');
  }
  const attributes = withUsernameAttribute(pool, login, readAttributes(input, 'UserAttributes'));
  // Required attributes may be left for the user to give with the new password.
  checkAttributes(pool, attributes, { partial: true });
  const names = newNames(cognito, pool, login);
  refuseTaken(cognito, pool, { username: names.username, attributes });
  const answer = await preSignUp(
    cognito,
    { pool, userName: names.username, clientMetadata: readMap(input, 'ClientMetadata') },
    { source: 'PreSignUp_AdminCreateUser', attributes, validationData: readAttributes(input, 'ValidationData') },
  );
  return addUser(cognito, pool, { names, status: 'FORCE_CHANGE_PASSWORD', attributes, answer, password: temporary });
}

/** `RESEND`: a new temporary password with a new life, for a user who never signed in. */
async function renewInvitation(
  cognito: Cognito,
  pool: Pool,
  { login, temporary }: { login: string; temporary: string },
): Promise<User> {
  const user = requireUser(cognito, pool, login);
  if (user.status !== 'FORCE_CHANGE_PASSWORD') {
    throw new AwsError(
      'UnsupportedUserStateException',
      "Resend not possible. The user's status is not FORCE_CHANGE_PASSWORD",
    );
  }
  const owner = { poolName: pool.srpName, userId: user.username };
  const password = await passwordRecord(owner, temporary, { random: cognito.random, now: cognito.clock.now() });
  return changeUser(cognito, pool, { username: user.username, change: { password } });
}

/** AWS's default medium is SMS; a user without a phone number gets nothing then, and so it is here. */
async function invite(
  cognito: Cognito,
  call: TriggerCall,
  { user, temporary, input }: { user: User; temporary: string; input: JsonObject },
): Promise<void> {
  const mediums = readStrings(input, 'DesiredDeliveryMediums') ?? ['SMS'];
  const attributes: readonly ContactAttribute[] = [
    ...(mediums.includes('EMAIL') ? (['email'] as const) : []),
    ...(mediums.includes('SMS') ? (['phone_number'] as const) : []),
  ];
  for (const attribute of attributes.filter((name) => user.attributes[name])) {
    const send = await composeMessage(cognito, call, { user, attribute, source: 'AdminCreateUser' });
    send(temporary);
  }
}
