import { NotEmulated } from '../../../aws/error.ts';
import type { JsonObject } from '../../../json.ts';
import { checkAttributes, mergeAttributes } from '../attributes.ts';
import { type Cognito, requireClient } from '../context.ts';
import { invalidParameter, invalidSession, userDisabled } from '../errors.ts';
import { optionalString, readMap, requireString } from '../input.ts';
import { checkPolicy, passwordRecord } from '../passwords.ts';
import { changeUser, checkSecretHash } from '../people.ts';
import { checkSrpAnswer, completeSignIn, isFor, requireParameter, type SignIn } from '../signIn.ts';
import { issueTokens } from '../tokens/issue.ts';

const ATTRIBUTE_PREFIX = 'userAttributes.';

const NOT_EMULATED = new Set(
  `CUSTOM_CHALLENGE DEVICE_PASSWORD_VERIFIER DEVICE_SRP_AUTH EMAIL_OTP MFA_SETUP PASSWORD PASSWORD_SRP SELECT_CHALLENGE
   SELECT_MFA_TYPE SMS_MFA SMS_OTP SOFTWARE_TOKEN_MFA WEB_AUTHN`.split(/\s+/),
);

export async function respondToAuthChallenge(cognito: Cognito, input: JsonObject): Promise<JsonObject> {
  const { client, pool } = requireClient(cognito, requireString(input, 'ClientId'));
  const name = requireString(input, 'ChallengeName');
  const parameters = readMap(input, 'ChallengeResponses');
  const signIn: SignIn = { pool, client, parameters, clientMetadata: readMap(input, 'ClientMetadata') };
  if (NOT_EMULATED.has(name)) throw new NotEmulated(`ChallengeName ${name}`);
  checkSecretHash(client, parameters.get('SECRET_HASH'), [requireParameter(parameters, 'USERNAME')]);
  if (name === 'PASSWORD_VERIFIER') return completeSignIn(cognito, signIn, checkSrpAnswer(cognito, signIn));
  if (name === 'NEW_PASSWORD_REQUIRED') return setNewPassword(cognito, signIn, optionalString(input, 'Session'));
  throw invalidParameter(`Unsupported ChallengeName ${name}`);
}

export function adminRespondToAuthChallenge(cognito: Cognito, input: JsonObject): Promise<JsonObject> {
  const { pool } = requireClient(cognito, requireString(input, 'ClientId'));
  if (pool.poolId !== requireString(input, 'UserPoolId')) {
    throw invalidParameter('Client does not belong to the user pool');
  }
  return respondToAuthChallenge(cognito, input);
}

/** The session stays good while the new password breaks the policy, and ends with the first that does not. */
async function setNewPassword(cognito: Cognito, signIn: SignIn, session: string | undefined): Promise<JsonObject> {
  const { pool, client, parameters, clientMetadata } = signIn;
  const login = requireParameter(parameters, 'USERNAME');
  const password = requireParameter(parameters, 'NEW_PASSWORD');
  if (session === undefined) throw invalidParameter('Missing required parameter Session');
  const challenge = cognito.challenges.find(session);
  if (challenge?.kind !== 'NEW_PASSWORD_REQUIRED' || !isFor(cognito, challenge, { pool, client, login })) {
    throw invalidSession();
  }
  const user = cognito.users.find(pool.poolId, challenge.username);
  if (user?.status !== 'FORCE_CHANGE_PASSWORD') throw invalidSession();
  if (!user.enabled) throw userDisabled();
  checkPolicy(pool.passwordPolicy, password);
  const attributes = new Map(
    [...parameters]
      .filter(([name]) => name.startsWith(ATTRIBUTE_PREFIX))
      .map(([name, value]): [string, string] => [name.slice(ATTRIBUTE_PREFIX.length), value]),
  );
  checkAttributes(pool, attributes, { client, existing: user });
  const completed = mergeAttributes(user, attributes);
  // Required attributes count only now: the administrator may have left them to the user.
  checkAttributes(pool, new Map(Object.entries(completed)));
  if (!cognito.challenges.close(session)) throw invalidSession();

  const owner = { poolName: pool.srpName, userId: user.username };
  const now = cognito.clock.now();
  const record = await passwordRecord(owner, password, { random: cognito.random, now });
  const confirmed = changeUser(cognito, pool, {
    username: user.username,
    change: { status: 'CONFIRMED', attributes: completed, password: record },
  });
  const source = 'NewPasswordChallenge';
  const tokens = await issueTokens(cognito, { pool, client, user: confirmed, source, clientMetadata });
  return { ChallengeParameters: {}, AuthenticationResult: tokens };
}
