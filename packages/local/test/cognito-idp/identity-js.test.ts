import {
  AuthenticationDetails,
  CognitoUser,
  CognitoUserPool,
  type CognitoUserSession,
} from 'amazon-cognito-identity-js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { manualClock } from '../../src/clock.ts';
import { authenticatorCode } from './authenticator.ts';
import { CLIENT_ID, PASSWORD, POOL_ID, startCognito, type TestCognito } from './support.ts';

let local: TestCognito;
let user: CognitoUser;

beforeAll(async () => {
  local = await startCognito({
    clock: manualClock(Date.now()),
    pool: { mfa: 'OPTIONAL', mfaFactors: ['SOFTWARE_TOKEN_MFA'] },
  });
  await local.addUser('hana');
  const pool = new CognitoUserPool({ UserPoolId: POOL_ID, ClientId: CLIENT_ID, endpoint: local.url });
  user = new CognitoUser({ Username: 'hana', Pool: pool });
});
afterAll(() => local.close());

const authenticate = (password: string) =>
  new Promise<CognitoUserSession>((onSuccess, onFailure) =>
    user.authenticateUser(new AuthenticationDetails({ Username: 'hana', Password: password }), {
      onSuccess,
      onFailure,
    }),
  );

describe('amazon-cognito-identity-js', () => {
  it('signs in by SRP and renews its session', async () => {
    const session = await authenticate(PASSWORD);
    expect(session.getIdToken().payload).toMatchObject({ 'cognito:username': 'hana', email: 'hana@example.com' });
    const renewed = await new Promise<CognitoUserSession>((resolve, reject) =>
      user.refreshSession(session.getRefreshToken(), (error, value) => (error ? reject(error) : resolve(value))),
    );
    expect(renewed.getAccessToken().payload['origin_jti']).toBe(session.getAccessToken().payload['origin_jti']);
    const flows = local.requests
      .filter(({ operation }) => operation === 'InitiateAuth')
      .map(({ input }) => input['AuthFlow']);
    expect(flows).toEqual(['USER_SRP_AUTH', 'REFRESH_TOKEN_AUTH']);
  });

  it('is refused with a wrong password', async () => {
    await expect(authenticate('Wrong!20260')).rejects.toMatchObject({
      code: 'NotAuthorizedException',
      message: 'Incorrect username or password.',
    });
  });

  it('signs in with many different verifiers, so that no leading zero is lost', async () => {
    for (let round = 0; round < 8; round++) {
      await local.call('AdminSetUserPassword', {
        UserPoolId: POOL_ID,
        Username: 'hana',
        Password: `Password!${round}`,
        Permanent: true,
      });
      expect((await authenticate(`Password!${round}`)).isValid()).toBe(true);
    }
  });

  it('sets up an authenticator app, and signs in with its code', async () => {
    await local.call('AdminSetUserPassword', {
      UserPoolId: POOL_ID,
      Username: 'hana',
      Password: PASSWORD,
      Permanent: true,
    });
    await authenticate(PASSWORD);
    const secretCode = await new Promise<string>((associateSecretCode, onFailure) =>
      user.associateSoftwareToken({ associateSecretCode, onFailure }),
    );
    const now = local.clock.now();
    await new Promise((onSuccess, onFailure) =>
      user.verifySoftwareToken(authenticatorCode(secretCode, now - 30_000), 'phone', { onSuccess, onFailure }),
    );
    await new Promise((resolve, reject) =>
      user.setUserMfaPreference(null, { Enabled: true, PreferredMfa: true }, (error, value) =>
        error ? reject(error) : resolve(value),
      ),
    );
    user.signOut();

    const session = await new Promise<CognitoUserSession>((onSuccess, onFailure) =>
      user.authenticateUser(new AuthenticationDetails({ Username: 'hana', Password: PASSWORD }), {
        onSuccess,
        onFailure,
        totpRequired: () =>
          user.sendMFACode(authenticatorCode(secretCode, now), { onSuccess, onFailure }, 'SOFTWARE_TOKEN_MFA'),
      }),
    );
    expect(session.isValid()).toBe(true);
  });
});
