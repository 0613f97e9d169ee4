import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AwsError } from '../../src/aws/error.ts';
import type { JsonObject } from '../../src/json.ts';
import { authenticatorCode } from './authenticator.ts';
import { CLIENT_ID, POOL_ID, startCognito, type TestCognito, wrongCode } from './support.ts';

const PHONE = '+819012345678';
const sms = {
  principal: { arn: 'arn:aws:iam::123456789012:role/text-messages' },
  externalId: 'members',
};

let local: TestCognito;
/** What the role is not allowed to do. */
let denied: readonly string[];

beforeEach(async () => {
  denied = [];
  local = await startCognito({
    pool: { mfa: 'OPTIONAL', mfaFactors: ['SOFTWARE_TOKEN_MFA', 'SMS_MFA'], sms, recovery: ['email'] },
    authorizer: {
      authorize({ arn }, { action, resource }) {
        if (denied.includes(action)) throw new AwsError('AccessDeniedException', `${arn} ${action} ${resource}`);
      },
    },
  });
  await local.addUser('hana');
});
afterEach(() => local.close());

const texts = () => local.outbox.list({ to: PHONE }).map(({ channel, body }) => ({ channel, body }));

async function verifyPhone(AccessToken: string): Promise<void> {
  await local.call('UpdateUserAttributes', {
    AccessToken,
    UserAttributes: [{ Name: 'phone_number', Value: PHONE }],
  });
  await local.call('GetUserAttributeVerificationCode', { AccessToken, AttributeName: 'phone_number' });
  const Code = local.lastCode(PHONE);
  await local.call('VerifyUserAttribute', { AccessToken, AttributeName: 'phone_number', Code });
}

const respond = (ChallengeName: string, session: unknown, responses: JsonObject) =>
  local.call('RespondToAuthChallenge', {
    ClientId: CLIENT_ID,
    ChallengeName,
    Session: session as string,
    ChallengeResponses: { USERNAME: 'hana', ...responses },
  });

const attributes = async (AccessToken: string) =>
  ((await local.call('GetUser', { AccessToken }))['UserAttributes'] as { Name: string; Value: string }[])
    .filter(({ Name }) => Name.startsWith('phone'))
    .map(({ Name, Value }) => `${Name}=${Value}`)
    .sort();

