import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Browser, authorizePath, CALLBACK, OAUTH, startLogin } from './browser.ts';
import { CLIENT_ID, POOL_ID, readClaims } from './support.ts';

const google = {
  name: 'Google',
  type: 'Google',
  attributeMapping: new Map([
    ['username', 'sub'],
    ['email', 'email'],
    ['email_verified', 'email_verified'],
    ['name', 'name'],
  ]),
} as const;

const events: { readonly source: string; readonly attributes: Record<string, string> }[] = [];
let login: Awaited<ReturnType<typeof startLogin>>;
beforeAll(async () => {
  login = await startLogin({
    pool: {
      identityProviders: [google, { ...google, name: 'LINE', type: 'OIDC' }],
      lambdaTriggers: { preSignUp: 'arn:pre', postConfirmation: 'arn:post', preTokenGeneration: 'arn:tokens' },
    },
    client: { oauth: { ...OAUTH, identityProviders: ['COGNITO', 'Google'] } },
    invokeTrigger: async (_, event) => {
      const { userAttributes } = event['request'] as { userAttributes: Record<string, string> };
      events.push({ source: String(event['triggerSource']), attributes: userAttributes });
      if (userAttributes['name'] === 'Refused') throw new Error('not you');
      return event;
    },
  });
  await login.addUser('hana');
});
afterAll(() => login.close());

const location = (response: Response): string => response.headers.get('location') ?? '';

const toGoogle = { identity_provider: 'Google' };

/** From the application to the stand-in's page. */
async function depart(browser: Browser, changes: Record<string, string> = toGoogle): Promise<string> {
  const out = await browser.ask(authorizePath(changes));
  expect(out.status).toBe(302);
  return (await browser.ask(location(out))).text();
}

/** Chooses somebody, and goes back to the application; the address that the browser is sent to. */
async function choose(browser: Browser, page: string, values: Record<string, string>): Promise<URL> {
  const chosen = await browser.submit(page, values);
  const back = await browser.ask(location(chosen));
  return new URL(location(back));
}

