import { createLocalJWKSet, createRemoteJWKSet, type JSONWebKeySet, jwtVerify } from 'jose';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { authenticatorCode } from './authenticator.ts';
import { authorizePath, CALLBACK, pkce, startLogin, type TestLogin } from './browser.ts';
import { CLIENT_ID, PASSWORD, POOL_ID, readClaims, wrongCode } from './support.ts';

let login: TestLogin;

beforeEach(async () => {
  login = await startLogin({ pool: { mfa: 'OPTIONAL', mfaFactors: ['SOFTWARE_TOKEN_MFA'] } });
  await login.addUser('hana');
});
afterEach(() => login.close());

const location = (response: Response) => response.headers.get('location') ?? '';

const signIn = (changes: Readonly<Record<string, string | undefined>> = {}, browser = login.browser()) =>
  login.signInOnPage(browser, changes);

const exchange = (values: Readonly<Record<string, string>>, headers: Record<string, string> = {}) =>
  fetch(`${login.origin}/oauth2/token`, { method: 'POST', body: new URLSearchParams(values), headers });

async function tokensOf(changes: Readonly<Record<string, string | undefined>> = {}) {
  const code = new URL(await signIn(changes)).searchParams.get('code') ?? '';
  const response = await exchange({
    grant_type: 'authorization_code',
    client_id: CLIENT_ID,
    code,
    redirect_uri: CALLBACK,
  });
  return (await response.json()) as Record<'access_token' | 'id_token' | 'refresh_token', string>;
}

describe('the way through the login page', () => {
  it('leads from the application to the page, back with code and state, and to tokens', async () => {
    const { verifier, challenge } = pkce();
    const browser = login.browser();
    const sent = await browser.ask(
      authorizePath({ code_challenge: challenge, code_challenge_method: 'S256', nonce: 'a nonce' }),
    );
    expect(sent.status).toBe(302);
    expect(location(sent)).toMatch(/^\/login\?client_id=/);
    const page = await (await browser.ask(location(sent))).text();
    const back = await browser.submit(page, { username: 'hana', password: PASSWORD });
    expect(back.status).toBe(302);
    const url = new URL(location(back));
    expect(url.origin + url.pathname).toBe(CALLBACK);
    expect(url.searchParams.get('state')).toBe('the state');

    const response = await exchange({
      grant_type: 'authorization_code',
      client_id: CLIENT_ID,
      code: url.searchParams.get('code') ?? '',
      redirect_uri: CALLBACK,
      code_verifier: verifier,
    });
    expect(response.status).toBe(200);
    expect(response.headers.get('cache-control')).toBe('no-store');
    const tokens = (await response.json()) as Record<string, string>;
    expect(tokens).toMatchObject({ expires_in: 3_600, token_type: 'Bearer' });
    expect(readClaims(tokens['access_token'] ?? '')).toMatchObject({
      token_use: 'access',
      scope: 'openid email',
      version: 2,
      username: 'hana',
    });
    expect(readClaims(tokens['id_token'] ?? '')).toMatchObject({
      token_use: 'id',
      nonce: 'a nonce',
      at_hash: expect.stringMatching(/^[\w-]{22}$/) as string,
      email: 'hana@example.com',
    });
  });

  it('knows the browser for an hour, and asks nobody for a password meanwhile', async () => {
    const browser = login.browser();
    await signIn({}, browser);
    login.clock.advance(3_599_999);
    expect(location(await browser.ask(authorizePath()))).toMatch(/^http:\/\/localhost:3000\/\?code=/);
    expect(location(await browser.ask(authorizePath({ prompt: 'login' })))).toMatch(/^\/login\?/);
    login.clock.advance(1);
    expect(location(await browser.ask(authorizePath()))).toMatch(/^\/login\?/);
    expect(location(await browser.ask(authorizePath({ prompt: 'none' })))).toContain('?error=login_required&');
  });

  it('forgets the browser when its user is disabled, or when it signs out', async () => {
    const browser = login.browser();
    await signIn({}, browser);
    const bye = '/logout?' + new URLSearchParams({ client_id: CLIENT_ID, logout_uri: 'http://localhost:3000/bye' });
    const out = await browser.ask(bye.toString());
    expect([out.status, location(out)]).toEqual([302, 'http://localhost:3000/bye']);
    expect(browser.cookies.has('cognito')).toBe(false);
    expect(location(await browser.ask(authorizePath()))).toMatch(/^\/login\?/);

    await signIn({}, browser);
    await login.call('AdminDisableUser', { UserPoolId: POOL_ID, Username: 'hana' });
    expect(location(await browser.ask(authorizePath()))).toMatch(/^\/login\?/);
  });

  it('asks for the second factor, again after a wrong one', async () => {
    const { AccessToken } = await login.tokens('hana');
    const secret = String((await login.call('AssociateSoftwareToken', { AccessToken }))['SecretCode']);
    const now = login.clock.now();
    await login.call('VerifySoftwareToken', { AccessToken, UserCode: authenticatorCode(secret, now - 30_000) });
    await login.call('SetUserMFAPreference', { AccessToken, SoftwareTokenMfaSettings: { Enabled: true } });

    const browser = login.browser();
    const page = await (await browser.ask(location(await browser.ask(authorizePath())))).text();
    const asked = await (await browser.submit(page, { username: 'hana', password: PASSWORD })).text();
    expect(asked).toContain('<h1>Code from your app</h1>');
    expect(browser.cookies.has('cognito')).toBe(false);
    const code = authenticatorCode(secret, now);
    const again = await (await browser.submit(asked, { answer: wrongCode(code) })).text();
    expect(again).toContain('Invalid code received for user');
    expect(location(await browser.submit(again, { answer: code }))).toMatch(/^http:\/\/localhost:3000\/\?code=/);
  });

  it('has an invited user choose a password', async () => {
    const invited = { UserPoolId: POOL_ID, Username: 'mei', TemporaryPassword: 'Temporary!1' };
    await login.call('AdminCreateUser', { ...invited, MessageAction: 'SUPPRESS' });
    const browser = login.browser();
    const page = await (await browser.ask(location(await browser.ask(authorizePath())))).text();
    const asked = await (await browser.submit(page, { username: 'mei', password: 'Temporary!1' })).text();
    expect(asked).toContain('<h1>Choose a new password</h1>');
    const again = await (await browser.submit(asked, { answer: 'short' })).text();
    expect(again).toContain('Password not long enough');
    expect(location(await browser.submit(again, { answer: PASSWORD }))).toMatch(/^http:\/\/localhost:3000\/\?code=/);
  });

  it('says what is wrong in the same words for a wrong password and for nobody, and locks out', async () => {
    const browser = login.browser();
    const page = await (await browser.ask(location(await browser.ask(authorizePath())))).text();
    for (const [username, password] of [
      ['hana', 'Wrong!20260'],
      ['<nobody>', PASSWORD],
    ] as const) {
      const again = await browser.submit(page, { username, password });
      expect(again.status).toBe(200);
      const html = await again.text();
      expect(html).toContain('<p class="problem" role="alert">Incorrect username or password.</p>');
      expect(html).not.toContain('<nobody>');
    }
    for (let round = 1; round < 5; round++) await browser.submit(page, { username: 'hana', password: 'Wrong!20260' });
    const locked = await (await browser.submit(page, { username: 'hana', password: PASSWORD })).text();
    expect(locked).toContain('Password attempts exceeded');
  });
});