describe('a phone number', () => {
  it('is unverified, and texted nothing, until the member asks for a code', async () => {
    const { AccessToken } = await local.tokens('hana');
    const updated = await local.call('UpdateUserAttributes', {
      AccessToken,
      UserAttributes: [{ Name: 'phone_number', Value: PHONE }],
    });
    expect(updated).toEqual({ CodeDeliveryDetailsList: [] });
    expect(texts()).toEqual([]);
    expect(await attributes(AccessToken)).toEqual(['phone_number=+819012345678', 'phone_number_verified=false']);

    const asked = { AccessToken, AttributeName: 'phone_number' };
    expect(await local.call('GetUserAttributeVerificationCode', asked)).toEqual({
      CodeDeliveryDetails: {
        AttributeName: 'phone_number',
        DeliveryMedium: 'SMS',
        Destination: '+*******5678',
      },
    });
    const Code = local.lastCode(PHONE);
    expect(texts()).toEqual([{ channel: 'SMS', body: `Your confirmation code is ${Code}` }]);
    await expect(local.call('VerifyUserAttribute', { ...asked, Code: wrongCode(Code) })).rejects.toMatchObject({
      code: 'CodeMismatchException',
    });
    await local.call('VerifyUserAttribute', { ...asked, Code });
    expect(await attributes(AccessToken)).toEqual(['phone_number=+819012345678', 'phone_number_verified=true']);
  });

  it('goes when the member deletes it; the address to sign in with stays', async () => {
    const { AccessToken } = await local.tokens('hana');
    await verifyPhone(AccessToken);
    await local.call('DeleteUserAttributes', { AccessToken, UserAttributeNames: ['phone_number'] });
    expect(await attributes(AccessToken)).toEqual([]);

    const addresses = await startCognito({ pool: { usernameAttributes: ['email'] } });
    await addresses.addUser('hana@example.com');
    const tokens = await addresses.tokens('hana@example.com');
    await expect(
      addresses.call('DeleteUserAttributes', {
        AccessToken: tokens.AccessToken,
        UserAttributeNames: ['email'],
      }),
    ).rejects.toMatchObject({ code: 'InvalidParameterException' });
    await addresses.close();
  });

  it('is not texted without a role that may, nor by a pool without one', async () => {
    const { AccessToken } = await local.tokens('hana');
    const asked = { AccessToken, AttributeName: 'phone_number' };
    await local.call('UpdateUserAttributes', { AccessToken, UserAttributes: [{ Name: 'phone_number', Value: PHONE }] });
    denied = ['sns:Publish'];
    await expect(local.call('GetUserAttributeVerificationCode', asked)).rejects.toMatchObject({
      code: 'InvalidSmsRoleAccessPolicyException',
      message: 'arn:aws:iam::123456789012:role/text-messages sns:Publish *',
    });
    expect(texts()).toEqual([]);

    const without = await startCognito();
    await without.addUser('hana');
    const tokens = await without.tokens('hana');
    const mine = { AccessToken: tokens.AccessToken };
    await without.call('UpdateUserAttributes', { ...mine, UserAttributes: [{ Name: 'phone_number', Value: PHONE }] });
    await expect(
      without.call('GetUserAttributeVerificationCode', { ...mine, AttributeName: 'phone_number' }),
    ).rejects.toMatchObject({ code: 'InvalidParameterException' });
    await without.close();
  });

  it('gets no code for a forgotten password where only the mailbox recovers', async () => {
    const { AccessToken } = await local.tokens('hana');
    await verifyPhone(AccessToken);
    const forgot = { ClientId: CLIENT_ID, Username: 'hana' };
    expect(await local.call('ForgotPassword', forgot)).toMatchObject({
      CodeDeliveryDetails: { DeliveryMedium: 'EMAIL' },
    });
    await local.call('UpdateUserAttributes', {
      AccessToken,
      UserAttributes: [{ Name: 'email', Value: 'new@example.com' }],
    });
    await expect(local.call('ForgotPassword', forgot)).rejects.toMatchObject({ code: 'InvalidParameterException' });
  });
});

