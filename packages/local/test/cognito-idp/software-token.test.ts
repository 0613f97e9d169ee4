import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/json.ts';
import { authenticatorCode } from './authenticator.ts';
import { CLIENT_ID, POOL_ID, startCognito, type TestCognito, wrongCode } from './support.ts';

let local: TestCognito;

beforeEach(async () => {
  local = await startCognito({ pool: { mfa: 'OPTIONAL', mfaFactors: ['SOFTWARE_TOKEN_MFA'] } });
  await local.addUser('hana');
});
afterEach(() => local.close());

/** The code of the next half minute, so that it was not used yet. */
function nextCode(secretCode: string): string {
  local.clock.advance(30_000);
  return authenticatorCode(secretCode, local.clock.now());
}

/** Turns the factor on, and returns the secret. */
async function setUp(username = 'hana'): Promise<string> {
  const { AccessToken } = await local.tokens(username);
  const { SecretCode } = await local.call('AssociateSoftwareToken', { AccessToken });
  const UserCode = nextCode(String(SecretCode));
  await local.call('VerifySoftwareToken', { AccessToken, UserCode, FriendlyDeviceName: 'phone' });
  const SoftwareTokenMfaSettings = { Enabled: true, PreferredMfa: true };
  await local.call('SetUserMFAPreference', { AccessToken, SoftwareTokenMfaSettings });
  return String(SecretCode);
}

const answer = (session: unknown, code: string, username = 'hana') =>
  local.call('RespondToAuthChallenge', {
    ClientId: CLIENT_ID,
    ChallengeName: 'SOFTWARE_TOKEN_MFA',
    Session: session as string,
    ChallengeResponses: { USERNAME: username, SOFTWARE_TOKEN_MFA_CODE: code },
  });

describe('the set-up of an authenticator app', () => {
  it('gives a secret of 52 letters, and takes its first code', async () => {
    const { AccessToken } = await local.tokens('hana');
    const { SecretCode } = await local.call('AssociateSoftwareToken', { AccessToken });
    expect(SecretCode).toMatch(/^[A-Z2-7]{52}$/);
    const UserCode = nextCode(String(SecretCode));
    expect(await local.call('VerifySoftwareToken', { AccessToken, UserCode })).toEqual({ Status: 'SUCCESS' });
  });

  it('refuses a wrong code and lets the person try again, five times an hour', async () => {
    const { AccessToken } = await local.tokens('hana');
    const { SecretCode } = await local.call('AssociateSoftwareToken', { AccessToken });
    const verify = (UserCode: string) => local.call('VerifySoftwareToken', { AccessToken, UserCode });
    for (let guess = 0; guess < 5; guess++) {
      await expect(verify(wrongCode(nextCode(String(SecretCode))))).rejects.toMatchObject({
        code: 'EnableSoftwareTokenMFAException',
        message: 'Code mismatch',
      });
    }
    await expect(verify(nextCode(String(SecretCode)))).rejects.toMatchObject({ code: 'LimitExceededException' });
    // The sixth half minute comes with the next code, and is an hour after the first guess.
    local.clock.advance(3_600_000 - 6 * 30_000);
    const { AccessToken: later } = await local.tokens('hana');
    const UserCode = nextCode(String(SecretCode));
    expect(await local.call('VerifySoftwareToken', { AccessToken: later, UserCode })).toEqual({ Status: 'SUCCESS' });
  });

  it('changes nothing before the factor is turned on, nor with a secret that was not verified', async () => {
    const { AccessToken } = await local.tokens('hana');
    const on = { AccessToken, SoftwareTokenMfaSettings: { Enabled: true, PreferredMfa: true } };
    await expect(local.call('SetUserMFAPreference', on)).rejects.toMatchObject({
      code: 'InvalidParameterException',
      message: 'User has not verified software token mfa',
    });
    const { SecretCode } = await local.call('AssociateSoftwareToken', { AccessToken });
    await expect(local.call('SetUserMFAPreference', on)).rejects.toThrow('User has not verified software token mfa');
    await local.call('VerifySoftwareToken', { AccessToken, UserCode: nextCode(String(SecretCode)) });
    expect(await local.signIn('hana')).toHaveProperty('AuthenticationResult');
    await local.call('SetUserMFAPreference', on);
    expect(await local.signIn('hana')).toHaveProperty('ChallengeName', 'SOFTWARE_TOKEN_MFA');
  });

  it('keeps the old app until the new one is verified', async () => {
    const old = await setUp();
    const signedIn = await answer((await local.signIn('hana'))['Session'], nextCode(old));
    const { AccessToken = '' } = signedIn['AuthenticationResult'] as JsonObject;
    const { SecretCode } = await local.call('AssociateSoftwareToken', { AccessToken });
    expect(await answer((await local.signIn('hana'))['Session'], nextCode(old))).toHaveProperty('AuthenticationResult');

    await local.call('VerifySoftwareToken', { AccessToken, UserCode: nextCode(String(SecretCode)) });
    const { Session } = await local.signIn('hana');
    await expect(answer(Session, nextCode(old))).rejects.toMatchObject({ code: 'CodeMismatchException' });
    expect(await answer(Session, nextCode(String(SecretCode)))).toHaveProperty('AuthenticationResult');
  });

  it('is refused by a pool without it', async () => {
    const without = await startCognito();
    await without.addUser('hana');
    const { AccessToken } = await without.tokens('hana');
    await expect(without.call('AssociateSoftwareToken', { AccessToken })).rejects.toMatchObject({
      code: 'SoftwareTokenMFANotFoundException',
      message: 'Software Token MFA has not been enabled by the userPool.',
    });
    await without.close();
  });
});

