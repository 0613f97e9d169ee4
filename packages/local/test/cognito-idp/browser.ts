import { createHash, randomBytes } from 'node:crypto';
import { createServer, request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createApiPort } from '../../src/server/apiPort.ts';
import { CLIENT_ID, type Options, PASSWORD, startCognito } from './support.ts';

export const CALLBACK = 'http://localhost:3000/';
export const OAUTH = {
  scopes: ['openid', 'email', 'profile', 'aws.cognito.signin.user.admin'],
  callbackUrls: [CALLBACK, 'hiroba://signed-in'],
  logoutUrls: ['http://localhost:3000/bye'],
  identityProviders: ['COGNITO'],
} as const;

/** A pool with a login page, on a port of its own, and a browser's way of asking it. */
export async function startLogin(options: Options = {}) {
  const local = await startCognito({
    ...options,
    pool: { hasDomain: true, ...options.pool },
    client: { oauth: OAUTH, ...options.client },
  });
  const port = createApiPort({
    served: () => null,
    cloudfront: { find: () => null },
    cognito: local.cognito,
    pages: async () => null,
    log: (line) => {
      throw new Error(line);
    },
  });
  const server = createServer(port.onRequest);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://localhost:${(server.address() as AddressInfo).port}`;

  return {
    ...local,
    origin,
    /** One browser: it keeps cookies, and tells where it is sent instead of going there. */
    browser(): Browser {
      const cookies = new Map<string, string>();
      const ask = async (path: string, { headers, form }: Asked = {}) => {
        const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
        const response = await navigate(new URL(path, origin), { headers: { cookie, ...headers }, form });
        for (const cookie of response.headers.getSetCookie()) {
          const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
          if (value === '') cookies.delete(name);
          else cookies.set(name, value);
        }
        return response;
      };
      return {
        cookies,
        ask,
        /** Fills in the first form of the page and sends it, as the page says. */
        async submit(page: string, values: Readonly<Record<string, string>>, headers: Record<string, string> = {}) {
          const action = unescapeHtml(/<form method="post" action="([^"]*)"/.exec(page)?.[1] ?? '');
          const [form = ''] = page.split('</form>');
          const fields = [...form.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)];
          const given = fields.map(([, name = '', value = '']): [string, string] => [name, unescapeHtml(value)]);
          const body = new URLSearchParams([...given, ...Object.entries(values)]);
          return ask(action, { form: body, headers: { origin, 'sec-fetch-site': 'same-origin', ...headers } });
        },
      };
    },
    /** Through the page with hana's name and password; resolves to where the browser is sent then. */
    async signInOnPage(browser: Browser, changes: Readonly<Record<string, string | undefined>> = {}): Promise<string> {
      const sent = await browser.ask(authorizePath(changes));
      const page = await (await browser.ask(sent.headers.get('location') ?? '')).text();
      const back = await browser.submit(page, { username: 'hana', password: PASSWORD });
      return back.headers.get('location') ?? '';
    },
    async close(): Promise<void> {
      port.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await local.close();
    },
  };
}

interface Asked {
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Sent by POST. */
  readonly form?: URLSearchParams | undefined;
}

/** Node's `fetch` says that it is a script, which a browser that goes to a page does not. */
function navigate(url: URL, { headers, form }: Asked): Promise<Response> {
  const type = form ? { 'content-type': 'application/x-www-form-urlencoded' } : {};
  return new Promise((resolve, reject) => {
    const request = httpRequest(url, { method: form ? 'POST' : 'GET', headers: { ...type, ...headers } }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('end', () => {
        const given = Object.entries(answer.headersDistinct).flatMap(([name, values = []]) =>
          values.map((value): [string, string] => [name, value]),
        );
        resolve(new Response(Buffer.concat(chunks), { status: answer.statusCode ?? 0, headers: given }));
      });
    });
    request.on('error', reject);
    request.end(form?.toString());
  });
}

export interface Browser {
  readonly cookies: Map<string, string>;
  ask(path: string, asked?: Asked): Promise<Response>;
  submit(page: string, values: Readonly<Record<string, string>>, headers?: Record<string, string>): Promise<Response>;
}

export type TestLogin = Awaited<ReturnType<typeof startLogin>>;

const unescapeHtml = (text: string) =>
  text.replace(/&#(\d+);/g, (_match, code: string) => String.fromCharCode(Number(code)));

/** PKCE as a client makes it. */
export function pkce() {
  const verifier = randomBytes(48).toString('base64url');
  return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') };
}

/** `/oauth2/authorize` with what an application sends; a member that is undefined is left out. */
export function authorizePath(changes: Readonly<Record<string, string | undefined>> = {}): string {
  const parameters = {
    client_id: CLIENT_ID,
    redirect_uri: CALLBACK,
    response_type: 'code',
    scope: 'openid email',
    state: 'the state',
    ...changes,
  };
  const given = Object.entries(parameters).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return `/oauth2/authorize?${new URLSearchParams(given).toString()}`;
}
