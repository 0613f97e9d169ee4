import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { authorizePath, type Browser, CALLBACK, startLogin, type TestLogin } from './browser.ts';
import { CLIENT_ID, PASSWORD } from './support.ts';

let login: TestLogin;

beforeEach(async () => {
  login = await startLogin();
  await login.addUser('hana');
});
afterEach(() => login.close());

const location = (response: Response) => response.headers.get('location') ?? '';

const signIn = (changes: Readonly<Record<string, string | undefined>> = {}, browser = login.browser()) =>
  login.signInOnPage(browser, changes);

describe('what an application asks for', () => {
  it.each([
    ['nobody', { client_id: 'nobody' }],
    ['no client', { client_id: undefined }],
    ['no redirect URI', { redirect_uri: undefined }],
    ['another site', { redirect_uri: 'https://evil.example/' }],
    ['more than the URI', { redirect_uri: `${CALLBACK}callback` }],
    ['less than the URI', { redirect_uri: 'http://localhost:3000' }],
    ['a host that only begins so', { redirect_uri: 'http://localhost:3000@evil.example/' }],
    ['a script', { redirect_uri: 'javascript:alert(1)' }],
  ])('%s: stays on the page, and goes nowhere', async (_title, changes) => {
    const paths = [authorizePath(changes), authorizePath(changes).replace('/oauth2/authorize', '/login')];
    for (const path of paths) {
      const response = await login.browser().ask(path);
      expect([response.status, location(response)]).toEqual([400, '']);
      expect(response.headers.get('content-type')).toBe('text/html;charset=UTF-8');
    }
  });

  it.each([
    [
      'no response type',
      { response_type: undefined },
      'error=invalid_request&error_description=response_type+is+missing',
    ],
    ['the implicit flow', { response_type: 'token' }, 'error=unauthorized_client'],
    ['another flow', { response_type: 'id_token' }, 'error=unsupported_response_type'],
    ['a scope that the client has not', { scope: 'openid phone' }, 'error=invalid_scope'],
    ['a scope of OpenID Connect without it', { scope: 'email' }, 'error=invalid_scope'],
    [
      'a challenge in clear',
      { code_challenge: 'a'.repeat(43), code_challenge_method: 'plain' },
      'error=invalid_request&error_description=code_challenge_method+must+be+S256',
    ],
    [
      'half a challenge',
      { code_challenge_method: 'S256' },
      'error=invalid_request&error_description=code_challenge+is+missing',
    ],
    [
      'a provider that the client has not',
      { identity_provider: 'Facebook' },
      'error=invalid_request&error_description=identity_provider+is+not+one+of+this+client',
    ],
  ])('%s: is told to the application', async (_title, changes, expected) => {
    const response = await login.browser().ask(authorizePath(changes));
    expect([response.status, location(response)]).toEqual([302, `${CALLBACK}?${expected}&state=the+state`]);
  });

  it('twice: is refused, whichever of them might count', async () => {
    const twice = (path: string, more: string) => login.browser().ask(`${path}&${more}`);
    expect((await twice(authorizePath(), 'redirect_uri=https%3A%2F%2Fevil.example%2F')).status).toBe(400);
    const state = await twice(authorizePath({ state: undefined }), 'scope=openid&scope=email');
    expect(location(state)).toContain('error=invalid_request');
  });

  it('comes back to an app by its own scheme', async () => {
    expect(await signIn({ redirect_uri: 'hiroba://signed-in' })).toMatch(
      /^hiroba:\/\/signed-in\?code=.*&state=the\+state$/,
    );
  });

  it('signs out to no other place than the client says', async () => {
    const out = (logout_uri: string, client_id = CLIENT_ID) =>
      login.browser().ask(`/logout?${new URLSearchParams({ client_id, logout_uri }).toString()}`);
    expect((await out('https://evil.example/')).status).toBe(400);
    expect((await out('http://localhost:3000/bye', 'nobody')).status).toBe(400);
    const again = await login.browser().ask(authorizePath().replace('/oauth2/authorize', '/logout'));
    expect(location(again)).toMatch(/^\/login\?client_id=/);
  });
});

