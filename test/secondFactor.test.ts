import { Amplify, type ResourcesConfig } from 'aws-amplify';
import {
  confirmSignIn,
  confirmUserAttribute,
  fetchMFAPreference,
  fetchUserAttributes,
  sendUserAttributeVerificationCode,
  setUpTOTP,
  signIn,
  signOut,
  updateMFAPreference,
  updateUserAttribute,
  verifyTOTPSetup,
} from 'aws-amplify/auth';
import { AdminCreateUserCommand, AdminSetUserPasswordCommand } from '@aws-sdk/client-cognito-identity-provider';
import { randomInt, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { authenticatorCode } from '../packages/local/test/cognito-idp/authenticator.ts';
import { cognito, control } from './support/aws.ts';
import { target } from './support/target.ts';

Amplify.configure(JSON.parse(target.amplify) as ResourcesConfig);

const username = `${randomUUID()}@example.com`;
const password = 'Correct-horse-9';
/** One that nobody has: 070-0 is not given out. */
const phone = `+81700${randomInt(1_000_000, 9_999_999)}`;

beforeAll(async () => {
  const user = { UserPoolId: target.userPoolId, Username: username };
  const UserAttributes = [
    { Name: 'email', Value: username },
    { Name: 'email_verified', Value: 'true' },
  ];
  await cognito.send(new AdminCreateUserCommand({ ...user, MessageAction: 'SUPPRESS', UserAttributes }));
  await cognito.send(new AdminSetUserPasswordCommand({ ...user, Password: password, Permanent: true }));
  await signIn({ username, password });
});
afterAll(() => signOut());

/** The code of the last text message to that number. */
async function lastCode(): Promise<string> {
  const { Messages } = (await control('messages', { To: phone })) as { Messages: { channel: string; body: string }[] };
  expect(Messages.at(-1)).toMatchObject({ channel: 'SMS' });
  return /\b\d{6}\b/.exec(Messages.at(-1)?.body ?? '')?.[0] ?? 'no code';
}

/** One after the other, through the pool as the Terraform describes it. */
describe('a member with the Amplify client', () => {
  let secret = '';

  it('gives a phone number, and verifies it with the code from a text message', async () => {
    const updated = await updateUserAttribute({ userAttribute: { attributeKey: 'phone_number', value: phone } });
    expect(updated).toMatchObject({ isUpdated: true });
    const sent = await sendUserAttributeVerificationCode({ userAttributeKey: 'phone_number' });
    expect(sent).toMatchObject({ deliveryMedium: 'SMS', attributeName: 'phone_number' });
    await confirmUserAttribute({ userAttributeKey: 'phone_number', confirmationCode: await lastCode() });
    expect(await fetchUserAttributes()).toMatchObject({ phone_number: phone, phone_number_verified: 'true' });
  });

  it('signs in with a text message as the second factor', async () => {
    await updateMFAPreference({ sms: 'ENABLED' });
    await signOut();
    const { nextStep } = await signIn({ username, password });
    expect(nextStep).toMatchObject({
      signInStep: 'CONFIRM_SIGN_IN_WITH_SMS_CODE',
      codeDeliveryDetails: { deliveryMedium: 'SMS', destination: `+*******${phone.slice(-4)}` },
    });
    expect(await confirmSignIn({ challengeResponse: await lastCode() })).toMatchObject({ isSignedIn: true });
  });

  it('sets up an authenticator app, and chooses it at the next sign-in', async () => {
    const { sharedSecret } = await setUpTOTP();
    secret = sharedSecret;
    await verifyTOTPSetup({ code: authenticatorCode(secret, Date.now()) });
    await updateMFAPreference({ totp: 'ENABLED' });
    await signOut();
    const { nextStep } = await signIn({ username, password });
    expect(nextStep).toEqual({ signInStep: 'CONTINUE_SIGN_IN_WITH_MFA_SELECTION', allowedMFATypes: ['SMS', 'TOTP'] });
    const chosen = await confirmSignIn({ challengeResponse: 'TOTP' });
    expect(chosen.nextStep).toEqual({ signInStep: 'CONFIRM_SIGN_IN_WITH_TOTP_CODE' });
    // Half a minute ahead, as a phone may be: the code of now was used for the set-up.
    const challengeResponse = authenticatorCode(secret, Date.now() + 30_000);
    expect(await confirmSignIn({ challengeResponse })).toMatchObject({ isSignedIn: true });
  });

  it('goes back to the password alone', async () => {
    await updateMFAPreference({ sms: 'DISABLED', totp: 'DISABLED' });
    expect(await fetchMFAPreference()).toEqual({});
    await signOut();
    expect(await signIn({ username, password })).toEqual({ isSignedIn: true, nextStep: { signInStep: 'DONE' } });
  });
});
