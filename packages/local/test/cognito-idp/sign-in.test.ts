import { createHmac } from 'node:crypto';
import { DescribeUserPoolClientCommand, InitiateAuthCommand } from '@aws-sdk/client-cognito-identity-provider';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/json.ts';
import { CLIENT_ID, PASSWORD, POOL_ID, readClaims, startCognito, type TestCognito } from './support.ts';

let local: TestCognito;

beforeEach(async () => {
  local = await startCognito();
  await local.addUser('hana');
});
afterEach(() => local.close());

const refused = { code: 'NotAuthorizedException', message: 'Incorrect username or password.' };
const locked = { code: 'NotAuthorizedException', message: 'Password attempts exceeded' };
const WRONG = 'Wrong!20260';

async function fail(times: number): Promise<void> {
  for (let round = 0; round < times; round++) {
    await expect(local.signIn('hana', WRONG)).rejects.toMatchObject(refused);
  }
}

describe('USER_PASSWORD_AUTH', () => {
  it('gives the AWS SDK tokens', async () => {
    const { AuthenticationResult } = await local.sdk.send(
      new InitiateAuthCommand({
        ClientId: CLIENT_ID,
        AuthFlow: 'USER_PASSWORD_AUTH',
        AuthParameters: { USERNAME: 'hana', PASSWORD },
      }),
    );
    expect(AuthenticationResult).toMatchObject({ ExpiresIn: 3600, TokenType: 'Bearer' });
    expect(readClaims(AuthenticationResult?.AccessToken ?? '')).toMatchObject({
      username: 'hana',
      token_use: 'access',
    });
  });

  it('locks out for a second after five failures, and for twice as long after each further one', async () => {
    await fail(5);
    await expect(local.signIn('hana')).rejects.toMatchObject(locked);
    local.clock.advance(999);
    await expect(local.signIn('hana')).rejects.toMatchObject(locked);
    local.clock.advance(1);
    await fail(1);
    local.clock.advance(1_999);
    await expect(local.signIn('hana')).rejects.toMatchObject(locked);
    local.clock.advance(1);
    expect(await local.signIn('hana')).toHaveProperty('AuthenticationResult');
    await fail(4);
    expect(await local.signIn('hana')).toHaveProperty('AuthenticationResult');
  });

  it('never locks out for longer than fifteen minutes', async () => {
    await fail(5);
    for (let seconds = 1; seconds <= 1_024; seconds *= 2) {
      local.clock.advance(Math.min(seconds, 900) * 1_000 - 1);
      await expect(local.signIn('hana')).rejects.toMatchObject(locked);
      local.clock.advance(1);
      if (seconds < 1_024) await fail(1);
    }
    expect(await local.signIn('hana')).toHaveProperty('AuthenticationResult');
  });

  it('answers no more than five of many guesses sent at once', async () => {
    const guesses = Array.from({ length: 20 }, (_, index) => local.signIn('hana', `Guess!2026-${index}`));
    const messages = (await Promise.allSettled([...guesses, local.signIn('hana')])).map((result) =>
      result.status === 'rejected' ? (result.reason as Error).message : 'signed in',
    );
    expect(messages.filter((message) => message === refused.message)).toHaveLength(5);
    expect(messages.filter((message) => message === locked.message).length).toBeGreaterThanOrEqual(15);
  });

  it('refuses a disabled user only after the right password', async () => {
    await local.call('AdminDisableUser', { UserPoolId: POOL_ID, Username: 'hana' });
    await expect(local.signIn('hana', WRONG)).rejects.toMatchObject(refused);
    await expect(local.signIn('hana')).rejects.toMatchObject({ message: 'User is disabled.' });
    await local.call('AdminEnableUser', { UserPoolId: POOL_ID, Username: 'hana' });
    expect(await local.signIn('hana')).toHaveProperty('AuthenticationResult');
  });

  it('runs only the flows the client allows', async () => {
    const start = (AuthFlow: string, clientId = 'srpOnly') =>
      local.call('InitiateAuth', { ClientId: clientId, AuthFlow, AuthParameters: { USERNAME: 'hana', PASSWORD } });
    local.cognito.provisionClient({ clientId: 'srpOnly', poolId: POOL_ID, name: 'srp', explicitAuthFlows: [] });
    local.cognito.provisionClient({
      clientId: 'passwordOnly',
      poolId: POOL_ID,
      name: 'password',
      explicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'],
    });
    await expect(start('USER_PASSWORD_AUTH')).rejects.toMatchObject({
      code: 'InvalidParameterException',
      message: 'USER_PASSWORD_AUTH flow not enabled for this client',
    });
    await expect(start('USER_SRP_AUTH', 'passwordOnly')).rejects.toMatchObject({
      message: 'USER_SRP_AUTH is not enabled for the client.',
    });
    await expect(start('CUSTOM_AUTH')).rejects.toMatchObject({ code: 'NotEmulated' });
    await expect(start('ADMIN_USER_PASSWORD_AUTH', CLIENT_ID)).rejects.toMatchObject({
      code: 'InvalidParameterException',
    });
    await expect(start('USER_PASSWORD_AUTH', 'nobody')).rejects.toMatchObject({
      code: 'ResourceNotFoundException',
      message: 'User pool client nobody does not exist.',
    });
  });

  it('wants the secret hash of a client with a secret', async () => {
    local.cognito.provisionClient({
      clientId: 'server',
      poolId: POOL_ID,
      name: 'server',
      explicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
      generateSecret: true,
    });
    const describe = new DescribeUserPoolClientCommand({ UserPoolId: POOL_ID, ClientId: 'server' });
    const secret = (await local.sdk.send(describe)).UserPoolClient?.ClientSecret ?? '';
    const hash = (name: string) => createHmac('sha256', secret).update(`${name}server`).digest('base64');
    const start = (parameters: Record<string, string>) =>
      local.call('InitiateAuth', {
        ClientId: 'server',
        AuthFlow: 'USER_PASSWORD_AUTH',
        AuthParameters: { USERNAME: 'hana', PASSWORD, ...parameters },
      });
    await expect(start({})).rejects.toMatchObject({
      message: 'Client server is configured with secret but SECRET_HASH was not received',
    });
    await expect(start({ SECRET_HASH: hash('ren') })).rejects.toMatchObject({
      message: 'Unable to verify secret hash for client server',
    });
    const { RefreshToken } = (await start({ SECRET_HASH: hash('hana') }))['AuthenticationResult'] as JsonObject;
    const renew = { ClientId: 'server', RefreshToken: RefreshToken ?? '' };
    await expect(local.call('GetTokensFromRefreshToken', renew)).rejects.toMatchObject({
      message: 'Unable to verify secret for client server',
    });
    const renewed = await local.call('GetTokensFromRefreshToken', { ...renew, ClientSecret: secret });
    expect(renewed).toHaveProperty('AuthenticationResult.AccessToken');
  });
});