describe('a code', () => {
  const code = async (changes = {}) => new URL(await signIn(changes)).searchParams.get('code') ?? '';
  const redeem = async (values: Readonly<Record<string, string>>) => {
    const response = await exchange({
      grant_type: 'authorization_code',
      client_id: CLIENT_ID,
      redirect_uri: CALLBACK,
      ...values,
    });
    const { error } = (await response.json()) as { error?: string };
    return error ?? response.status;
  };

  it('works once, and for five minutes', async () => {
    const once = await code();
    expect(await redeem({ code: once })).toBe(200);
    expect(await redeem({ code: once })).toBe('invalid_grant');
    const late = await code();
    login.clock.advance(300_000);
    expect(await redeem({ code: late })).toBe('invalid_grant');
    const intime = await code();
    login.clock.advance(299_999);
    expect(await redeem({ code: intime })).toBe(200);
  });

  it('needs the verifier of its challenge, has one try, and takes none without a challenge', async () => {
    const { verifier, challenge } = pkce();
    const asked = { code_challenge: challenge, code_challenge_method: 'S256' };
    const stolen = await code(asked);
    expect(await redeem({ code: stolen, code_verifier: pkce().verifier })).toBe('invalid_grant');
    expect(await redeem({ code: stolen, code_verifier: verifier })).toBe('invalid_grant');
    expect(await redeem({ code: await code(asked) })).toBe('invalid_grant');
    expect(await redeem({ code: await code(), code_verifier: verifier })).toBe('invalid_grant');
    expect(await redeem({ code: await code(asked), code_verifier: verifier })).toBe(200);
  });

  it('belongs to its redirect URI, and is refused like one that was made up', async () => {
    expect(await redeem({ code: await code(), redirect_uri: 'hiroba://signed-in' })).toBe('invalid_grant');
    expect(await redeem({ code: '3f2504e0-4f89-41d3-9a0c-0305e82c3301' })).toBe('invalid_grant');
    expect(await redeem({})).toBe('invalid_request');
    expect(await redeem({ client_id: 'nobody', code: await code() })).toBe('invalid_client');
    expect(await redeem({ grant_type: 'password' })).toBe('unsupported_grant_type');
    expect(await redeem({ grant_type: 'client_credentials' })).toBe('unauthorized_client');
  });
});

