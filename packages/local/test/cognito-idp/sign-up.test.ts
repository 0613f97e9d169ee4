import {
  ConfirmSignUpCommand,
  ResendConfirmationCodeCommand,
  SignUpCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { afterEach, describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/json.ts';
import {
  CLIENT_ID,
  type Options,
  PASSWORD,
  POOL_ID,
  readClaims,
  startCognito,
  type TestCognito,
  wrongCode,
} from './support.ts';

let local: TestCognito;

afterEach(() => local.close());

async function start(options?: Options): Promise<void> {
  local = await startCognito(options);
}

const signUp = (Username: string, more: JsonObject = {}) =>
  local.call('SignUp', {
    ClientId: CLIENT_ID,
    Username,
    Password: PASSWORD,
    UserAttributes: [{ Name: 'email', Value: `${Username}@example.com` }],
    ...more,
  });

const confirm = (Username: string, ConfirmationCode: string, more: JsonObject = {}) =>
  local.call('ConfirmSignUp', { ClientId: CLIENT_ID, Username, ConfirmationCode, ...more });

const status = async (Username: string) =>
  (await local.call('AdminGetUser', { UserPoolId: POOL_ID, Username }))['UserStatus'];

describe('SignUp and ConfirmSignUp', () => {
  it('work with the AWS SDK, and mail the code', async () => {
    await start();
    const answer = await local.sdk.send(
      new SignUpCommand({
        ClientId: CLIENT_ID,
        Username: 'hana',
        Password: PASSWORD,
        UserAttributes: [{ Name: 'email', Value: 'hana@example.com' }],
      }),
    );
    expect(answer.UserConfirmed).toBe(false);
    expect(answer.CodeDeliveryDetails).toEqual({
      AttributeName: 'email',
      DeliveryMedium: 'EMAIL',
      Destination: 'h***@e***',
    });
    const ConfirmationCode = local.lastCode('hana@example.com');
    expect(local.outbox.list()).toEqual([
      {
        id: '1',
        channel: 'EMAIL',
        to: 'hana@example.com',
        subject: 'Your verification code',
        body: `Your confirmation code is ${ConfirmationCode}`,
        sentAt: Date.UTC(2026, 10, 22, 1, 52, 9),
        source: 'cognito-idp/us-east-1_Ab3dEf9hI',
      },
    ]);
    await expect(local.signIn('hana')).rejects.toMatchObject({
      code: 'UserNotConfirmedException',
      message: 'User is not confirmed.',
    });
    await local.sdk.send(new ConfirmSignUpCommand({ ClientId: CLIENT_ID, Username: 'hana', ConfirmationCode }));
    const { IdToken } = await local.tokens('hana');
    expect(readClaims(IdToken)).toMatchObject({ sub: answer.UserSub, email_verified: true });
  });

  it('tells a stranger with a wrong password nothing about a user who is not confirmed', async () => {
    await start();
    await signUp('hana');
    await expect(local.signIn('hana', 'Wrong!20260')).rejects.toMatchObject({ code: 'NotAuthorizedException' });
  });

  it('refuse a name that is taken, also when both come at once', async () => {
    await start();
    const results = await Promise.allSettled([signUp('hana'), signUp('hana')]);
    expect(results.map((result) => result.status).sort()).toEqual(['fulfilled', 'rejected']);
    await expect(signUp('hana')).rejects.toMatchObject({
      code: 'UsernameExistsException',
      message: 'User already exists',
    });
  });

  it.each([
    ['Short!1', 'Password not long enough'],
    ['hiroba!2026', 'Password must have uppercase characters'],
    ['HIROBA!2026', 'Password must have lowercase characters'],
    ['Hiroba!Hiroba', 'Password must have numeric characters'],
    ['Hiroba22026', 'Password must have symbol characters'],
  ])('refuse the password %s: %s', async (Password, rule) => {
    await start();
    await expect(signUp('hana', { Password })).rejects.toMatchObject({
      code: 'InvalidPasswordException',
      message: `Password did not conform with policy: ${rule}`,
    });
  });

  it.each([
    ['a username with a space', { Username: 'ha na' }],
    ['a username that is a number', { Username: 7 }],
    ['a username of 129 characters', { Username: 'x'.repeat(129) }],
    ['no password', { Password: null }],
    ['a password of 257 characters', { Password: `Aa1!${'x'.repeat(253)}` }],
    ['an invalid address', { UserAttributes: [{ Name: 'email', Value: 'hana@' }] }],
    ['an invalid phone number', { UserAttributes: [{ Name: 'phone_number', Value: '090-1234' }] }],
    ['an attribute the pool has not', { UserAttributes: [{ Name: 'custom:role', Value: 'admin' }] }],
    ['a sub', { UserAttributes: [{ Name: 'sub', Value: '0' }] }],
    ['__proto__ as an attribute', { UserAttributes: [{ Name: '__proto__', Value: 'x' }] }],
    ['attributes that are no list', { UserAttributes: { email: 'x' } }],
    ['an attribute value of 2,049 characters', { UserAttributes: [{ Name: 'name', Value: 'x'.repeat(2_049) }] }],
  ])('refuse %s as an invalid parameter', async (_what, input) => {
    await start();
    await expect(signUp('hana', input as JsonObject)).rejects.toMatchObject({ code: 'InvalidParameterException' });
    await expect(status('hana')).rejects.toMatchObject({ code: 'UserNotFoundException' });
  });

  it('let no client claim that an address is verified, or write what it may not', async () => {
    await start({ client: { writeAttributes: ['email'] } });
    const refusal = {
      code: 'NotAuthorizedException',
      message: 'A client attempted to write unauthorized attribute',
    };
    const attribute = (Name: string, Value: string) => ({ UserAttributes: [{ Name, Value }] });
    await expect(signUp('hana', attribute('email_verified', 'true'))).rejects.toMatchObject(refusal);
    await expect(signUp('hana', attribute('nickname', 'Hana'))).rejects.toMatchObject(refusal);
  });

  it('ask for the attributes the pool requires', async () => {
    await start({ pool: { schema: [{ name: 'given_name', required: true }] } });
    await expect(signUp('hana')).rejects.toMatchObject({
      message: 'Attributes did not conform to the schema: given_name: The attribute is required',
    });
  });

  it('refuse a wrong code, a code after a day, a used code and a code of before', async () => {
    await start();
    await signUp('hana');
    const first = local.lastCode('hana@example.com');
    await expect(confirm('hana', wrongCode(first))).rejects.toMatchObject({
      code: 'CodeMismatchException',
      message: 'Invalid verification code provided, please try again.',
    });
    local.clock.advance(86_400_000);
    await expect(confirm('hana', first)).rejects.toMatchObject({
      code: 'ExpiredCodeException',
      message: 'Invalid code provided, please request a code again.',
    });
    await local.sdk.send(new ResendConfirmationCodeCommand({ ClientId: CLIENT_ID, Username: 'hana' }));
    const second = local.lastCode('hana@example.com');
    await expect(confirm('hana', second === first ? wrongCode(first) : first)).rejects.toMatchObject({
      code: 'CodeMismatchException',
    });
    await confirm('hana', second);
    expect(await status('hana')).toBe('CONFIRMED');
    await expect(confirm('hana', second)).rejects.toMatchObject({
      code: 'NotAuthorizedException',
      message: 'User cannot be confirmed. Current status is CONFIRMED',
    });
  });

  it('count guesses: five an hour, even of many sent at once, and the right code does not help then', async () => {
    await start();
    await signUp('hana');
    const code = local.lastCode('hana@example.com');
    const guesses = Array.from({ length: 12 }, (_, index) => confirm('hana', `x${index}`));
    const codes = (await Promise.allSettled(guesses)).map((result) =>
      result.status === 'rejected' ? (result.reason as { code: string }).code : 'confirmed',
    );
    expect(codes.filter((name) => name === 'CodeMismatchException')).toHaveLength(5);
    expect(codes.filter((name) => name === 'LimitExceededException')).toHaveLength(7);
    await expect(confirm('hana', code)).rejects.toMatchObject({
      code: 'LimitExceededException',
      message: 'Attempt limit exceeded, please try after some time.',
    });
    local.clock.advance(3_600_000);
    await confirm('hana', code);
    expect(await status('hana')).toBe('CONFIRMED');
  });

  it('resend five codes an hour, to an unknown name as to a known one', async () => {
    await start();
    await signUp('hana');
    const resend = (Username: string) => local.call('ResendConfirmationCode', { ClientId: CLIENT_ID, Username });
    for (const name of ['hana', 'nobody']) {
      for (let round = 0; round < 5; round++) {
        expect(await resend(name)).toMatchObject({ CodeDeliveryDetails: { DeliveryMedium: 'EMAIL' } });
      }
      await expect(resend(name)).rejects.toMatchObject({ code: 'LimitExceededException' });
    }
    expect(local.outbox.list()).toHaveLength(6);
    await expect(confirm('nobody', '123456')).rejects.toMatchObject({ code: 'CodeMismatchException' });
  });

  it('name the unknown user where the client wants it', async () => {
    await start({ client: { preventUserExistenceErrors: 'LEGACY' } });
    await expect(confirm('nobody', '123456')).rejects.toMatchObject({
      code: 'UserNotFoundException',
      message: 'Username/client id combination not found.',
    });
  });

  it('are closed when only administrators create users', async () => {
    await start({ pool: { adminCreateUserOnly: true } });
    await expect(signUp('hana')).rejects.toMatchObject({
      code: 'NotAuthorizedException',
      message: 'SignUp is not permitted for this user pool',
    });
  });

  it('need an administrator when the pool verifies nothing', async () => {
    await start({ pool: { autoVerifiedAttributes: [] } });
    expect(await signUp('hana')).not.toHaveProperty('CodeDeliveryDetails');
    await local.call('AdminConfirmSignUp', { UserPoolId: POOL_ID, Username: 'hana' });
    expect(await status('hana')).toBe('CONFIRMED');
    expect(readClaims((await local.tokens('hana')).IdToken)).not.toHaveProperty('email_verified', true);
  });
});

describe('a pool of email addresses', () => {
  const pool = { usernameAttributes: ['email'], usernameCaseSensitive: false } as const;

  it('makes the sub the username and signs in by address in any case', async () => {
    await start({ pool });
    const { UserSub } = await local.call('SignUp', {
      ClientId: CLIENT_ID,
      Username: 'Hana@example.com',
      Password: PASSWORD,
    });
    await confirm('hana@EXAMPLE.com', local.lastCode('Hana@example.com'));
    const { AccessToken } = await local.tokens('HANA@example.com');
    expect(readClaims(AccessToken)).toMatchObject({ username: UserSub, sub: UserSub });
    await expect(
      local.call('SignUp', { ClientId: CLIENT_ID, Username: 'hana@example.com', Password: PASSWORD }),
    ).rejects.toMatchObject({
      code: 'UsernameExistsException',
      message: 'An account with the given email already exists.',
    });
    await expect(signUp('hana')).rejects.toMatchObject({ message: 'Username should be an email.' });
  });
});

describe('a pool with email as an alias', () => {
  const pool = { aliasAttributes: ['email'] } as const;
  const sameAddress = { UserAttributes: [{ Name: 'email', Value: 'shared@example.com' }] };

  it('signs in by the address once it is verified, and gives it to one user', async () => {
    await start({ pool });
    await signUp('hana', sameAddress);
    await expect(local.signIn('shared@example.com')).rejects.toMatchObject({ code: 'NotAuthorizedException' });
    await confirm('hana', local.lastCode('shared@example.com'));
    expect(readClaims((await local.tokens('shared@example.com')).AccessToken)['username']).toBe('hana');

    await signUp('ren', sameAddress);
    const code = local.lastCode('shared@example.com');
    await expect(confirm('ren', code)).rejects.toMatchObject({
      code: 'AliasExistsException',
      message: 'An account with the given email already exists.',
    });
    await confirm('ren', code, { ForceAliasCreation: true });
    expect(readClaims((await local.tokens('shared@example.com')).AccessToken)['username']).toBe('ren');
    expect(readClaims((await local.tokens('hana')).IdToken)['email_verified']).toBe(false);
  });

  it('refuses a username that looks like an address', async () => {
    await start({ pool });
    await expect(signUp('hana@example.com')).rejects.toMatchObject({
      message: 'Username cannot be of email format, since user pool is configured for email alias.',
    });
  });
});