async function tokensFor(url: URL): Promise<Record<'access_token' | 'id_token', string>> {
  const response = await fetch(`${login.origin}/oauth2/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: CLIENT_ID,
      code: url.searchParams.get('code') ?? '',
      redirect_uri: CALLBACK,
    }),
  });
  expect(response.status).toBe(200);
  return (await response.json()) as Record<'access_token' | 'id_token', string>;
}

const KENKO = { person: 'other', name: 'Kenko', email: 'kenko@example.net' };
const MURASAKI = '100000000000000000001';

describe('an account elsewhere', () => {
  it('is offered on the login page, beside the password', async () => {
    const browser = login.browser();
    const page = await (await browser.ask(location(await browser.ask(authorizePath())))).text();
    expect(page).toContain('>Continue with Google</a>');
    expect(page).not.toContain('LINE');
    expect(page).toContain('name="password"');
  });

  it('leads to a user of its own, with what the provider says, and to tokens', async () => {
    events.length = 0;
    const browser = login.browser();
    const page = await depart(browser);
    expect(page).toContain('<h1>Stand-in for Google</h1>');
    const url = await choose(browser, page, { person: MURASAKI });
    expect(url.origin + url.pathname).toBe(CALLBACK);
    expect(url.searchParams.get('state')).toBe('the state');

    const tokens = await tokensFor(url);

    const username = `Google_${MURASAKI}`;
    expect(readClaims(tokens.access_token)).toMatchObject({
      username,
      'cognito:groups': [`${POOL_ID}_Google`],
    });
    expect(readClaims(tokens.id_token)).toMatchObject({
      'cognito:username': username,
      email: 'murasaki@example.net',
      email_verified: true,
      identities: [{ userId: MURASAKI, providerName: 'Google', providerType: 'Google', issuer: null, primary: 'true' }],
    });
    expect(events.map(({ source }) => source)).toEqual([
      'PreSignUp_ExternalProvider',
      'PostConfirmation_ConfirmSignUp',
      'TokenGeneration_HostedAuth',
    ]);
    expect(events[0]?.attributes).toMatchObject({ email: 'murasaki@example.net' });
    expect(await login.call('AdminGetUser', { UserPoolId: POOL_ID, Username: username })).toMatchObject({
      UserStatus: 'EXTERNAL_PROVIDER',
      Enabled: true,
    });
  });

  it('is the same user again, with its changed name, and another person is another user', async () => {
    const someone = { person: 'other', name: 'Ono no Komachi', email: 'komachi@example.net' };
    const first = readClaims((await tokensFor(await chooseAnew(someone))).id_token);
    const renamed = readClaims((await tokensFor(await chooseAnew({ ...someone, name: 'Komachi' }))).id_token);
    const other = readClaims((await tokensFor(await chooseAnew({ person: MURASAKI }))).id_token);

    expect([first['sub'] === renamed['sub'], first['name'], renamed['name']]).toEqual([
      true,
      'Ono no Komachi',
      'Komachi',
    ]);
    expect(other['sub']).not.toBe(first['sub']);
  });

  it('may have the address of a user with a password, and is somebody else', async () => {
    const url = await chooseAnew({ person: 'other', name: 'Hana', email: 'hana@example.com' });
    const { username } = readClaims((await tokensFor(url)).access_token);
    expect(username).toMatch(/^Google_\d+$/);
  });

  it('has no password to sign in with or to forget', async () => {
    await chooseAnew({ person: MURASAKI });
    const Username = `Google_${MURASAKI}`;
    const AuthParameters = { USERNAME: Username, PASSWORD: 'Hiroba!2026' };
    const flow = { ClientId: CLIENT_ID, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters };
    await expect(login.call('InitiateAuth', flow)).rejects.toMatchObject({ code: 'NotAuthorizedException' });
    await expect(login.call('ForgotPassword', { ClientId: CLIENT_ID, Username })).rejects.toMatchObject({
      message: 'User password cannot be reset in the current state.',
    });
  });

  it('is asked for again only when the hour is over: the browser is known', async () => {
    const browser = login.browser();
    await choose(browser, await depart(browser), { person: MURASAKI });
    const again = await browser.ask(authorizePath(toGoogle));
    expect(location(again)).toMatch(/^http:\/\/localhost:3000\/\?code=/);
  });

  it('that is disabled does not come in', async () => {
    const person = { person: 'other', name: 'Gone', email: 'gone@example.net' };
    const { username } = readClaims((await tokensFor(await chooseAnew(person))).access_token);
    await login.call('AdminDisableUser', { UserPoolId: POOL_ID, Username: String(username) });
    const browser = login.browser();
    const told = await choose(browser, await depart(browser), person);
    expect(Object.fromEntries(told.searchParams)).toEqual({
      error: 'invalid_request',
      error_description: 'User is disabled.',
      state: 'the state',
    });
  });

  it('is not let in as who signed up under its name', async () => {
    await login.addUser('Google_7');
    const told = await chooseAnew({ ...KENKO, sub: '7' });
    expect(told.searchParams.get('code')).toBeNull();
    expect(told.searchParams.get('error_description')).toBe(
      'The name of this user is taken by another user of the pool.',
    );
  });

  it('has an address that is as verified as the provider says now, or none', async () => {
    const emailOf = async (sub: string) => {
      const user = await login.call('AdminGetUser', { UserPoolId: POOL_ID, Username: `Google_${sub}` });
      const attributes = user['UserAttributes'] as { Name: string; Value: string }[];
      return attributes.filter(({ Name }) => Name.startsWith('email')).map(({ Name, Value }) => `${Name}=${Value}`);
    };
    await chooseAnew({ ...KENKO, sub: '8' });
    expect(await emailOf('8')).toEqual(['email=kenko@example.net', 'email_verified=true']);
    await chooseAnew({ ...KENKO, sub: '8', unverified: 'on' });
    expect(await emailOf('8')).toEqual(['email=kenko@example.net', 'email_verified=false']);
    await chooseAnew({ ...KENKO, sub: '9', email: '' });
    expect(await emailOf('9')).toEqual([]);
  });

  it('is found by its name in the pool, not by its sub or its address, and gets no password', async () => {
    await chooseAnew({ ...KENKO, sub: '10' });
    const find = (Username: string) => login.call('AdminGetUser', { UserPoolId: POOL_ID, Username });
    const attributes = (await find('Google_10'))['UserAttributes'] as { Name: string; Value: string }[];
    const valueOf = (name: string) => attributes.find(({ Name }) => Name === name)?.Value ?? '';
    expect(JSON.parse(valueOf('identities'))).toEqual([
      {
        userId: '10',
        providerName: 'Google',
        providerType: 'Google',
        issuer: null,
        primary: true,
        dateCreated: login.clock.now(),
      },
    ]);
    for (const name of [valueOf('sub'), 'kenko@example.net', '10']) {
      await expect(find(name)).rejects.toMatchObject({ code: 'UserNotFoundException' });
    }
    const password = { UserPoolId: POOL_ID, Username: 'Google_10', Password: 'Hiroba!2026', Permanent: true };
    await expect(login.call('AdminSetUserPassword', password)).rejects.toMatchObject({ code: 'NotEmulated' });
  });

  it('is not who an application gets that asks for a password', async () => {
    const browser = login.browser();
    await choose(browser, await depart(browser), { person: MURASAKI });
    expect(location(await browser.ask(authorizePath({ identity_provider: 'COGNITO' })))).toMatch(/^\/login\?/);
  });
});

async function chooseAnew(values: Record<string, string>): Promise<URL> {
  const browser = login.browser();
  return choose(browser, await depart(browser), values);
}

describe('on the way back', () => {
  it('whoever turns back is told to the application', async () => {
    const url = await chooseAnew({ person: 'nobody' });
    expect(Object.fromEntries(url.searchParams)).toEqual({
      error: 'access_denied',
      error_description: 'The person turned back.',
      state: 'the state',
    });
  });

  it('the application is told why a trigger refused, and nobody is made', async () => {
    const told = await chooseAnew({ ...KENKO, name: 'Refused', sub: '11' });
    expect(told.searchParams.get('error_description')).toBe('PreSignUp failed with error not you.');
    const user = login.call('AdminGetUser', { UserPoolId: POOL_ID, Username: 'Google_11' });
    await expect(user).rejects.toMatchObject({ code: 'UserNotFoundException' });
  });

  it('a state is good once, in the browser that set out', async () => {
    const browser = login.browser();
    const chosen = location(await browser.submit(await depart(browser), { person: MURASAKI }));
    expect((await login.browser().ask(chosen)).status).toBe(400);
    const edited = chosen.replace(/state=[^&]*/, 'state=edited');
    expect((await browser.ask(edited)).status).toBe(400);
    expect((await browser.ask(chosen)).status).toBe(302);
    expect((await browser.ask(chosen)).status).toBe(400);
  });

  it('a code that was made up, or given before, opens nothing', async () => {
    const browser = login.browser();
    const chosen = location(await browser.submit(await depart(browser), { person: MURASAKI }));
    const madeUp = await browser.ask(chosen.replace(/code=[^&]*/, 'code=made-up'));
    expect(new URL(location(madeUp)).searchParams.get('error')).toBe('invalid_request');

    const [, used = ''] = /code=([^&]*)/.exec(chosen) ?? [];
    const other = login.browser();
    const theirs = location(await other.submit(await depart(other), { person: MURASAKI }));
    const answer = await other.ask(theirs.replace(/code=[^&]*/, `code=${used}`));
    expect(new URL(location(answer)).searchParams.get('error')).toBe('invalid_request');
  });

  it('five minutes are the most', async () => {
    const browser = login.browser();
    const chosen = location(await browser.submit(await depart(browser), { person: MURASAKI }));
    login.clock.advance(5 * 60_000 + 1);
    expect((await browser.ask(chosen)).status).toBe(400);
  });
});

describe('the stand-in', () => {
  it('sends nobody anywhere but to this login page', async () => {
    const browser = login.browser();
    const out = location(await browser.ask(authorizePath(toGoogle)));
    const elsewhere = out.replace(/redirect_uri=[^&]*/, `redirect_uri=${encodeURIComponent('https://evil.example/')}`);
    expect((await browser.ask(elsewhere)).status).toBe(400);
  });

  it('takes no form of another page, and no person without a name and an address', async () => {
    const browser = login.browser();
    const page = await depart(browser);
    const forged = await browser.submit(page, { person: MURASAKI }, { origin: 'https://evil.example' });
    expect(forged.status).toBe(403);
    const nobody = { person: 'other', name: '', email: 'nobody' };
    for (const wrong of [nobody, { ...KENKO, email: 'nobody' }, { ...KENKO, email: '' }, { ...KENKO, sub: 'a b' }]) {
      const again = await browser.submit(page, wrong);
      expect(await again.text()).toContain('Give a name, and an e-mail address or a subject');
    }
  });
});

it('a provider that the client does not use is refused', async () => {
  const refused = new URL(location(await login.browser().ask(authorizePath({ identity_provider: 'LINE' }))));
  expect(refused.searchParams.get('error')).toBe('invalid_request');
});
