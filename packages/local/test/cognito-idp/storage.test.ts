import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { authenticatorCode, base32Bytes } from './authenticator.ts';
import { CLIENT_ID, PASSWORD, POOL_ID, startCognito } from './support.ts';

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'cognito-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

const everything = () => Buffer.concat(readdirSync(directory).map((name) => readFileSync(join(directory, name))));

describe('the database file', () => {
  it('holds no password, code, refresh token, or secret of an authenticator app in clear', async () => {
    const local = await startCognito({
      path: join(directory, 'hiroba.sqlite'),
      pool: { mfa: 'OPTIONAL', mfaFactors: ['SOFTWARE_TOKEN_MFA'] },
    });
    local.database.exec('PRAGMA journal_mode = WAL');
    await local.call('SignUp', {
      ClientId: CLIENT_ID,
      Username: 'hana',
      Password: PASSWORD,
      UserAttributes: [{ Name: 'email', Value: 'hana@example.com' }],
    });
    const code = local.lastCode('hana@example.com');
    await local.call('ConfirmSignUp', { ClientId: CLIENT_ID, Username: 'hana', ConfirmationCode: code });
    await local.call('ForgotPassword', { ClientId: CLIENT_ID, Username: 'hana' });
    const resetCode = local.lastCode('hana@example.com');
    const { RefreshToken } = await local.tokens('hana');
    await local.call('AdminCreateUser', { UserPoolId: POOL_ID, Username: 'mei', TemporaryPassword: 'Temporary!1' });

    const { AccessToken } = await local.tokens('hana');
    const secretCode = String((await local.call('AssociateSoftwareToken', { AccessToken }))['SecretCode']);

    const bytes = everything();
    expect(bytes.includes('hana@example.com')).toBe(true);
    const secretBytes = base32Bytes(secretCode);
    const secrets = [PASSWORD, 'Temporary!1', RefreshToken, secretCode, secretBytes, secretBytes.toString('base64')];
    for (const secret of secrets) expect(bytes.includes(secret)).toBe(false);
    // Six digits may stand in a row by chance; as a value of a column they would stand alone.
    const rows = ['cognito_users', 'cognito_codes', 'cognito_attempts', 'cognito_refresh_tokens'].flatMap((table) =>
      local.database.prepare(`SELECT * FROM ${table}`).all(),
    );
    const values = rows.flatMap((row) => Object.values(row).map(String));
    expect(values).not.toContain(code);
    expect(values).not.toContain(resetCode);
    expect(bytes.includes(`code is ${resetCode}`)).toBe(false);
    await local.close();
  });

  it('keeps users, keys and sign-ins over a restart', async () => {
    const path = join(directory, 'hiroba.sqlite');
    const before = await startCognito({ path });
    await before.addUser('hana');
    const { AccessToken, RefreshToken } = await before.tokens('hana');
    const jwks = before.cognito.jwks(POOL_ID);
    await before.close();

    const after = await startCognito({ path });
    expect(after.cognito.jwks(POOL_ID)).toEqual(jwks);
    expect(after.cognito.verifyToken([POOL_ID], AccessToken)['username']).toBe('hana');
    const renewed = await after.call('GetTokensFromRefreshToken', { ClientId: CLIENT_ID, RefreshToken });
    expect(renewed).toHaveProperty('AuthenticationResult.AccessToken');
    expect(await after.signIn('hana')).toHaveProperty('AuthenticationResult');
    await after.close();
  });

  it('keeps an authenticator app, and the codes it has used, over a restart', async () => {
    const path = join(directory, 'hiroba.sqlite');
    const pool = { mfa: 'OPTIONAL', mfaFactors: ['SOFTWARE_TOKEN_MFA'] } as const;
    const before = await startCognito({ path, pool });
    await before.addUser('hana');
    const { AccessToken } = await before.tokens('hana');
    const { SecretCode } = await before.call('AssociateSoftwareToken', { AccessToken });
    const used = authenticatorCode(String(SecretCode), before.clock.now());
    await before.call('VerifySoftwareToken', { AccessToken, UserCode: used });
    await before.call('SetUserMFAPreference', { AccessToken, SoftwareTokenMfaSettings: { Enabled: true } });
    await before.close();

    const after = await startCognito({ path, pool });
    const { Session = '' } = await after.signIn('hana');
    const answer = (code: string) =>
      after.call('RespondToAuthChallenge', {
        ClientId: CLIENT_ID,
        ChallengeName: 'SOFTWARE_TOKEN_MFA',
        Session,
        ChallengeResponses: { USERNAME: 'hana', SOFTWARE_TOKEN_MFA_CODE: code },
      });
    await expect(answer(used)).rejects.toMatchObject({ code: 'ExpiredCodeException' });
    const next = authenticatorCode(String(SecretCode), after.clock.now() + 30_000);
    expect(await answer(next)).toHaveProperty('AuthenticationResult');
    await after.close();
  });

  it('keeps counting guesses over a restart', async () => {
    const path = join(directory, 'hiroba.sqlite');
    const before = await startCognito({ path });
    await before.addUser('hana');
    for (let round = 0; round < 5; round++) {
      await expect(before.signIn('hana', 'Wrong!20260')).rejects.toMatchObject({ code: 'NotAuthorizedException' });
    }
    await before.close();
    const after = await startCognito({ path });
    await expect(after.signIn('hana')).rejects.toMatchObject({ message: 'Password attempts exceeded' });
    await after.close();
  });
});
