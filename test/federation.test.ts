import { AdminGetUserCommand } from '@aws-sdk/client-cognito-identity-provider';
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { cognito, isLocal, settled } from './support/aws.ts';
import { graphql } from './support/graphql.ts';
import { mailsTo } from './support/outbox.ts';
import { target } from './support/target.ts';

const origin = new URL(target.endpoint).origin;
const CALLBACK = 'http://localhost:3000/';

/** A browser that keeps cookies and does not follow redirects by itself. */
function browser() {
  const cookies = new Map<string, string>();
  return async (path: string, form?: URLSearchParams): Promise<Response> => {
    const cookie = [...cookies].map((pair) => pair.join('=')).join('; ');
    const response = await navigate(new URL(path, origin), { cookie, origin }, form);
    for (const one of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(one) ?? [];
      cookies.set(name, value);
    }
    return response;
  };
}

/** Node's `fetch` says that it is a script, which a browser that goes to a page does not. */
function navigate(url: URL, headers: Record<string, string>, form?: URLSearchParams): Promise<Response> {
  const type = form ? { 'content-type': 'application/x-www-form-urlencoded' } : {};
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: form ? 'POST' : 'GET', headers: { ...type, ...headers } }, (answer) => {
      const { statusCode: status = 0, headersDistinct } = answer;
      const given = Object.entries(headersDistinct).flatMap(([name, values = []]) =>
        values.map((value): [string, string] => [name, value]),
      );
      text(answer).then(
        (body) => resolve(new Response(status === 302 ? null : body, { status, headers: given })),
        reject,
      );
    });
    sent.on('error', reject);
    sent.end(form?.toString());
  });
}

const location = (response: Response): string => response.headers.get('location') ?? '';

/** From the application through the stand-in and back: an access token. */
async function signInByGoogle(email: string): Promise<string> {
  const verifier = randomBytes(32).toString('base64url');
  const ask = browser();
  const asked = new URLSearchParams({
    client_id: target.userPoolClientId,
    redirect_uri: CALLBACK,
    response_type: 'code',
    scope: 'openid email profile aws.cognito.signin.user.admin',
    identity_provider: 'Google',
    state: 'the state',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  });
  const out = location(await ask(`/oauth2/authorize?${asked.toString()}`));
  const page = await (await ask(out)).text();
  const csrf = /name="_csrf" value="([^"]*)"/.exec(page)?.[1] ?? '';
  const chosen = await ask(out, new URLSearchParams({ _csrf: csrf, person: 'other', name: 'Sei', email }));
  const back = new URL(location(await ask(location(chosen))));
  const tokens = await fetch(`${origin}/oauth2/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: target.userPoolClientId,
      code: back.searchParams.get('code') ?? '',
      redirect_uri: CALLBACK,
      code_verifier: verifier,
    }),
  });
  return ((await tokens.json()) as { access_token: string }).access_token;
}

// At AWS it is Google itself, who asks for a person.
describe.runIf(isLocal)('a member who comes by Google', () => {
  it('is a member like any other: claims a handle, is welcomed by mail, and is shut out after leaving', async () => {
    const email = `${randomUUID()}@example.net`;
    const handle = `g${randomUUID().replaceAll('-', '').slice(0, 14)}`;
    const authorization = await signInByGoogle(email);
    const claims = JSON.parse(Buffer.from(authorization.split('.')[1] ?? '', 'base64url').toString()) as {
      username: string;
    };
    const send = (query: string) => graphql<Record<string, { userErrors: object[] }>>({ authorization }, query);
    const user = { UserPoolId: target.userPoolId, Username: claims.username };

    expect(claims.username).toMatch(/^google_\d+$/);
    expect(await cognito.send(new AdminGetUserCommand(user))).toMatchObject({ UserStatus: 'EXTERNAL_PROVIDER' });
    const claimed = await send(`mutation { claimHandle(handle: "${handle}") { userErrors { code } } }`);
    expect(claimed.data).toEqual({ claimHandle: { userErrors: [] } });
    await settled();
    expect((await mailsTo(email)).map(({ subject }) => subject)).toEqual(['Welcome to Hiroba']);

    const left = await send(`mutation { deleteAccount(confirmHandle: "${handle}") { userErrors { code } } }`);
    expect(left.data).toEqual({ deleteAccount: { userErrors: [] } });
    await settled();
    expect(await cognito.send(new AdminGetUserCommand(user))).toMatchObject({ Enabled: false });
  });

  it('is the same member when coming again', async () => {
    const email = `${randomUUID()}@example.net`;
    const subOf = (token: string) =>
      (JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as { sub: string }).sub;

    expect(subOf(await signInByGoogle(email))).toBe(subOf(await signInByGoogle(email)));
  });
});