describe('NEW_PASSWORD_REQUIRED', () => {
  const respond = (session: string, username = 'mei', clientId = CLIENT_ID, newPassword = PASSWORD) =>
    local.call('RespondToAuthChallenge', {
      ClientId: clientId,
      ChallengeName: 'NEW_PASSWORD_REQUIRED',
      Session: session,
      ChallengeResponses: { USERNAME: username, NEW_PASSWORD: newPassword },
    });
  const invalid = { code: 'NotAuthorizedException', message: 'Invalid session for the user.' };

  async function invited(): Promise<string> {
    await local.call('AdminCreateUser', {
      UserPoolId: POOL_ID,
      Username: 'mei',
      TemporaryPassword: 'Temporary!1',
      MessageAction: 'SUPPRESS',
    });
    const answer = await local.signIn('mei', 'Temporary!1');
    expect(answer).toMatchObject({
      ChallengeName: 'NEW_PASSWORD_REQUIRED',
      ChallengeParameters: { USER_ID_FOR_SRP: 'mei', requiredAttributes: '[]', userAttributes: '{}' },
    });
    return String(answer['Session']);
  }

  it('takes a session once', async () => {
    const session = await invited();
    await expect(respond(session, 'mei', CLIENT_ID, 'weak')).rejects.toMatchObject({
      code: 'InvalidPasswordException',
    });
    expect(await respond(session)).toHaveProperty('AuthenticationResult.RefreshToken');
    await expect(respond(session)).rejects.toMatchObject(invalid);
    await expect(local.signIn('mei', 'Temporary!1')).rejects.toMatchObject(refused);
  });

  it('refuses an invented session, another user and another client, and changes nothing', async () => {
    const session = await invited();
    local.cognito.provisionClient({ clientId: 'other', poolId: POOL_ID, name: 'other', explicitAuthFlows: [] });
    await expect(respond('AYABeInvented')).rejects.toMatchObject(invalid);
    await expect(respond('AYABeInvented', 'hana')).rejects.toMatchObject(invalid);
    await expect(respond(session, 'hana')).rejects.toMatchObject(invalid);
    await expect(respond(session, 'mei', 'other')).rejects.toMatchObject(invalid);
    expect(await local.signIn('hana')).toHaveProperty('AuthenticationResult');
    expect(await local.signIn('mei', 'Temporary!1')).toHaveProperty('Session');
  });

  it('ends the session after three minutes, and the temporary password after its days', async () => {
    const session = await invited();
    local.clock.advance(180_000);
    await expect(respond(session)).rejects.toMatchObject(invalid);
    local.clock.advance(7 * 86_400_000);
    await expect(local.signIn('mei', 'Temporary!1')).rejects.toMatchObject({
      message: 'Temporary password has expired and must be reset by an administrator.',
    });
  });
});