describe('a sign-in with an authenticator app', () => {
  it('asks for a code after the password, and only then gives tokens', async () => {
    const secret = await setUp();
    const challenge = await local.signIn('hana');
    expect(challenge).toEqual({
      ChallengeName: 'SOFTWARE_TOKEN_MFA',
      Session: expect.any(String) as string,
      ChallengeParameters: { USER_ID_FOR_SRP: 'hana', FRIENDLY_DEVICE_NAME: 'phone' },
    });
    expect(await answer(challenge['Session'], nextCode(secret))).toMatchObject({
      ChallengeParameters: {},
      AuthenticationResult: { AccessToken: expect.any(String) as string, RefreshToken: expect.any(String) as string },
    });
  });

  it('takes a code once, also in another sign-in', async () => {
    const secret = await setUp();
    const first = await local.signIn('hana');
    const second = await local.signIn('hana');
    const code = nextCode(secret);
    const results = await Promise.allSettled([answer(first['Session'], code), answer(second['Session'], code)]);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const again = await local.signIn('hana');
    await expect(answer(again['Session'], code)).rejects.toMatchObject({
      code: 'ExpiredCodeException',
      message: 'Your software token has already been used once.',
    });
  });

  it('refuses the code that set the app up, and a code from before one that was used', async () => {
    const { AccessToken } = await local.tokens('hana');
    const { SecretCode } = await local.call('AssociateSoftwareToken', { AccessToken });
    const before = authenticatorCode(String(SecretCode), local.clock.now());
    const UserCode = nextCode(String(SecretCode));
    await local.call('VerifySoftwareToken', { AccessToken, UserCode });
    await local.call('SetUserMFAPreference', { AccessToken, SoftwareTokenMfaSettings: { Enabled: true } });
    const { Session } = await local.signIn('hana');
    for (const used of [before, UserCode]) {
      await expect(answer(Session, used)).rejects.toMatchObject({ code: 'ExpiredCodeException' });
    }
  });

  it('leaves the session open for another try, and stops guessing after five', async () => {
    const secret = await setUp();
    const { Session } = await local.signIn('hana');
    await expect(answer(Session, wrongCode(nextCode(secret)))).rejects.toMatchObject({
      code: 'CodeMismatchException',
      message: 'Invalid code received for user',
    });
    expect(await answer(Session, nextCode(secret))).toHaveProperty('AuthenticationResult');
    await expect(answer(Session, nextCode(secret))).rejects.toMatchObject({
      code: 'NotAuthorizedException',
      message: 'Invalid session for the user.',
    });

    for (let guess = 1; guess < 5; guess++) {
      const next = await local.signIn('hana');
      const wrong = answer(next['Session'], wrongCode(nextCode(secret)));
      await expect(wrong).rejects.toMatchObject({ code: 'CodeMismatchException' });
    }
    const last = await local.signIn('hana');
    await expect(answer(last['Session'], nextCode(secret))).rejects.toMatchObject({ code: 'LimitExceededException' });
  });

  it('belongs to one user, and ends after three minutes', async () => {
    const secret = await setUp();
    await local.addUser('ren');
    const { Session } = await local.signIn('hana');
    await expect(answer(Session, nextCode(secret), 'ren')).rejects.toThrow('Invalid session for the user.');
    local.clock.advance(150_000);
    await expect(answer(Session, nextCode(secret))).rejects.toThrow('Invalid session for the user.');
  });

  it('is shown by GetUser, and ended by the user or by an administrator', async () => {
    const secret = await setUp();
    const signedIn = await answer((await local.signIn('hana'))['Session'], nextCode(secret));
    const { AccessToken = '' } = signedIn['AuthenticationResult'] as JsonObject;
    const shown = { UserMFASettingList: ['SOFTWARE_TOKEN_MFA'], PreferredMfaSetting: 'SOFTWARE_TOKEN_MFA' };
    expect(await local.call('GetUser', { AccessToken })).toMatchObject(shown);
    const who = { UserPoolId: POOL_ID, Username: 'hana' };
    expect(await local.call('AdminGetUser', who)).toMatchObject(shown);

    const off = { SoftwareTokenMfaSettings: { Enabled: false } };
    await local.call('SetUserMFAPreference', { AccessToken, ...off });
    expect(await local.signIn('hana')).toHaveProperty('AuthenticationResult');
    expect(await local.call('GetUser', { AccessToken })).not.toHaveProperty('UserMFASettingList');

    await local.call('SetUserMFAPreference', { AccessToken, SoftwareTokenMfaSettings: { Enabled: true } });
    expect(await local.signIn('hana')).toHaveProperty('ChallengeName', 'SOFTWARE_TOKEN_MFA');
    await local.call('AdminSetUserMFAPreference', { ...who, ...off });
    expect(await local.signIn('hana')).toHaveProperty('AuthenticationResult');
  });

  it('goes with the user', async () => {
    await setUp();
    await local.call('AdminDeleteUser', { UserPoolId: POOL_ID, Username: 'hana' });
    await local.addUser('hana');
    expect(await local.signIn('hana')).toHaveProperty('AuthenticationResult');
    const tables = ['cognito_software_tokens', 'cognito_mfa_preferences'];
    expect(tables.flatMap((table) => local.database.prepare(`SELECT * FROM ${table}`).all())).toEqual([]);
  });
});

