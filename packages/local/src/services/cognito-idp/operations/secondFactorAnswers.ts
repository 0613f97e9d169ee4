import { AwsError } from '../../../aws/error.ts';
import type { JsonObject } from '../../../json.ts';
import type { SecondFactorChallenge } from '../challenges.ts';
import type { Cognito } from '../context.ts';
import { invalidParameter, invalidSession, userDisabled } from '../errors.ts';
import { redeemCode } from '../codes.ts';
import { askFor, factorsOf, guessTotp } from '../secondFactor.ts';
import { finishSignIn, type HalfSignedIn, isFor, requireParameter, type SignIn } from '../signIn.ts';

/** The answers to the challenges of `secondFactor.ts`. A wrong code leaves the session open, as in AWS. */

export async function answerSoftwareToken(cognito: Cognito, signIn: SignIn, session: string): Promise<JsonObject> {
  const code = requireParameter(signIn.parameters, 'SOFTWARE_TOKEN_MFA_CODE');
  const { half } = requireHalf(cognito, signIn, { session, kind: 'SOFTWARE_TOKEN_MFA' });
  const token = cognito.softwareTokens.verified(half.user);
  if (!token) throw invalidSession();
  const step = guessTotp(cognito, half.user, token.secret, code);
  if (step === undefined) throw new AwsError('CodeMismatchException', 'Invalid code received for user');
  if (!cognito.softwareTokens.use(half.user, step)) {
    throw new AwsError('ExpiredCodeException', 'Your software token has already been used once.');
  }
  if (!cognito.challenges.close(session)) throw invalidSession();
  return finishSignIn(cognito, half);
}

export async function answerTextMessage(cognito: Cognito, signIn: SignIn, session: string): Promise<JsonObject> {
  const code = requireParameter(signIn.parameters, 'SMS_MFA_CODE');
  const { half } = requireHalf(cognito, signIn, { session, kind: 'SMS_MFA' });
  const { user } = half;
  await redeemCode(cognito, half.pool, { user, login: user.username, purpose: 'SMS_MFA', code });
  if (!cognito.challenges.close(session)) throw invalidSession();
  return finishSignIn(cognito, half);
}

export async function answerFactorChoice(cognito: Cognito, signIn: SignIn, session: string): Promise<JsonObject> {
  const answer = requireParameter(signIn.parameters, 'ANSWER');
  const { half } = requireHalf(cognito, signIn, { session, kind: 'SELECT_MFA_TYPE' });
  const factor = factorsOf(cognito, half.pool, half.user).factors.find((candidate) => candidate === answer);
  if (!factor) throw invalidParameter(`${answer.slice(0, 64)} is not a second factor of this user.`);
  if (!cognito.challenges.close(session)) throw invalidSession();
  return askFor(cognito, half, factor);
}

/** The set-up that the pool demanded is done: the factor is on from now. */
export async function answerSetUp(cognito: Cognito, signIn: SignIn, session: string): Promise<JsonObject> {
  const { half, challenge } = requireHalf(cognito, signIn, { session, kind: 'MFA_SETUP' });
  if (!challenge.verified) throw invalidParameter('The software token was not verified in this session.');
  if (!cognito.challenges.close(session)) throw invalidSession();
  cognito.mfaPreferences.replace(half.user, [{ factor: 'SOFTWARE_TOKEN_MFA', preferred: true }]);
  return finishSignIn(cognito, half);
}

/** The sign-in that this session belongs to, with the user as stored now. */
function requireHalf(
  cognito: Cognito,
  { pool, client, parameters, clientMetadata, finish }: SignIn,
  { session, kind }: { session: string; kind: SecondFactorChallenge['kind'] },
): { readonly half: HalfSignedIn; readonly challenge: SecondFactorChallenge } {
  const login = requireParameter(parameters, 'USERNAME');
  const challenge = cognito.challenges.find(session);
  if (!challenge || !('source' in challenge) || challenge.kind !== kind) throw invalidSession();
  if (!isFor(cognito, challenge, { pool, client, login })) throw invalidSession();
  const user = cognito.users.find(pool.poolId, challenge.username);
  if (!user) throw invalidSession();
  if (!user.enabled) throw userDisabled();
  return { half: { pool, client, user, source: challenge.source, clientMetadata, finish }, challenge };
}
