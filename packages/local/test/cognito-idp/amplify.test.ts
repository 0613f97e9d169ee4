import { Amplify } from 'aws-amplify';
import {
  confirmResetPassword,
  confirmSignIn,
  confirmSignUp,
  fetchMFAPreference,
  fetchAuthSession,
  fetchUserAttributes,
  getCurrentUser,
  resetPassword,
  setUpTOTP,
  signIn,
  signOut,
  signUp,
  updateMFAPreference,
  verifyTOTPSetup,
} from 'aws-amplify/auth';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { manualClock } from '../../src/clock.ts';
import { authenticatorCode } from './authenticator.ts';
import { CLIENT_ID, PASSWORD, POOL_ID, startCognito, type TestCognito } from './support.ts';

let local: TestCognito;

beforeAll(async () => {
  // Amplify compares a token's expiry with the computer's own clock.
  local = await startCognito({
    clock: manualClock(Date.now()),
    pool: { mfa: 'OPTIONAL', mfaFactors: ['SOFTWARE_TOKEN_MFA'] },
  });
  Amplify.configure({
    Auth: { Cognito: { userPoolId: POOL_ID, userPoolClientId: CLIENT_ID, userPoolEndpoint: local.url } },
  });
});
afterEach(() => signOut());
afterAll(() => local.close());

const operations = () => local.requests.map(({ operation }) => operation);

