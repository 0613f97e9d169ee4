import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/json.ts';
import { CLIENT_ID, POOL_ID, readClaims, startCognito, type TestCognito } from './support.ts';

let local: TestCognito;

beforeEach(async () => {
  local = await startCognito({
    client: { refreshTokenRotation: { retryGracePeriodSeconds: 10 }, refreshTokenValiditySeconds: 3_600 },
  });
  await local.addUser('hana');
});
afterEach(() => local.close());

async function renew(RefreshToken: string) {
  const answer = await local.call('GetTokensFromRefreshToken', { ClientId: CLIENT_ID, RefreshToken });
  return answer['AuthenticationResult'] as JsonObject & { AccessToken: string; RefreshToken: string };
}

describe('a client that rotates refresh tokens', () => {
  it('gets a new one with every renewal, of the same sign-in', async () => {
    const first = await local.tokens('hana');
    const second = await renew(first.RefreshToken);
    const third = await renew(second.RefreshToken);
    expect(new Set([first.RefreshToken, second.RefreshToken, third.RefreshToken]).size).toBe(3);
    const origins = [first, second, third].map(({ AccessToken }) => readClaims(AccessToken)['origin_jti']);
    expect(new Set(origins).size).toBe(1);
  });

  it('may try again with the old one for the grace period, and is refused after it', async () => {
    const { RefreshToken } = await local.tokens('hana');
    await renew(RefreshToken);
    local.clock.advance(9_999);
    const retried = await renew(RefreshToken);
    local.clock.advance(1);
    const reuse = { code: 'RefreshTokenReuseException' };
    await expect(renew(RefreshToken)).rejects.toMatchObject(reuse);
    const next = await renew(retried.RefreshToken);
    local.clock.advance(10_000);
    await expect(renew(retried.RefreshToken)).rejects.toMatchObject(reuse);
    expect(await renew(next.RefreshToken)).toHaveProperty('AccessToken');
  });

  it('does not live longer by it', async () => {
    let { RefreshToken } = await local.tokens('hana');
    for (let minutes = 0; minutes < 50; minutes += 10) {
      local.clock.advance(600_000);
      ({ RefreshToken } = await renew(RefreshToken));
    }
    local.clock.advance(600_000);
    await expect(renew(RefreshToken)).rejects.toMatchObject({ message: 'Refresh Token has expired' });
  });

  it('is signed out with any of its tokens', async () => {
    const first = await local.tokens('hana');
    const second = await renew(first.RefreshToken);
    await local.call('RevokeToken', { ClientId: CLIENT_ID, Token: second.RefreshToken });
    await expect(renew(second.RefreshToken)).rejects.toThrow('Refresh Token has been revoked');
    await expect(local.call('GetUser', { AccessToken: second.AccessToken })).rejects.toThrow('revoked');

    const again = await local.tokens('hana');
    const renewed = await renew(again.RefreshToken);
    await local.call('AdminUserGlobalSignOut', { UserPoolId: POOL_ID, Username: 'hana' });
    await expect(renew(renewed.RefreshToken)).rejects.toThrow('Refresh Token has been revoked');
  });

  it('renews by GetTokensFromRefreshToken alone', async () => {
    const { RefreshToken } = await local.tokens('hana');
    const AuthParameters = { REFRESH_TOKEN: RefreshToken };
    await expect(
      local.call('InitiateAuth', { ClientId: CLIENT_ID, AuthFlow: 'REFRESH_TOKEN_AUTH', AuthParameters }),
    ).rejects.toMatchObject({ code: 'InvalidParameterException' });
  });

  it('leaves nothing of a user who deletes the account', async () => {
    const { RefreshToken } = await local.tokens('hana');
    const renewed = await renew(RefreshToken);
    await local.call('DeleteUser', { AccessToken: renewed.AccessToken });
    await expect(renew(renewed.RefreshToken)).rejects.toThrow('Invalid Refresh Token');
    expect(local.database.prepare('SELECT * FROM cognito_rotated_tokens').all()).toEqual([]);
  });
});
