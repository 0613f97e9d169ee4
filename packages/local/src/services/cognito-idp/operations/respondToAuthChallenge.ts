import { NotEmulated } from '../../../aws/error.ts';
import type { JsonObject } from '../../../json.ts';
import { checkAttributes, mergeAttributes } from '../attributes.ts';
import { type Cognito, requireClient } from '../context.ts';
import { invalidParameter, invalidSession, userDisabled } from '../errors.ts';
import { optionalString, readMap, requireString } from '../input.ts';
import { checkPolicy, passwordRecord } from '../passwords.ts';
import { changeUser, checkSecretHash } from '../people.ts';
import { secondFactorChallenge } from '../secondFactor.ts';
import { checkSrpAnswer, completeSignIn, finishSignIn, isFor, requireParameter, type SignIn } from '../signIn.ts';
import { answerFactorChoice, answerSetUp, answerSoftwareToken, answerTextMessage } from './secondFactorAnswers.ts';

const ATTRIBUTE_PREFIX = 'userAttributes.';

const NOT_EMULATED = new Set(
  `CUSTOM_CHALLENGE DEVICE_PASSWORD_VERIFIER DEVICE_SRP_AUTH EMAIL_OTP PASSWORD PASSWORD_SRP SELECT_CHALLENGE SMS_OTP
   WEB_AUTHN`.split(/\s+/),
);

type Answer = (cognito: Cognito, signIn: SignIn, session: string) => JsonObject | Promise<JsonObject>;

/** Challenges that are known by their `Session`. */
const ANSWERS: ReadonlyMap<string, Answer> = new Map<string, Answer>([
  ['NEW_PASSWORD_REQUIRED', setNewPassword],
  ['SOFTWARE_TOKEN_MFA', answerSoftwareToken],
  ['SMS_MFA', answerTextMessage],
  ['SELECT_MFA_TYPE', answerFactorChoice],
  ['MFA_SETUP', answerSetUp],
]);

export async function respondToAuthChallenge(cognito: Cognito, input: JsonObject): Promise<JsonObject> {
  const { client, pool } = requireClient(cognito, requireString(input, 'ClientId'));
  const name = requireString(input, 'ChallengeName');
  const parameters = readMap(input, 'ChallengeResponses');
  const signIn: SignIn = { pool, client, parameters, clientMetadata: readMap(input, 'ClientMetadata') };
  if (NOT_EMULATED.has(name)) throw new NotEmulated(`ChallengeName ${name}`);
  checkSecretHash(client, parameters.get('SECRET_HASH'), [requireParameter(parameters, 'USERNAME')]);
  if (name === 'PASSWORD_VERIFIER') return completeSignIn(cognito, signIn, checkSrpAnswer(cognito, signIn));
  return answerChallenge(cognito, signIn, { name, session: optionalString(input, 'Session') });
}

/** The answer to a challenge that is known by its session; `signIn.parameters` are the `ChallengeResponses`. */
export async function answerChallenge(
  cognito: Cognito,
  signIn: SignIn,
  { name, session }: { name: string; session: string | undefined },
): Promise<JsonObject> {
  const answer = ANSWERS.get(name);
  if (!answer) throw invalidParameter(`Unsupported ChallengeName ${name}`);
  if (session === undefined) throw invalidParameter('Missing required parameter Session');
  return answer(cognito, signIn, session);
}

export function adminRespondToAuthChallenge(cognito: Cognito, input: JsonObject): Promise<JsonObject> {
  const { pool } = requireClient(cognito, requireString(input, 'ClientId'));
  if (pool.poolId !== requireString(input, 'UserPoolId')) {
    throw invalidParameter('Client does not belong to the user pool');
  }
  return respondToAuthChallenge(cognito, input);
}

/** The session stays good while the new password breaks the policy, and ends with the first that does not. */
async function setNewPassword(cognito: Cognito, signIn: SignIn, session: string): Promise<JsonObject> {
  const { pool, client, parameters, clientMetadata, finish } = signIn;
  const login = requireParameter(parameters, 'USERNAME');
  const password = requireParameter(parameters, 'NEW_PASSWORD');
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
  const half = { pool, client, user: confirmed, source: 'NewPasswordChallenge', clientMetadata, finish } as const;
  return (await secondFactorChallenge(cognito, half)) ?? finishSignIn(cognito, half);
}
