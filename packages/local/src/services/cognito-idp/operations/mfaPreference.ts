import type { JsonObject } from '../../../json.ts';
import type { MfaFactor } from '../config.ts';
import { type Cognito, type Pool, requirePool } from '../context.ts';
import { invalidParameter } from '../errors.ts';
import { optionalBoolean, optionalObject, requireString } from '../input.ts';
import { requireTokenHolder, requireUser } from '../people.ts';
import { canUse } from '../secondFactor.ts';
import type { MfaPreference } from '../store/mfaPreferences.ts';
import type { User } from '../store/users.ts';

const SETTINGS: Readonly<Record<string, MfaFactor>> = {
  SMSMfaSettings: 'SMS_MFA',
  SoftwareTokenMfaSettings: 'SOFTWARE_TOKEN_MFA',
};

export function setUserMfaPreference(cognito: Cognito, input: JsonObject): JsonObject {
  const { pool, user } = requireTokenHolder(cognito, requireString(input, 'AccessToken'));
  return setPreference(cognito, { pool, user, input });
}

/** How an operator lets a person in again who lost the phone: `Enabled` false. */
export function adminSetUserMfaPreference(cognito: Cognito, input: JsonObject): JsonObject {
  const pool = requirePool(cognito, requireString(input, 'UserPoolId'));
  const user = requireUser(cognito, pool, requireString(input, 'Username'));
  return setPreference(cognito, { pool, user, input });
}

/** What is not named stays as it is. */
function setPreference(
  cognito: Cognito,
  { pool, user, input }: { pool: Pool; user: User; input: JsonObject },
): JsonObject {
  if (optionalBoolean(optionalObject(input, 'EmailMfaSettings') ?? {}, 'Enabled')) {
    throw invalidParameter('EMAIL_OTP is not enabled for the user pool.');
  }
  const wanted = new Map<MfaFactor, MfaPreference>(
    cognito.mfaPreferences.of(user).map((preference) => [preference.factor, preference]),
  );
  const named: MfaFactor[] = [];
  for (const [member, factor] of Object.entries(SETTINGS)) {
    const settings = optionalObject(input, member);
    if (!settings) continue;
    const enabled = optionalBoolean(settings, 'Enabled');
    const asked = optionalBoolean(settings, 'PreferredMfa');
    const preferred = asked || (settings['PreferredMfa'] !== false && wanted.get(factor)?.preferred === true);
    if (asked && !enabled) throw invalidParameter(`${factor} cannot be preferred while it is not enabled.`);
    wanted.delete(factor);
    if (!enabled) continue;
    requireUsable(cognito, { pool, user, factor });
    if (asked) named.push(factor);
    wanted.set(factor, { factor, preferred });
  }
  if (named.length > 1) throw invalidParameter('A user can have only one preferred MFA.');
  const [preferred] = named;
  const preferences = [...wanted.values()].map((preference) =>
    preferred && preference.factor !== preferred ? { ...preference, preferred: false } : preference,
  );
  cognito.mfaPreferences.replace(user, preferences);
  return {};
}

function requireUsable(cognito: Cognito, { pool, user, factor }: { pool: Pool; user: User; factor: MfaFactor }): void {
  if (pool.mfa === 'OFF' || !pool.mfaFactors.includes(factor)) {
    throw invalidParameter(`${factor} is not enabled for the user pool.`);
  }
  if (canUse(cognito, user, factor)) return;
  throw invalidParameter(
    factor === 'SOFTWARE_TOKEN_MFA'
      ? 'User has not verified software token mfa'
      : 'User does not have delivery config set to turn on SMS_MFA',
  );
}
