import type { JsonObject } from '../../json.ts';
import type { SecondFactorChallenge } from './challenges.ts';
import { countSend, sendCode } from './codes.ts';
import type { MfaFactor } from './config.ts';
import type { Cognito, Pool } from './context.ts';
import { attemptLimitExceeded, notAuthorized } from './errors.ts';
import { CODE_GUESSES_PER_HOUR } from './limits.ts';
import { sessionEnd } from './sessions.ts';
import type { User } from './store/users.ts';
import type { SignedIn } from './tokens/issue.ts';
import { matchingStep } from './totp.ts';

/** The second factors that are on for this user and can be asked for; the preferred one is `preferred`. */
export function factorsOf(
  cognito: Cognito,
  pool: Pool,
  user: User,
): { readonly factors: readonly MfaFactor[]; readonly preferred: MfaFactor | undefined } {
  if (pool.mfa === 'OFF') return { factors: [], preferred: undefined };
  const on = cognito.mfaPreferences
    .of(user)
    .filter(({ factor }) => pool.mfaFactors.includes(factor) && canUse(cognito, user, factor));
  // Where a second factor is demanded, a verified phone is one without being turned on.
  if (on.length === 0 && pool.mfa === 'ON' && pool.mfaFactors.includes('SMS_MFA') && canUse(cognito, user, 'SMS_MFA')) {
    return { factors: ['SMS_MFA'], preferred: undefined };
  }
  return {
    factors: on.map(({ factor }) => factor),
    preferred: on.find(({ preferred }) => preferred)?.factor,
  };
}

/** Whether the user has what this factor asks for. */
export function canUse(cognito: Cognito, user: User, factor: MfaFactor): boolean {
  if (factor === 'SOFTWARE_TOKEN_MFA') return cognito.softwareTokens.verified(user) !== undefined;
  return user.attributes['phone_number_verified'] === 'true';
}

/** The challenge that must be answered before there are tokens; undefined when the password was enough. */
export async function secondFactorChallenge(cognito: Cognito, half: SignedIn): Promise<JsonObject | undefined> {
  const { pool, user } = half;
  const { factors, preferred } = factorsOf(cognito, pool, user);
  const only = preferred ?? (factors.length === 1 ? factors[0] : undefined);
  if (only) return askFor(cognito, half, only);
  if (factors.length > 1) {
    return open(cognito, half, 'SELECT_MFA_TYPE', { MFAS_CAN_CHOOSE: JSON.stringify(factors) });
  }
  if (pool.mfa !== 'ON') return undefined;
  if (!pool.mfaFactors.includes('SOFTWARE_TOKEN_MFA')) {
    throw notAuthorized('User has no second factor, and this pool demands one.');
  }
  return open(cognito, half, 'MFA_SETUP', { MFAS_CAN_SETUP: JSON.stringify(['SOFTWARE_TOKEN_MFA']) });
}

export async function askFor(cognito: Cognito, half: SignedIn, factor: MfaFactor): Promise<JsonObject> {
  if (factor === 'SOFTWARE_TOKEN_MFA') {
    const { deviceName } = cognito.softwareTokens.verified(half.user) ?? {};
    return open(cognito, half, factor, deviceName ? { FRIENDLY_DEVICE_NAME: deviceName } : {});
  }
  const { pool, client, user, clientMetadata } = half;
  countSend(cognito, user, 'SMS_MFA');
  const call = { pool, userName: user.username, clientId: client.clientId, clientMetadata };
  const recipient = { user, attribute: 'phone_number' } as const;
  const details = await sendCode(cognito, call, { ...recipient, purpose: 'SMS_MFA', source: 'Authentication' });
  return open(cognito, half, factor, {
    CODE_DELIVERY_DELIVERY_MEDIUM: 'SMS',
    CODE_DELIVERY_DESTINATION: details['Destination'] ?? '',
  });
}

function open(
  cognito: Cognito,
  { client, user, source }: SignedIn,
  kind: SecondFactorChallenge['kind'],
  parameters: JsonObject,
): JsonObject {
  const session = cognito.challenges.open({
    kind,
    clientId: client.clientId,
    username: user.username,
    expiresAt: sessionEnd(cognito, client),
    source,
    verified: false,
  });
  return {
    ChallengeName: kind,
    Session: session,
    ChallengeParameters: { USER_ID_FOR_SRP: user.username, ...parameters },
  };
}

/**
 * The step of a right code; undefined, and one guess less, for a wrong one. Authenticator apps follow the clock of the
 * machine, wherever the local clock was moved.
 */
export function guessTotp(cognito: Cognito, user: User, secret: Uint8Array, code: string): number | undefined {
  const { attempts, clock, wallClock } = cognito;
  const now = clock.now();
  if (attempts.isUsedUp(user, 'GUESS_SOFTWARE_TOKEN', { perHour: CODE_GUESSES_PER_HOUR, now })) {
    throw attemptLimitExceeded();
  }
  const step = matchingStep(secret, code, wallClock.now());
  if (step === undefined) attempts.use(user, 'GUESS_SOFTWARE_TOKEN', now);
  return step;
}