describe('the login page', () => {
  const page = async (browser: Browser) =>
    (await browser.ask(authorizePath().replace('/oauth2/authorize', '/login'))).text();

  it('may be framed by nobody, runs no script, and is kept by no cache', async () => {
    const response = await login.browser().ask(authorizePath().replace('/oauth2/authorize', '/login'));
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-security-policy':
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; frame-ancestors 'none'",
      'x-frame-options': 'DENY',
      'referrer-policy': 'same-origin',
      'cache-control': 'no-store',
    });
  });

  it('keeps its cookies from scripts and from forms of other sites', async () => {
    const browser = login.browser();
    const first = await browser.ask(authorizePath().replace('/oauth2/authorize', '/login'));
    expect(first.headers.getSetCookie()).toEqual([
      expect.stringMatching(/^XSRF-TOKEN=[\w-]{32}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=86400$/),
    ]);
    const back = await browser.submit(await first.text(), { username: 'hana', password: PASSWORD });
    expect(back.headers.getSetCookie()).toEqual([
      expect.stringMatching(/^cognito=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=3600$/),
    ]);
  });

  it('takes no form that it did not give to this browser', async () => {
    const values = { username: 'hana', password: PASSWORD };
    const browser = login.browser();
    const own = await page(browser);
    const strangers = await page(login.browser());
    expect((await browser.submit(strangers, values)).status).toBe(400);
    expect(
      (await browser.submit(own.replace(/name="_csrf" value="[^"]*"/, 'name="_csrf" value=""'), values)).status,
    ).toBe(400);
    expect((await login.browser().submit(own, values)).status).toBe(400);
    for (const headers of [
      { origin: 'http://localhost:3000', 'sec-fetch-site': 'same-origin' },
      { origin: login.origin, 'sec-fetch-site': 'same-site' },
    ]) {
      expect((await browser.submit(own, values, headers)).status).toBe(400);
    }
    expect((await browser.submit(own, values, { origin: 'https://evil.example' })).status).toBe(403);
    expect(location(await browser.submit(own, values))).toMatch(/^http:\/\/localhost:3000\/\?code=/);
  });

  it('is a page: frames and scripts are refused, and so is another name for this machine', async () => {
    const ask = (headers: Record<string, string>) => login.browser().ask(authorizePath(), { headers });
    expect((await ask({ 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'iframe' })).status).toBe(400);
    expect((await ask({ 'sec-fetch-mode': 'cors', 'sec-fetch-dest': 'empty' })).status).toBe(400);
    expect((await ask({ 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'image' })).status).toBe(400);
    expect((await ask({ 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' })).status).toBe(302);
  });

  it('gives a new id with every sign-in, whatever was in the browser before', async () => {
    const browser = login.browser();
    browser.cookies.set('cognito', 'planted');
    await signIn({}, browser);
    const first = browser.cookies.get('cognito');
    expect(first).toMatch(/^[\w-]{43}$/);
    await signIn({ prompt: 'login' }, browser);
    expect(browser.cookies.get('cognito')).not.toBe(first);
    const old = login.browser();
    old.cookies.set('cognito', first ?? '');
    expect(location(await old.ask(authorizePath()))).toMatch(/^\/login\?/);
  });

  it('is there only for pools with a domain, and for clients that use it', async () => {
    const without = await startLogin({ pool: { hasDomain: false } });
    expect((await without.browser().ask(authorizePath())).status).toBe(404);
    await without.close();
    const apiOnly = await startLogin({ client: { oauth: undefined } });
    expect((await apiOnly.browser().ask(authorizePath())).status).toBe(400);
    await apiOnly.close();
    expect((await login.browser().ask('/oauth2/token')).status).toBe(405);
  });
});
