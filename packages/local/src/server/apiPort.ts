import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { AwsError } from '../aws/error.ts';
import { refuseForeignHost, refuseForeignOrigin } from '../aws/hostAndOrigin.ts';
import { ConnectionClosed, readBody } from '../aws/requestBody.ts';
import { type AppSync, EXPOSED_HEADERS } from '../services/appsync/index.ts';
import type { CloudFront, EdgeResponse, Route } from '../services/cloudfront/index.ts';
import type { CognitoIdp } from '../services/cognito-idp/index.ts';
import type { ClientConfiguration } from './clientConfiguration.ts';
import { answerLogin } from './loginRoute.ts';
import type { Page } from './pages.ts';

/** AppSync does not publish its limit; larger than any document of 15,000 tokens with its variables. */
export const MAX_GRAPHQL_BODY_BYTES = 1024 * 1024;

/** What a function takes. https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const MAX_EDGE_BODY_BYTES = 6 * 1024 * 1024;

/** What the port serves at the moment. */
export interface Served {
  readonly appsync: AppSync;
  readonly configuration: ClientConfiguration;
}

export interface ApiPort {
  readonly onRequest: RequestListener;
  onUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  close(): void;
}

/** The public port: the API, its realtime endpoint, what the CDN serves, the login page, the configuration for clients, and pages for people. */
export function createApiPort(options: {
  readonly served: () => Served | null;
  readonly cloudfront: Pick<CloudFront, 'find'>;
  readonly cognito: Pick<CognitoIdp, 'managedLogin'>;
  readonly pages: (path: string, query: URLSearchParams) => Promise<Page | null>;
  readonly log: (line: string) => void;
}): ApiPort {
  const { served, cloudfront, cognito, pages, log } = options;
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_GRAPHQL_BODY_BYTES,
    handleProtocols: (_offered, { headers }) =>
      served()?.appsync.acceptsSubprotocols(headers['sec-websocket-protocol']) ?? false,
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    refuseForeignPages(request);
    const { pathname: path, search, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    allowOrigin(request, response);
    if (request.method === 'OPTIONS') return preflight(request, response);
    const route = cloudfront.find(hostName(request), path);
    if (route) {
      const body = hasBody(request) ? await readBody(request, MAX_EDGE_BODY_BYTES) : undefined;
      return sendFromEdge(response, await route.handle({ ...edgeRequest(request, path, search.slice(1)), body }));
    }
    const now = served();
    if (await answerLogin(cognito, request, response)) return;
    if (path === '/graphql') {
      if (!now) return send(response, 404, { errors: [{ errorType: 'NotFound', message: NOTHING_SERVED }] });
      const body = await readBody(request, MAX_GRAPHQL_BODY_BYTES);
      const result = await now.appsync.handle({
        method: request.method ?? 'GET',
        url: request.url ?? '/',
        headers: request.headers,
        body,
        remoteAddress: request.socket.remoteAddress ?? '127.0.0.1',
      });
      response.writeHead(result.status, { ...result.headers, 'content-length': Buffer.byteLength(result.body) });
      response.end(result.body);
      return;
    }
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return send(response, 405, { message: `${request.method} ${path}` });
    if (path === '/config.json') {
      if (!now) return send(response, 404, { message: NOTHING_SERVED });
      return send(response, 200, now.configuration);
    }
    const page = await pages(path, searchParams);
    if (!page)
      return send(response, 404, { message: `There is nothing at ${path}. The API is at /graphql, GraphiQL at /.` });
    response.writeHead(page.status ?? 200, { ...page.headers, 'content-length': page.body.byteLength });
    response.end(request.method === 'HEAD' ? undefined : page.body);
  }

  return {
    onRequest: (request, response) => {
      answer(request, response).catch((error: unknown) => {
        if (error instanceof ConnectionClosed) return;
        if (error instanceof AwsError) {
          return send(response, error.statusCode, { errors: [{ errorType: error.code, message: error.message }] });
        }
        // A defect of ours: the request fails, the process goes on.
        log(
          `error while answering ${request.method} ${request.url}: ${error instanceof Error ? error.stack : String(error)}`,
        );
        if (response.headersSent) response.destroy();
        else
          send(response, 500, {
            errors: [{ errorType: 'InternalFailure', message: 'Internal failure, see the log.' }],
          });
      });
    },
    onUpgrade: (request, socket, head) => {
      socket.on('error', () => socket.destroy());
      const now = served();
      const refusal = now ? upgradeRefusal(request) : NOTHING_SERVED;
      if (refusal !== null || !now) {
        socket.end(`HTTP/1.1 403 Forbidden\r\nconnection: close\r\ncontent-type: text/plain\r\n\r\n${refusal}\n`);
        return;
      }
      sockets.handleUpgrade(request, socket, head, (webSocket) => {
        webSocket.on('error', (error) => log(`realtime connection: ${error.message}`));
        now.appsync.connect(webSocket, request);
      });
    },
    close: () => sockets.close(),
  };
}

const hostName = ({ headers }: IncomingMessage): string => (headers.host ?? '').replace(/:\d+$/, '');

const hasBody = ({ method }: IncomingMessage): boolean => method !== 'GET' && method !== 'HEAD';

function edgeRequest(request: IncomingMessage, path: string, query: string): Parameters<Route['handle']>[0] {
  const headers = Object.entries(request.headersDistinct).map(([name, values = []]) => [name, values.join(', ')]);
  return {
    method: request.method ?? 'GET',
    path,
    query,
    headers: Object.fromEntries(headers),
    sourceIp: request.socket.remoteAddress ?? '127.0.0.1',
  };
}

function sendFromEdge(response: ServerResponse, { status, headers, body }: EdgeResponse): void {
  // The answer to HEAD, and a 304, have none and do not say how long it would be.
  const length = body.byteLength === 0 ? {} : { 'content-length': body.byteLength };
  response.writeHead(status, { ...headers, ...length });
  response.end(body);
}

const NOTHING_SERVED = 'The Terraform has no aws_appsync_graphql_api.';

/** A page of another site can reach this port through the developer's browser, by its own name or by one that it points here. */
function refuseForeignPages(request: IncomingMessage): void {
  const rules = { hosts: new Set<string>(), origins: 'loopback' } as const;
  refuseForeignHost(request.headersDistinct.host, rules);
  refuseForeignOrigin(request.headers.origin, rules);
}

function upgradeRefusal(request: IncomingMessage): string | null {
  const path = new URL(request.url ?? '/', 'http://localhost').pathname;
  if (path !== '/graphql/realtime') return `There is no WebSocket at ${path}; subscriptions are at /graphql/realtime.`;
  try {
    refuseForeignPages(request);
    return null;
  } catch (error) {
    if (error instanceof AwsError) return error.message;
    throw error;
  }
}

function allowOrigin(request: IncomingMessage, response: ServerResponse): void {
  const { origin } = request.headers;
  if (origin === undefined) return;
  response.setHeader('access-control-allow-origin', origin);
  response.setHeader('access-control-expose-headers', EXPOSED_HEADERS);
  response.setHeader('vary', 'origin');
}

function preflight(request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(204, {
    'access-control-allow-methods': 'GET, POST, OPTIONS',
    // Echoed: "*" does not cover Authorization.
    'access-control-allow-headers': request.headers['access-control-request-headers'] ?? '*',
    'access-control-max-age': '600',
  });
  response.end();
}

function send(response: ServerResponse, status: number, body: object): void {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    'content-type': 'application/json;charset=UTF-8',
    'content-length': Buffer.byteLength(text),
  });
  response.end(text);
}
