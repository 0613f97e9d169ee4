import type { JsonObject } from '../../../json.ts';
import { countSend, redeemCode, sendCode } from '../codes.ts';
import { type Cognito, type Pool, requireClient } from '../context.ts';
import { codeMismatch, invalidParameter, notAuthorized, userDisabled, userNotFound } from '../errors.ts';
import { optionalString, readMap, requireString } from '../input.ts';
import { checkPolicy, passwordRecord } from '../passwords.ts';
import { changeUser, checkSecretHash, findUser, subjectOf } from '../people.ts';
import type { User } from '../store/users.ts';
import { postConfirmation } from '../triggers.ts';
import { simulatedDelivery } from './confirmSignUp.ts';

const UNKNOWN = 'Username/client id combination not found.';

export async function forgotPassword(cognito: Cognito, input: JsonObject): Promise<JsonObject> {
  const { client, pool } = requireClient(cognito, requireString(input, 'ClientId'));
  const login = requireString(input, 'Username');
  checkSecretHash(client, optionalString(input, 'SecretHash'), [login]);
  const user = findUser(cognito, pool, login);
  if (!user && client.preventUserExistenceErrors === 'LEGACY') throw userNotFound(UNKNOWN);
  countSend(cognito, subjectOf(pool, user, login), 'FORGOT_PASSWORD');
  if (!user) return { CodeDeliveryDetails: simulatedDelivery(login) };
  if (!user.enabled) throw userDisabled();
  if (user.status === 'FORCE_CHANGE_PASSWORD' || user.status === 'EXTERNAL_PROVIDER') {
    throw notAuthorized('User password cannot be reset in the current state.');
  }
  const attribute = verifiedAddress(pool, user);
  if (!attribute) {
    throw invalidParameter(
      'Cannot reset password for the user as there is no registered/verified email or phone_number',
    );
  }
  const call = {
    pool,
    userName: user.username,
    clientId: client.clientId,
    clientMetadata: readMap(input, 'ClientMetadata'),
  };
  const purpose = 'FORGOT_PASSWORD';
  return {
    CodeDeliveryDetails: await sendCode(cognito, call, { user, attribute, purpose, source: 'ForgotPassword' }),
  };
}

export async function confirmForgotPassword(cognito: Cognito, input: JsonObject): Promise<JsonObject> {
  const { client, pool } = requireClient(cognito, requireString(input, 'ClientId'));
  const login = requireString(input, 'Username');
  const code = requireString(input, 'ConfirmationCode');
  const proposed = requireString(input, 'Password');
  checkSecretHash(client, optionalString(input, 'SecretHash'), [login]);
  const user = findUser(cognito, pool, login);
  if (!user && client.preventUserExistenceErrors === 'LEGACY') throw userNotFound(UNKNOWN);
  // Before the code is used up, so that a weak password can be corrected.
  checkPolicy(pool.passwordPolicy, proposed);
  await redeemCode(cognito, pool, { user, login, purpose: 'FORGOT_PASSWORD', code });
  if (!user) throw codeMismatch();
  const owner = { poolName: pool.srpName, userId: user.username };
  const password = await passwordRecord(owner, proposed, { random: cognito.random, now: cognito.clock.now() });
  const changed = changeUser(cognito, pool, { username: user.username, change: { password, status: 'CONFIRMED' } });
  cognito.attempts.clearSignIn(changed);
  const call = {
    pool,
    userName: user.username,
    clientId: client.clientId,
    clientMetadata: readMap(input, 'ClientMetadata'),
  };
  await postConfirmation(cognito, call, { source: 'PostConfirmation_ConfirmForgotPassword', user: changed });
  return {};
}

const verifiedAddress = ({ recovery = DEFAULT_RECOVERY }: Pool, { attributes }: User) =>
  recovery.find((name) => attributes[name] && attributes[`${name}_verified`] === 'true');

const DEFAULT_RECOVERY = ['phone_number', 'email'] as const;
