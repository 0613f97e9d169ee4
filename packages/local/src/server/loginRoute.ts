import type { IncomingMessage, ServerResponse } from 'node:http';
import { TLSSocket } from 'node:tls';
import { decodeUtf8, readBody } from '../aws/requestBody.ts';
import type { CognitoIdp, LoginAnswer } from '../services/cognito-idp/index.ts';

/** A form of the login page or a request for tokens; both are small. */
const MAX_FORM_BYTES = 64 * 1024;

/** Answers what belongs to the user pools' login page; false for everything else. */
export async function answerLogin(
  cognito: Pick<CognitoIdp, 'managedLogin'>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<boolean> {
  const { pathname: path, searchParams: query } = new URL(request.url ?? '/', 'http://localhost');
  if (!LOGIN_PATHS.test(path)) return false;
  const { method = 'GET', headers } = request;
  const scheme = request.socket instanceof TLSSocket ? 'https' : 'http';
  const answer = await cognito.managedLogin({
    // The answer to HEAD is the one to GET, without its body.
    method: method === 'HEAD' ? 'GET' : method,
    path,
    query,
    headers,
    form: await readForm(request),
    origin: `${scheme}://${headers.host ?? 'localhost'}`,
  });
  if (!answer) return false;
  send(request, response, answer);
  return true;
}

/** What might be the login page's; the body of no other request is read. */
const LOGIN_PATHS = /^\/(?:oauth2\/|_stand-in\/|login$|logout$|[\w-]+\/\.well-known\/)/;

async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  if (request.method !== 'POST') return new URLSearchParams();
  const body = await readBody(request, MAX_FORM_BYTES);
  const isForm = /^application\/x-www-form-urlencoded(?:;|$)/i.test(request.headers['content-type'] ?? '');
  return new URLSearchParams(isForm ? decodeUtf8(body) : '');
}

function send(request: IncomingMessage, response: ServerResponse, { status, headers, body }: LoginAnswer): void {
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  response.writeHead(status, { 'content-length': Buffer.byteLength(body) });
  response.end(request.method === 'HEAD' ? undefined : body);
}
