import { AwsError } from '../../../aws/error.ts';
import type { JsonObject } from '../../../json.ts';
import { type Cognito, type Pool, requireClient } from '../context.ts';
import { invalidParameter, invalidSession } from '../errors.ts';
import { optionalString, requireString } from '../input.ts';
import { requireTokenHolder } from '../people.ts';
import { guessTotp } from '../secondFactor.ts';
import type { User } from '../store/users.ts';
import { toBase32, TOTP_SECRET_BYTES } from '../totp.ts';

/** A new secret for an authenticator app; the one in use stays until this one's first code comes. */
export function associateSoftwareToken(cognito: Cognito, input: JsonObject): JsonObject {
  const { user, renewSession } = requireOwner(cognito, input);
  const secret = cognito.random.bytes(TOTP_SECRET_BYTES);
  cognito.softwareTokens.savePending(user, secret);
  return { SecretCode: toBase32(secret), ...renewSession(false) };
}

/** Only a sign-in that demanded it turns the factor on; with an access token `SetUserMFAPreference` does. */
export function verifySoftwareToken(cognito: Cognito, input: JsonObject): JsonObject {
  const { user, renewSession } = requireOwner(cognito, input);
  const code = requireString(input, 'UserCode');
  const deviceName = optionalString(input, 'FriendlyDeviceName') ?? '';
  const pending = cognito.softwareTokens.pending(user);
  if (!pending) throw softwareTokenNotFound('Software Token MFA has not been associated for the user.');
  const step = guessTotp(cognito, user, pending.secret, code);
  if (step === undefined) throw new AwsError('EnableSoftwareTokenMFAException', 'Code mismatch');
  cognito.softwareTokens.verify(user, { secret: pending.secret, deviceName, lastStep: step });
  return { Status: 'SUCCESS', ...renewSession(true) };
}

interface Owner {
  readonly user: User;
  /** `Session` of the answer, which takes the place of the one that came; nothing for an access token. */
  readonly renewSession: (verified: boolean) => JsonObject;
}

/** Whom the access token belongs to, or the session of a sign-in that demands the set-up. */
function requireOwner(cognito: Cognito, input: JsonObject): Owner {
  const accessToken = optionalString(input, 'AccessToken');
  const session = optionalString(input, 'Session');
  if (accessToken !== undefined && session !== undefined) {
    throw invalidParameter('Only one of AccessToken and Session may be given.');
  }
  if (session === undefined) {
    const { pool, user } = requireTokenHolder(cognito, requireString(input, 'AccessToken'));
    requireSoftwareTokens(pool);
    return { user, renewSession: () => ({}) };
  }
  const challenge = cognito.challenges.find(session);
  if (challenge?.kind !== 'MFA_SETUP') throw invalidSession();
  const { pool } = requireClient(cognito, challenge.clientId);
  const user = cognito.users.find(pool.poolId, challenge.username);
  if (!user?.enabled) throw invalidSession();
  requireSoftwareTokens(pool);
  return {
    user,
    renewSession: (verified) => {
      if (!cognito.challenges.close(session)) throw invalidSession();
      return { Session: cognito.challenges.open({ ...challenge, verified }) };
    },
  };
}

function requireSoftwareTokens({ mfa, mfaFactors }: Pool): void {
  if (mfa === 'OFF' || !mfaFactors.includes('SOFTWARE_TOKEN_MFA')) {
    throw softwareTokenNotFound('Software Token MFA has not been enabled by the userPool.');
  }
}

const softwareTokenNotFound = (message: string) => new AwsError('SoftwareTokenMFANotFoundException', message);
