import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CLIENT_ID, PASSWORD, POOL_ID, startCognito, type TestCognito, wrongCode } from './support.ts';

let local: TestCognito;
const NEW_PASSWORD = 'Another!2026';

beforeEach(async () => {
  local = await startCognito();
  await local.addUser('hana');
});
afterEach(() => local.close());

const forgot = (Username: string) => local.call('ForgotPassword', { ClientId: CLIENT_ID, Username });
const confirm = (Username: string, ConfirmationCode: string, Password = NEW_PASSWORD) =>
  local.call('ConfirmForgotPassword', { ClientId: CLIENT_ID, Username, ConfirmationCode, Password });

describe('ForgotPassword', () => {
  it('sets a new password with the mailed code, once', async () => {
    expect(await forgot('hana')).toEqual({
      CodeDeliveryDetails: { AttributeName: 'email', DeliveryMedium: 'EMAIL', Destination: 'h***@e***' },
    });
    const code = local.lastCode('hana@example.com');
    await expect(confirm('hana', wrongCode(code))).rejects.toMatchObject({ code: 'CodeMismatchException' });
    await expect(confirm('hana', code, 'weak')).rejects.toMatchObject({ code: 'InvalidPasswordException' });
    await confirm('hana', code);
    await expect(local.signIn('hana', PASSWORD)).rejects.toMatchObject({ code: 'NotAuthorizedException' });
    expect(await local.signIn('hana', NEW_PASSWORD)).toHaveProperty('AuthenticationResult');
    await expect(confirm('hana', code)).rejects.toMatchObject({ code: 'ExpiredCodeException' });
  });

  it('lets a code expire after an hour', async () => {
    await forgot('hana');
    local.clock.advance(3_600_000);
    await expect(confirm('hana', local.lastCode('hana@example.com'))).rejects.toMatchObject({
      code: 'ExpiredCodeException',
    });
  });

  it('sends five codes an hour and takes five guesses, of unknown users too', async () => {
    for (const name of ['hana', 'nobody']) {
      for (let round = 0; round < 5; round++) await forgot(name);
      await expect(forgot(name)).rejects.toMatchObject({
        code: 'LimitExceededException',
        message: 'Attempt limit exceeded, please try after some time.',
      });
      for (let round = 0; round < 5; round++) {
        await expect(confirm(name, 'wrong')).rejects.toMatchObject({ code: 'CodeMismatchException' });
      }
      await expect(confirm(name, 'wrong')).rejects.toMatchObject({ code: 'LimitExceededException' });
    }
    expect(local.outbox.list({ to: 'hana@example.com' })).toHaveLength(5);
  });

  it('does not use the code of another purpose or another user', async () => {
    await local.addUser('ren');
    await forgot('hana');
    const code = local.lastCode('hana@example.com');
    await expect(confirm('ren', code)).rejects.toMatchObject({ code: 'ExpiredCodeException' });
    const { AccessToken } = await local.tokens('hana');
    await expect(
      local.call('VerifyUserAttribute', { AccessToken, AttributeName: 'email', Code: code }),
    ).rejects.toMatchObject({ code: 'ExpiredCodeException' });
  });

  it('needs a verified address and a user who has a password of his own', async () => {
    await local.call('AdminCreateUser', { UserPoolId: POOL_ID, Username: 'mei', MessageAction: 'SUPPRESS' });
    await expect(forgot('mei')).rejects.toMatchObject({
      code: 'NotAuthorizedException',
      message: 'User password cannot be reset in the current state.',
    });
    await local.call('SignUp', {
      ClientId: CLIENT_ID,
      Username: 'ren',
      Password: PASSWORD,
      UserAttributes: [{ Name: 'email', Value: 'ren@example.com' }],
    });
    await expect(forgot('ren')).rejects.toMatchObject({
      code: 'InvalidParameterException',
      message: 'Cannot reset password for the user as there is no registered/verified email or phone_number',
    });
  });
});

describe('ChangePassword', () => {
  it('wants the old password, and counts wrong ones as failed sign-ins', async () => {
    const { AccessToken } = await local.tokens('hana');
    const change = (PreviousPassword: string) =>
      local.call('ChangePassword', { AccessToken, PreviousPassword, ProposedPassword: NEW_PASSWORD });
    for (let round = 0; round < 5; round++) {
      await expect(change('Wrong!20260')).rejects.toMatchObject({ message: 'Incorrect username or password.' });
    }
    await expect(change(PASSWORD)).rejects.toMatchObject({ message: 'Password attempts exceeded' });
    local.clock.advance(1_000);
    await change(PASSWORD);
    expect(await local.signIn('hana', NEW_PASSWORD)).toHaveProperty('AuthenticationResult');
  });
});

describe('UpdateUserAttributes', () => {
  it('makes a new address unverified until its own code comes back', async () => {
    const { AccessToken } = await local.tokens('hana');
    const verified = async () => {
      const { UserAttributes } = await local.call('GetUser', { AccessToken });
      return (UserAttributes as { Name: string; Value: string }[]).find(({ Name }) => Name === 'email_verified')?.Value;
    };
    const answer = await local.call('UpdateUserAttributes', {
      AccessToken,
      UserAttributes: [{ Name: 'email', Value: 'new@example.com' }],
    });
    expect(answer).toMatchObject({ CodeDeliveryDetailsList: [{ Destination: 'n***@e***' }] });
    expect(await verified()).toBe('false');
    const verify = (Code: string) => local.call('VerifyUserAttribute', { AccessToken, AttributeName: 'email', Code });
    await expect(verify(wrongCode(local.lastCode('new@example.com')))).rejects.toMatchObject({
      code: 'CodeMismatchException',
    });
    await local.call('GetUserAttributeVerificationCode', { AccessToken, AttributeName: 'email' });
    await verify(local.lastCode('new@example.com'));
    expect(await verified()).toBe('true');
  });

  it('refuses what the client may not write', async () => {
    const { AccessToken } = await local.tokens('hana');
    const write = (Name: string) =>
      local.call('UpdateUserAttributes', { AccessToken, UserAttributes: [{ Name, Value: 'true' }] });
    await expect(write('email_verified')).rejects.toMatchObject({ code: 'NotAuthorizedException' });
    await expect(write('custom:admin')).rejects.toMatchObject({ code: 'InvalidParameterException' });
    await expect(write('sub')).rejects.toMatchObject({ code: 'InvalidParameterException' });
  });
});