describe('tokens of the login page', () => {
  it('are verified by the keys that the pool publishes', async () => {
    const { access_token, id_token } = await tokensOf();
    const issuer = `https://cognito-idp.us-east-1.amazonaws.com/${POOL_ID}`;
    const discovered = (await (
      await fetch(`${login.origin}/${POOL_ID}/.well-known/openid-configuration`)
    ).json()) as Record<string, string>;
    expect(discovered).toMatchObject({ issuer, token_endpoint: `${login.origin}/oauth2/token` });
    const remote = createRemoteJWKSet(new URL(discovered['jwks_uri'] ?? ''));
    const currentDate = new Date(login.clock.now());
    await jwtVerify(id_token, remote, { issuer, audience: CLIENT_ID, currentDate });
    const local = createLocalJWKSet(login.cognito.jwks(POOL_ID) as unknown as JSONWebKeySet);
    const { payload } = await jwtVerify(access_token, local, { issuer, currentDate });
    expect(payload['client_id']).toBe(CLIENT_ID);
    expect((await fetch(`${login.origin}/us-east-1_Unknown00/.well-known/jwks.json`)).status).toBe(404);
  });

  it('are renewed with the same scopes, and end when they are revoked', async () => {
    const { refresh_token, access_token } = await tokensOf();
    const renewal = { grant_type: 'refresh_token', client_id: CLIENT_ID, refresh_token };
    const renewed = (await (await exchange(renewal)).json()) as Record<string, string>;
    expect(renewed).not.toHaveProperty('refresh_token');
    expect(readClaims(renewed['access_token'] ?? '')['scope']).toBe('openid email');
    const byApi = await login.call('GetTokensFromRefreshToken', { ClientId: CLIENT_ID, RefreshToken: refresh_token });
    const { AccessToken } = byApi['AuthenticationResult'] as { AccessToken: string };
    expect(readClaims(AccessToken)['scope']).toBe('openid email');

    const revoke = (token: string) =>
      fetch(`${login.origin}/oauth2/revoke`, {
        method: 'POST',
        body: new URLSearchParams({ client_id: CLIENT_ID, token }),
      });
    expect(await (await revoke(access_token)).json()).toEqual({ error: 'unsupported_token_type' });
    const revoked = await revoke(refresh_token);
    expect([revoked.status, await revoked.text()]).toEqual([200, '']);
    expect(await (await exchange(renewal)).json()).toMatchObject({ error: 'invalid_grant' });
  });

  it('open at userInfo what their scopes say, and the API only with its scope', async () => {
    const userInfo = (token: string) =>
      fetch(`${login.origin}/oauth2/userInfo`, { headers: { authorization: `Bearer ${token}` } });
    const { access_token } = await tokensOf();
    const { sub } = readClaims(access_token);
    expect(await (await userInfo(access_token)).json()).toEqual({
      sub,
      email: 'hana@example.com',
      email_verified: 'true',
      username: 'hana',
    });
    expect(await (await userInfo((await tokensOf({ scope: 'openid' })).access_token)).json()).toEqual({
      sub,
      username: 'hana',
    });
    await expect(login.call('GetUser', { AccessToken: access_token })).rejects.toMatchObject({
      message: 'Access Token does not have required scopes',
    });
    const own = await tokensOf({ scope: 'aws.cognito.signin.user.admin' });
    expect(own).not.toHaveProperty('id_token');
    expect(await login.call('GetUser', { AccessToken: own.access_token })).toHaveProperty('Username', 'hana');
    const refused = await userInfo(own.access_token);
    expect([refused.status, refused.headers.get('www-authenticate')]).toEqual([
      401,
      'error="invalid_token", error_description="Access Token does not have required scopes"',
    ]);
    expect((await userInfo('nonsense')).status).toBe(401);
  });

  it('come to a client with a secret only if it shows it', async () => {
    const confidential = await startLogin({ client: { generateSecret: true } });
    const described = await confidential.call('DescribeUserPoolClient', { UserPoolId: POOL_ID, ClientId: CLIENT_ID });
    const { ClientSecret = '' } = described['UserPoolClient'] as { ClientSecret?: string };
    const ask = async (values: Record<string, string>, headers: Record<string, string> = {}) => {
      const body = new URLSearchParams({
        grant_type: 'authorization_code',
        code: 'x',
        redirect_uri: CALLBACK,
        ...values,
      });
      const response = await fetch(`${confidential.origin}/oauth2/token`, { method: 'POST', body, headers });
      return ((await response.json()) as { error: string }).error;
    };
    const basic = (secret: string) => ({
      authorization: `Basic ${Buffer.from(`${CLIENT_ID}:${secret}`).toString('base64')}`,
    });
    expect(await ask({ client_id: CLIENT_ID })).toBe('invalid_client');
    expect(await ask({}, basic('wrong'))).toBe('invalid_client');
    expect(await ask({}, basic(ClientSecret))).toBe('invalid_grant');
    expect(await ask({ client_id: CLIENT_ID, client_secret: ClientSecret })).toBe('invalid_grant');
    await confidential.close();
  });
});