describe('a sign-in with a text message', () => {
  const turnOn = (AccessToken: string) =>
    local.call('SetUserMFAPreference', { AccessToken, SMSMfaSettings: { Enabled: true } });

  it('needs a verified number, and then asks for the code that is texted', async () => {
    const { AccessToken } = await local.tokens('hana');
    await expect(turnOn(AccessToken)).rejects.toMatchObject({
      message: 'User does not have delivery config set to turn on SMS_MFA',
    });
    await verifyPhone(AccessToken);
    expect(await local.signIn('hana')).toHaveProperty('AuthenticationResult');
    await turnOn(AccessToken);

    const challenge = await local.signIn('hana');
    expect(challenge).toMatchObject({
      ChallengeName: 'SMS_MFA',
      ChallengeParameters: {
        USER_ID_FOR_SRP: 'hana',
        CODE_DELIVERY_DELIVERY_MEDIUM: 'SMS',
        CODE_DELIVERY_DESTINATION: '+*******5678',
      },
    });
    const code = local.lastCode(PHONE);
    expect(texts().at(-1)?.body).toBe(`Your authentication code is ${code}`);
    const wrong = respond('SMS_MFA', challenge['Session'], { SMS_MFA_CODE: wrongCode(code) });
    await expect(wrong).rejects.toMatchObject({ code: 'CodeMismatchException' });
    const right = () => respond('SMS_MFA', challenge['Session'], { SMS_MFA_CODE: code });
    expect(await right()).toHaveProperty('AuthenticationResult.AccessToken');
    await expect(right()).rejects.toThrow('Invalid session for the user.');
  });

  it('stops with a code that was not used in three minutes, and after five messages an hour', async () => {
    const { AccessToken } = await local.tokens('hana');
    await verifyPhone(AccessToken);
    await turnOn(AccessToken);
    const challenge = await local.signIn('hana');
    const code = local.lastCode(PHONE);
    local.clock.advance(180_000);
    await expect(respond('SMS_MFA', challenge['Session'], { SMS_MFA_CODE: code })).rejects.toThrow('Invalid session');
    const again = await local.signIn('hana');
    await expect(respond('SMS_MFA', again['Session'], { SMS_MFA_CODE: code })).rejects.toMatchObject({
      code: 'CodeMismatchException',
    });
    for (let round = 2; round < 5; round++) await local.signIn('hana');
    await expect(local.signIn('hana')).rejects.toMatchObject({ code: 'LimitExceededException' });
  });

  it('lets a member with both factors choose, unless one is preferred', async () => {
    const { AccessToken } = await local.tokens('hana');
    await verifyPhone(AccessToken);
    const secret = String((await local.call('AssociateSoftwareToken', { AccessToken }))['SecretCode']);
    const UserCode = authenticatorCode(secret, local.clock.now() - 30_000);
    await local.call('VerifySoftwareToken', { AccessToken, UserCode });
    await local.call('SetUserMFAPreference', {
      AccessToken,
      SMSMfaSettings: { Enabled: true },
      SoftwareTokenMfaSettings: { Enabled: true },
    });
    const challenge = await local.signIn('hana');
    expect(challenge).toMatchObject({
      ChallengeName: 'SELECT_MFA_TYPE',
      ChallengeParameters: { MFAS_CAN_CHOOSE: '["SMS_MFA","SOFTWARE_TOKEN_MFA"]' },
    });
    const choose = (ANSWER: string) => respond('SELECT_MFA_TYPE', challenge['Session'], { ANSWER });
    await expect(choose('EMAIL_OTP')).rejects.toMatchObject({ code: 'InvalidParameterException' });
    const chosen = await choose('SOFTWARE_TOKEN_MFA');
    expect(chosen['ChallengeName']).toBe('SOFTWARE_TOKEN_MFA');
    const code = authenticatorCode(secret, local.clock.now());
    const done = await respond('SOFTWARE_TOKEN_MFA', chosen['Session'], { SOFTWARE_TOKEN_MFA_CODE: code });
    expect(done).toHaveProperty('AuthenticationResult');

    const prefer = (member: string) =>
      local.call('SetUserMFAPreference', { AccessToken, [member]: { Enabled: true, PreferredMfa: true } });
    await prefer('SMSMfaSettings');
    expect(await local.signIn('hana')).toHaveProperty('ChallengeName', 'SMS_MFA');
    await prefer('SoftwareTokenMfaSettings');
    expect(await local.signIn('hana')).toHaveProperty('ChallengeName', 'SOFTWARE_TOKEN_MFA');
    expect(await local.call('AdminGetUser', { UserPoolId: POOL_ID, Username: 'hana' })).toMatchObject({
      UserMFASettingList: ['SMS_MFA', 'SOFTWARE_TOKEN_MFA'],
      PreferredMfaSetting: 'SOFTWARE_TOKEN_MFA',
    });
  });

  it('ends when the number changes, since the new one was not verified', async () => {
    const { AccessToken } = await local.tokens('hana');
    await verifyPhone(AccessToken);
    await turnOn(AccessToken);
    await local.call('UpdateUserAttributes', {
      AccessToken,
      UserAttributes: [{ Name: 'phone_number', Value: '+819011112222' }],
    });
    expect(await local.signIn('hana')).toHaveProperty('AuthenticationResult');
  });
});