describe('renewing and revoking', () => {
  const renew = (RefreshToken: string, clientId = CLIENT_ID) =>
    local.call('GetTokensFromRefreshToken', { ClientId: clientId, RefreshToken });

  it('keeps the sign-in time and the origin of the first tokens', async () => {
    const first = await local.tokens('hana');
    local.clock.advance(600_000);
    const second = (await renew(first.RefreshToken))['AuthenticationResult'] as JsonObject;
    expect(second).not.toHaveProperty('RefreshToken');
    const before = readClaims(first.AccessToken);
    const after = readClaims(String(second['AccessToken']));
    expect(after).toMatchObject({ auth_time: before['auth_time'], origin_jti: before['origin_jti'] });
    expect(after['iat']).toBe(Number(before['iat']) + 600);
    expect(after['jti']).not.toBe(before['jti']);
  });

  it('refuses tokens that are invented, expired, revoked or another client’s', async () => {
    const { RefreshToken, AccessToken } = await local.tokens('hana');
    const other = await local.tokens('hana');
    local.cognito.provisionClient({ clientId: 'other', poolId: POOL_ID, name: 'other', explicitAuthFlows: [] });
    await expect(renew('invented')).rejects.toMatchObject({ message: 'Invalid Refresh Token' });
    await expect(renew(RefreshToken, 'other')).rejects.toMatchObject({ message: 'Invalid Refresh Token' });
    await local.call('RevokeToken', { ClientId: CLIENT_ID, Token: RefreshToken });
    await expect(renew(RefreshToken)).rejects.toMatchObject({ message: 'Refresh Token has been revoked' });
    await expect(local.call('GetUser', { AccessToken })).rejects.toMatchObject({
      code: 'NotAuthorizedException',
      message: 'Access Token has been revoked',
    });
    local.clock.advance(30 * 86_400_000);
    await expect(renew(other.RefreshToken)).rejects.toMatchObject({ message: 'Refresh Token has expired' });
  });

  it('lets no other client revoke, and takes only refresh tokens', async () => {
    const { RefreshToken, AccessToken } = await local.tokens('hana');
    local.cognito.provisionClient({ clientId: 'other', poolId: POOL_ID, name: 'other', explicitAuthFlows: [] });
    await expect(local.call('RevokeToken', { ClientId: 'other', Token: RefreshToken })).rejects.toMatchObject({
      code: 'UnauthorizedException',
    });
    await expect(local.call('RevokeToken', { ClientId: CLIENT_ID, Token: AccessToken })).rejects.toMatchObject({
      code: 'UnsupportedTokenTypeException',
    });
    expect(await local.call('RevokeToken', { ClientId: CLIENT_ID, Token: 'invented' })).toEqual({});
    expect(await renew(RefreshToken)).toHaveProperty('AuthenticationResult');
  });

  it('signs out everywhere, by the user and by an administrator', async () => {
    const phone = await local.tokens('hana');
    const laptop = await local.tokens('hana');
    await local.call('GlobalSignOut', { AccessToken: phone.AccessToken });
    await expect(renew(laptop.RefreshToken)).rejects.toMatchObject({ message: 'Refresh Token has been revoked' });
    await expect(local.call('GetUser', { AccessToken: laptop.AccessToken })).rejects.toMatchObject({
      message: 'Access Token has been revoked',
    });
    const again = await local.tokens('hana');
    await local.call('AdminUserGlobalSignOut', { UserPoolId: POOL_ID, Username: 'hana' });
    await expect(renew(again.RefreshToken)).rejects.toMatchObject({ message: 'Refresh Token has been revoked' });
  });

  it('forgets the tokens of a deleted user', async () => {
    const { RefreshToken, AccessToken } = await local.tokens('hana');
    await local.call('DeleteUser', { AccessToken });
    await expect(renew(RefreshToken)).rejects.toMatchObject({ message: 'Invalid Refresh Token' });
    await expect(local.signIn('hana')).rejects.toMatchObject(refused);
    await local.addUser('hana');
    await expect(local.call('GetUser', { AccessToken })).rejects.toMatchObject({ code: 'NotAuthorizedException' });
  });
});