describe('aws-amplify v6', () => {
  it('signs up, confirms with the code from the outbox, and signs in by SRP', async () => {
    const options = { userAttributes: { email: 'hana@example.com', given_name: 'Hana' } };
    const signedUp = await signUp({ username: 'hana', password: PASSWORD, options });
    expect(signedUp.nextStep).toMatchObject({
      signUpStep: 'CONFIRM_SIGN_UP',
      codeDeliveryDetails: { destination: 'h***@e***', deliveryMedium: 'EMAIL', attributeName: 'email' },
    });
    const early = await signIn({ username: 'hana', password: PASSWORD });
    expect(early.nextStep.signInStep).toBe('CONFIRM_SIGN_UP');

    const confirmationCode = local.lastCode('hana@example.com');
    const confirmed = await confirmSignUp({ username: 'hana', confirmationCode });
    expect(confirmed.isSignUpComplete).toBe(true);

    const signedIn = await signIn({ username: 'hana', password: PASSWORD });
    expect(signedIn).toEqual({ isSignedIn: true, nextStep: { signInStep: 'DONE' } });
    expect(local.requests.at(-2)?.input).toMatchObject({ AuthFlow: 'USER_SRP_AUTH' });
    expect(local.requests.at(-1)?.operation).toBe('RespondToAuthChallenge');
    expect((await getCurrentUser()).username).toBe('hana');
    expect(await fetchUserAttributes()).toMatchObject({
      email: 'hana@example.com',
      email_verified: 'true',
      given_name: 'Hana',
    });
  });

  it('refuses a wrong password and an unknown user in the same words', async () => {
    await local.addUser('ren');
    const refusal = { name: 'NotAuthorizedException', message: 'Incorrect username or password.' };
    await expect(signIn({ username: 'ren', password: 'Wrong!20260' })).rejects.toMatchObject(refusal);
    await expect(signIn({ username: 'nobody', password: PASSWORD })).rejects.toMatchObject(refusal);
  });

  it('renews its tokens, and signing out revokes them', async () => {
    await local.addUser('aoi');
    await signIn({ username: 'aoi', password: PASSWORD });
    const first = await fetchAuthSession();
    const second = await fetchAuthSession({ forceRefresh: true });
    expect(operations().at(-1)).toBe('GetTokensFromRefreshToken');
    expect(second.tokens?.accessToken.toString()).not.toBe(first.tokens?.accessToken.toString());
    expect(second.tokens?.accessToken.payload['origin_jti']).toBe(first.tokens?.accessToken.payload['origin_jti']);

    await signOut();
    expect(operations().at(-1)).toBe('RevokeToken');
    const revoked = local.call('GetUser', { AccessToken: second.tokens?.accessToken.toString() ?? '' });
    await expect(revoked).rejects.toMatchObject({ message: 'Access Token has been revoked' });
  });

  it('has an invited user choose a new password', async () => {
    await local.call('AdminCreateUser', {
      UserPoolId: POOL_ID,
      Username: 'mei',
      TemporaryPassword: 'Temporary!1',
      MessageAction: 'SUPPRESS',
    });
    const first = await signIn({ username: 'mei', password: 'Temporary!1' });
    expect(first.nextStep.signInStep).toBe('CONFIRM_SIGN_IN_WITH_NEW_PASSWORD_REQUIRED');
    await expect(confirmSignIn({ challengeResponse: 'short' })).rejects.toMatchObject({
      name: 'InvalidPasswordException',
      message: 'Password did not conform with policy: Password not long enough',
    });
    expect(await confirmSignIn({ challengeResponse: PASSWORD })).toMatchObject({ isSignedIn: true });
    await signOut();
    expect(await signIn({ username: 'mei', password: PASSWORD })).toMatchObject({ isSignedIn: true });
  });

  it('resets a forgotten password', async () => {
    await local.addUser('sora');
    await resetPassword({ username: 'sora' });
    const confirmationCode = local.lastCode('sora@example.com');
    await confirmResetPassword({ username: 'sora', confirmationCode, newPassword: 'Another!2026' });
    await expect(signIn({ username: 'sora', password: PASSWORD })).rejects.toMatchObject({
      name: 'NotAuthorizedException',
    });
    expect(await signIn({ username: 'sora', password: 'Another!2026' })).toMatchObject({ isSignedIn: true });
  });

  it('sets up an authenticator app, and signs in with its code', async () => {
    await local.addUser('yui');
    await signIn({ username: 'yui', password: PASSWORD });
    const { sharedSecret, getSetupUri } = await setUpTOTP();
    expect(getSetupUri('Hiroba').href).toContain(`secret=${sharedSecret}&issuer=Hiroba`);
    const now = local.clock.now();
    await verifyTOTPSetup({ code: authenticatorCode(sharedSecret, now - 30_000) });
    await updateMFAPreference({ totp: 'PREFERRED' });
    expect(await fetchMFAPreference()).toEqual({ enabled: ['TOTP'], preferred: 'TOTP' });
    await signOut();

    const challenge = await signIn({ username: 'yui', password: PASSWORD });
    expect(challenge.nextStep.signInStep).toBe('CONFIRM_SIGN_IN_WITH_TOTP_CODE');
    await expect(confirmSignIn({ challengeResponse: '000000' })).rejects.toMatchObject({
      name: 'CodeMismatchException',
    });
    const challengeResponse = authenticatorCode(sharedSecret, now);
    expect(await confirmSignIn({ challengeResponse })).toMatchObject({ isSignedIn: true });
    await updateMFAPreference({ totp: 'DISABLED' });
    expect(await fetchMFAPreference()).toEqual({});
  });

  it('sets up an authenticator app while it signs in, where the pool demands one', async () => {
    const demanding = await startCognito({
      clock: manualClock(Date.now()),
      pool: { mfa: 'ON', mfaFactors: ['SOFTWARE_TOKEN_MFA'] },
    });
    await demanding.addUser('hana');
    const { Auth } = Amplify.getConfig();
    Amplify.configure({
      Auth: { Cognito: { userPoolId: POOL_ID, userPoolClientId: CLIENT_ID, userPoolEndpoint: demanding.url } },
    });
    const challenge = await signIn({ username: 'hana', password: PASSWORD });
    if (challenge.nextStep.signInStep !== 'CONTINUE_SIGN_IN_WITH_TOTP_SETUP') throw new Error('no set-up');
    const { sharedSecret } = challenge.nextStep.totpSetupDetails;
    const challengeResponse = authenticatorCode(sharedSecret, demanding.clock.now());
    expect(await confirmSignIn({ challengeResponse })).toMatchObject({ isSignedIn: true });
    await signOut();
    Amplify.configure({ Auth: Auth as NonNullable<typeof Auth> });
    await demanding.close();
  });

  it('takes the new refresh token of each renewal, where they rotate', async () => {
    const rotating = await startCognito({
      clock: manualClock(Date.now()),
      client: { refreshTokenRotation: { retryGracePeriodSeconds: 0 } },
    });
    await rotating.addUser('hana');
    const { Auth } = Amplify.getConfig();
    Amplify.configure({
      Auth: { Cognito: { userPoolId: POOL_ID, userPoolClientId: CLIENT_ID, userPoolEndpoint: rotating.url } },
    });
    await signIn({ username: 'hana', password: PASSWORD });
    await fetchAuthSession({ forceRefresh: true });
    const { tokens } = await fetchAuthSession({ forceRefresh: true });
    expect(tokens?.accessToken.payload['username']).toBe('hana');
    const used = rotating.requests
      .filter(({ operation }) => operation === 'GetTokensFromRefreshToken')
      .map(({ input }) => input['RefreshToken']);
    expect(new Set(used).size).toBe(2);
    await signOut();
    Amplify.configure({ Auth: Auth as NonNullable<typeof Auth> });
    await rotating.close();
  });
});
