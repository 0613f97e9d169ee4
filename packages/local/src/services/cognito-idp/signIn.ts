import { createHmac } from 'node:crypto';
import type { JsonObject } from '../../json.ts';
import { foldCase } from './attributes.ts';
import type { Challenge } from './challenges.ts';
import type { Client, Cognito, Pool } from './context.ts';
import {
  incorrectLogin,
  invalidParameter,
  notAuthorized,
  passwordAttemptsExceeded,
  userDisabled,
  userNotConfirmed,
  userNotFound,
} from './errors.ts';
import type { StringMap } from './input.ts';
import { DAY } from './limits.ts';
import { matchesSecret, pretendToMatch } from './passwords.ts';
import { findUser, subjectOf } from './people.ts';
import { secondFactorChallenge } from './secondFactor.ts';
import { sessionEnd } from './sessions.ts';
import { decoyVerifier, provesPassword, startExchange } from './srp.ts';
import type { User } from './store/users.ts';
import { issueTokens, type SignedIn } from './tokens/issue.ts';
import { uuidFrom } from '../../uuid.ts';

/** One sign-in in progress. */
export interface SignIn {
  readonly pool: Pool;
  readonly client: Client;
  /** `AuthParameters` or `ChallengeResponses`. */
  readonly parameters: StringMap;
  readonly clientMetadata: StringMap;
  /** What is answered when every factor is proved; by default tokens. */
  readonly finish?: Finish;
}

export type Finish = (cognito: Cognito, signedIn: SignedIn) => Promise<JsonObject>;

/** Of whom a factor was proved, and perhaps not every one. */
export interface HalfSignedIn extends SignedIn {
  readonly finish: Finish | undefined;
}

export function requireParameter(parameters: StringMap, name: string): string {
  const value = parameters.get(name);
  if (!value) throw invalidParameter(`Missing required parameter ${name}`);
  return value;
}

/** Throws when password and name do not belong together, whichever of them is wrong. */
export async function checkPassword(
  cognito: Cognito,
  { pool, client }: Pick<SignIn, 'pool' | 'client'>,
  { login, password }: { login: string; password: string },
): Promise<User> {
  const user = findUser(cognito, pool, login);
  if (!user && client.preventUserExistenceErrors === 'LEGACY') throw userNotFound();
  const subject = subjectOf(pool, user, login);
  const checkLockout = () => {
    if (cognito.attempts.isLockedOut(subject, cognito.clock.now())) throw passwordAttemptsExceeded();
  };
  checkLockout();
  const stored = user?.password;
  const matches = stored ? await matchesSecret(stored.hash, password) : await pretendToMatch(password);
  checkLockout();
  if (!user || !matches) {
    cognito.attempts.addFailedSignIn(subject, cognito.clock.now());
    throw incorrectLogin();
  }
  cognito.attempts.clearSignIn(subject);
  return user;
}

/** Answers USER_SRP_AUTH; a name that nobody has gets the same answer every time, made from the pool's secret. */
export function startSrp(cognito: Cognito, { pool, client, parameters }: SignIn): JsonObject {
  const login = requireParameter(parameters, 'USERNAME');
  const srpA = requireParameter(parameters, 'SRP_A');
  const user = findUser(cognito, pool, login);
  if (!user && client.preventUserExistenceErrors === 'LEGACY') throw userNotFound();
  const username = user?.username ?? decoyUsername(pool, login);
  const password = user?.password;
  const exchange = startExchange(
    { poolName: pool.srpName, userId: username },
    {
      srpA,
      verifier: password?.srpVerifier ?? decoyVerifier(decoy(pool, 'verifier', login)),
      randomBytes: cognito.random.bytes,
    },
  );
  if (!exchange) throw invalidParameter('Invalid SRP_A');
  const secretBlock = cognito.challenges.open({
    kind: 'PASSWORD_VERIFIER',
    clientId: client.clientId,
    username,
    expiresAt: sessionEnd(cognito, client),
    exchange,
    known: password !== undefined && password !== null,
    subject: subjectOf(pool, user, login),
  });
  return {
    ChallengeName: 'PASSWORD_VERIFIER',
    ChallengeParameters: {
      SALT: password?.srpSalt ?? decoy(pool, 'salt', login).subarray(0, 16).toString('hex'),
      SECRET_BLOCK: secretBlock,
      SRP_B: exchange.serverPublic.toString(16),
      USERNAME: username,
      USER_ID_FOR_SRP: username,
    },
  };
}

