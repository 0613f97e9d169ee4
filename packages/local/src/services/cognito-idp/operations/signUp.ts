import type { JsonObject } from '../../../json.ts';
import { checkAttributes } from '../attributes.ts';
import { sendCode } from '../codes.ts';
import type { ContactAttribute } from '../config.ts';
import { type Cognito, type Pool, requireClient } from '../context.ts';
import { notAuthorized } from '../errors.ts';
import { optionalString, readAttributes, readMap, requireString } from '../input.ts';
import { addUser, newNames, refuseTaken, withUsernameAttribute } from '../newUser.ts';
import { checkPolicy } from '../passwords.ts';
import { checkSecretHash } from '../people.ts';
import type { User } from '../store/users.ts';
import { postConfirmation, preSignUp } from '../triggers.ts';

export async function signUp(cognito: Cognito, input: JsonObject): Promise<JsonObject> {
  const { client, pool } = requireClient(cognito, requireString(input, 'ClientId'));
  const login = requireString(input, 'Username');
  const password = requireString(input, 'Password');
  checkSecretHash(client, optionalString(input, 'SecretHash'), [login]);
  if (pool.adminCreateUserOnly) throw notAuthorized('SignUp is not permitted for this user pool');
  checkPolicy(pool.passwordPolicy, password);
  const attributes = withUsernameAttribute(pool, login, readAttributes(input, 'UserAttributes'));
  checkAttributes(pool, attributes, { client });

  const { username, sub } = newNames(cognito, pool, login);
  refuseTaken(cognito, pool, { username, attributes });
  const clientMetadata = readMap(input, 'ClientMetadata');
  const call = { pool, userName: username, clientId: client.clientId, clientMetadata };
  const validationData = readAttributes(input, 'ValidationData');
  const answer = await preSignUp(cognito, call, { source: 'PreSignUp_SignUp', attributes, validationData });

  const user = await addUser(cognito, pool, {
    names: { username, sub },
    status: answer.autoConfirmUser ? 'CONFIRMED' : 'UNCONFIRMED',
    attributes,
    answer,
    password,
  });

  if (answer.autoConfirmUser) {
    await postConfirmation(cognito, call, { source: 'PostConfirmation_ConfirmSignUp', user });
    return { UserConfirmed: true, UserSub: sub };
  }
  const attribute = attributeToVerify(pool, user);
  if (!attribute) return { UserConfirmed: false, UserSub: sub };
  const details = await sendCode(cognito, call, { user, attribute, purpose: 'SIGN_UP', source: 'SignUp' });
  return { UserConfirmed: false, UserSub: sub, CodeDeliveryDetails: details };
}

/** Where the confirmation code goes; with both, Cognito prefers the phone. */
export function attributeToVerify(pool: Pool, user: User): ContactAttribute | undefined {
  return (['phone_number', 'email'] as const).find(
    (attribute) => pool.autoVerifiedAttributes.includes(attribute) && user.attributes[attribute],
  );
}