describe('a pool that demands a second factor', () => {
  const demand = () =>
    local.cognito.provisionPool({
      poolId: POOL_ID,
      name: 'members',
      arn: `arn:aws:cognito-idp:us-east-1:123456789012:userpool/${POOL_ID}`,
      address: 'aws_cognito_user_pool.members',
      passwordPolicy: {
        minimumLength: 10,
        requireUppercase: true,
        requireLowercase: true,
        requireNumbers: true,
        requireSymbols: true,
        temporaryPasswordValidityDays: 7,
      },
      autoVerifiedAttributes: ['email'],
      mfa: 'ON',
      mfaFactors: ['SOFTWARE_TOKEN_MFA'],
      lambdaTriggers: {},
    });

  const finish = (session: unknown) =>
    local.call('RespondToAuthChallenge', {
      ClientId: CLIENT_ID,
      ChallengeName: 'MFA_SETUP',
      Session: session as string,
      ChallengeResponses: { USERNAME: 'hana' },
    });

  it('has the person set one up before the first tokens', async () => {
    demand();
    const challenge = await local.signIn('hana');
    expect(challenge).toMatchObject({
      ChallengeName: 'MFA_SETUP',
      ChallengeParameters: { MFAS_CAN_SETUP: '["SOFTWARE_TOKEN_MFA"]' },
    });
    await expect(finish(challenge['Session'])).rejects.toMatchObject({ code: 'InvalidParameterException' });
    const associated = await local.call('AssociateSoftwareToken', { Session: challenge['Session'] ?? '' });
    await expect(finish(associated['Session'])).rejects.toMatchObject({ code: 'InvalidParameterException' });
    const secret = String(associated['SecretCode']);
    const verified = await local.call('VerifySoftwareToken', {
      Session: associated['Session'] ?? '',
      UserCode: nextCode(secret),
    });
    expect(await finish(verified['Session'])).toHaveProperty('AuthenticationResult');

    const { Session } = await local.signIn('hana');
    expect(await answer(Session, nextCode(secret))).toHaveProperty('AuthenticationResult');
  });

  it('does not take a session twice, nor one of another challenge', async () => {
    demand();
    const { Session = '' } = await local.signIn('hana');
    await local.call('AssociateSoftwareToken', { Session });
    await expect(local.call('AssociateSoftwareToken', { Session })).rejects.toThrow('Invalid session for the user.');
    await expect(answer(Session, '123456')).rejects.toThrow('Invalid session for the user.');
  });
});