/** The answer to PASSWORD_VERIFIER: right or wrong, it is the only one. */
export function checkSrpAnswer(cognito: Cognito, { pool, client, parameters }: SignIn): User {
  const login = requireParameter(parameters, 'USERNAME');
  const secretBlock = requireParameter(parameters, 'PASSWORD_CLAIM_SECRET_BLOCK');
  const signature = requireParameter(parameters, 'PASSWORD_CLAIM_SIGNATURE');
  const timestamp = requireParameter(parameters, 'TIMESTAMP');
  if (!TIMESTAMP.test(timestamp)) {
    throw invalidParameter('TIMESTAMP format should be EEE MMM d HH:mm:ss z yyyy in english.');
  }
  const challenge = cognito.challenges.find(secretBlock);
  if (challenge?.kind !== 'PASSWORD_VERIFIER' || !isFor(cognito, challenge, { pool, client, login })) {
    throw incorrectLogin();
  }
  cognito.challenges.close(secretBlock);

  const { subject } = challenge;
  if (cognito.attempts.isLockedOut(subject, cognito.clock.now())) throw passwordAttemptsExceeded();
  const user = cognito.users.find(pool.poolId, challenge.username);
  const proved = provesPassword(challenge.exchange, {
    secretBlock: Buffer.from(secretBlock, 'base64'),
    timestamp,
    signature,
  });
  // A password changed since the exchange began is no longer the one that was proved.
  const current = user?.password?.srpVerifier === challenge.exchange.verifier.toString(16);
  if (!user || !challenge.known || !proved || !current) {
    cognito.attempts.addFailedSignIn(subject, cognito.clock.now());
    throw incorrectLogin();
  }
  cognito.attempts.clearSignIn(subject);
  return user;
}

/** What follows a proved password: tokens, another challenge, or a refusal. */
export async function completeSignIn(cognito: Cognito, signIn: SignIn, { username }: User): Promise<JsonObject> {
  const { pool, client, clientMetadata, finish } = signIn;
  const user = cognito.users.find(pool.poolId, username);
  if (!user) throw incorrectLogin();
  if (!user.enabled) throw userDisabled();
  if (user.status === 'UNCONFIRMED') throw userNotConfirmed();
  if (user.status === 'FORCE_CHANGE_PASSWORD') return demandNewPassword(cognito, signIn, user);
  const half = { pool, client, user, source: 'Authentication', clientMetadata, finish } as const;
  return (await secondFactorChallenge(cognito, half)) ?? finishSignIn(cognito, half);
}

/** Every factor was proved. */
export async function finishSignIn(
  cognito: Cognito,
  { finish = giveTokens, ...signedIn }: HalfSignedIn,
): Promise<JsonObject> {
  return finish(cognito, signedIn);
}

async function giveTokens(cognito: Cognito, signedIn: SignedIn): Promise<JsonObject> {
  return { ChallengeParameters: {}, AuthenticationResult: await issueTokens(cognito, signedIn) };
}

function demandNewPassword(cognito: Cognito, { pool, client }: SignIn, user: User): JsonObject {
  const validity = pool.passwordPolicy.temporaryPasswordValidityDays * DAY;
  if (cognito.clock.now() >= (user.password?.setAt ?? 0) + validity) {
    throw notAuthorized('Temporary password has expired and must be reset by an administrator.');
  }
  const missing = (pool.schema ?? []).filter(
    ({ name, required }) => required && name !== 'sub' && !user.attributes[name],
  );
  const session = cognito.challenges.open({
    kind: 'NEW_PASSWORD_REQUIRED',
    clientId: client.clientId,
    username: user.username,
    expiresAt: sessionEnd(cognito, client),
  });
  return {
    ChallengeName: 'NEW_PASSWORD_REQUIRED',
    Session: session,
    ChallengeParameters: {
      USER_ID_FOR_SRP: user.username,
      requiredAttributes: JSON.stringify(missing.map(({ name }) => `userAttributes.${name}`)),
      userAttributes: JSON.stringify(user.attributes),
    },
  };
}

/** Whether the challenge was given to this client for this user, under any of the user's names. */
export function isFor(
  cognito: Cognito,
  challenge: Challenge,
  { pool, client, login }: Pick<SignIn, 'pool' | 'client'> & { login: string },
): boolean {
  const names = [foldCase(pool, login), findUser(cognito, pool, login)?.username, decoyUsername(pool, login)];
  return challenge.clientId === client.clientId && names.includes(challenge.username);
}

/** In a pool of email addresses every username is a UUID; an invented user's must be one too. */
function decoyUsername(pool: Pool, login: string): string {
  return pool.usernameAttributes?.length ? uuidFrom(decoy(pool, 'username', login)) : foldCase(pool, login);
}

const decoy = (pool: Pool, what: string, login: string) =>
  createHmac('sha256', pool.decoySecret)
    .update(`${what}:${foldCase(pool, login)}`)
    .digest();

/** Java's `EEE MMM d HH:mm:ss z yyyy`; the day has one digit or two. */
const TIMESTAMP =
  /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{1,2} \d{2}:\d{2}:\d{2} UTC \d{4}$/;
