import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Clock } from '../clock.ts';
import type { Random } from '../random.ts';
import { callAdminRoute, type AdminRoute } from './adminRoutes.ts';
import type { Credentials } from './credentials.ts';
import { AwsError } from './error.ts';
import {
  checkAllowedOrigins,
  corsHeaders,
  preflightHeaders,
  refuseForeignHost,
  refuseForeignOrigin,
  type AllowedOrigins,
  type HostAndOriginRules,
} from './hostAndOrigin.ts';
import { findOperation, type MatchedOperation } from './operation.ts';
import type { Reply } from './protocols.ts';
import { restJson } from './protocols.ts';
import { ConnectionClosed, readBody } from './requestBody.ts';
import { REST_ROUTES, matchRoute, type RestRoute } from './restRoutes.ts';
import type { Authorizer, AwsService, Principal } from './service.ts';
import { createSignatureVerifier, type SignatureVerifier } from './signature.ts';
import { sendStreamed, streamedRequest } from './streamedReply.ts';
import type { StreamedService } from './streamedService.ts';

export const DEFAULT_MAX_BODY_BYTES = 16 * 1024 * 1024;
const ANONYMOUS: Principal = { arn: 'anonymous' };

export interface AwsPortOptions {
  readonly services: readonly AwsService[];
  /** Services whose bodies are no JSON documents; each of them says which requests are its own. */
  readonly streamedServices?: readonly StreamedService[];
  readonly credentials: Credentials;
  readonly authorizer: Authorizer;
  readonly region: string;
  /** Signatures are dated by the machine's time, or by functions with the local system's. */
  readonly wallClock: Clock;
  readonly localClock?: Clock;
  readonly random: Random;
  /** REST-JSON operations; the AWS ones by default. */
  readonly routes?: readonly RestRoute[];
  /** Signed as service `local` by the developer's root key; refused to any page. */
  readonly adminRoutes?: readonly AdminRoute[];
  /** Host names beside this machine's and the services' AWS names. */
  readonly allowedHosts?: readonly string[];
  /** Pages that may use the endpoint: by default those of any loopback origin. */
  readonly allowedOrigins?: AllowedOrigins;
  /** Services whose operations without `access()` may be called unsigned. */
  readonly publicServices?: readonly string[];
  readonly maximumBodyBytes?: number;
  /** Told of every exception that is no `AwsError`: a defect of this package. */
  readonly onDefect?: (defect: Defect) => void;
}

export interface Defect {
  readonly requestId: string;
  readonly operation: string;
  readonly error: unknown;
}

interface Port {
  readonly services: ReadonlyMap<string, AwsService>;
  readonly streamedServices: readonly StreamedService[];
  readonly publicServices: ReadonlySet<string>;
  readonly rules: HostAndOriginRules;
  readonly verifier: SignatureVerifier;
  readonly authorizer: Authorizer;
  readonly random: Random;
  readonly routes: readonly RestRoute[];
  readonly adminRoutes: readonly AdminRoute[];
  readonly maximumBodyBytes: number;
  readonly onDefect: (defect: Defect) => void;
}

/** The AWS endpoint: all services on one listener, told apart by `X-Amz-Target` or by path. */
export function createAwsPort(options: AwsPortOptions): RequestListener {
  const port = preparePort(options);
  return (request, response) => {
    answer(port, request, response).catch((error: unknown) => {
      port.onDefect({ requestId: 'unknown', operation: 'unknown', error });
      response.destroy();
    });
  };
}

function preparePort(options: AwsPortOptions): Port {
  const {
    allowedOrigins = 'loopback',
    allowedHosts = [],
    publicServices = ['cognito-idp', 'cognito-identity'],
    services,
    streamedServices = [],
    region,
  } = options;
  checkAllowedOrigins(allowedOrigins);
  const awsNames = [...services.map(({ name }) => name), 'streams.dynamodb', 'email'].map(
    (name) => `${name}.${region}.amazonaws.com`,
  );
  return {
    services: new Map(services.map((service) => [service.name, service])),
    streamedServices,
    publicServices: new Set(publicServices),
    rules: {
      hosts: new Set([...awsNames, ...allowedHosts]),
      origins: allowedOrigins,
      ownsHost: (name) => streamedServices.some((service) => service.ownsHost(name)),
    },
    verifier: createSignatureVerifier(options),
    authorizer: options.authorizer,
    random: options.random,
    routes: options.routes ?? REST_ROUTES,
    adminRoutes: options.adminRoutes ?? [],
    maximumBodyBytes: options.maximumBodyBytes ?? DEFAULT_MAX_BODY_BYTES,
    onDefect: options.onDefect ?? logDefect,
  };
}

function logDefect({ requestId, operation, error }: Defect): void {
  console.error(`request ${requestId} (${operation}) failed inside @hiroba/local:`, error);
}

async function answer(port: Port, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const requestId = newRequestId(port.random);
  const origin = request.headers.origin;
  try {
    refuseForeignHost(request.headersDistinct.host, port.rules);
    if (await answerStreamed(port, request, response)) return;
    refuseForeignOrigin(origin, port.rules);
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    return send(response, restJson.encodeError(error), { requestId, close: true });
  }
  const cors = origin === undefined ? {} : corsHeaders(origin);
  if (request.method === 'OPTIONS' && origin !== undefined) {
    const requested = request.headers['access-control-request-headers'];
    return send(response, { statusCode: 200, headers: preflightHeaders(origin, requested), body: '' }, { requestId });
  }
  const reply = await replyTo(port, request, { requestId, signal: signalOf(response) });
  if (reply)
    send(
      response,
      { ...reply, headers: { ...cors, ...reply.headers } },
      { requestId, close: reply.statusCode === 413 },
    );
}

/** Aborted when the client goes before it has its answer. */
function signalOf(response: ServerResponse): AbortSignal {
  const controller = new AbortController();
  response.once('close', () => controller.abort());
  return controller.signal;
}

/** Which pages may use such a service is said by its own rules, as those of a bucket: the port's do not apply. */
async function answerStreamed(port: Port, request: IncomingMessage, response: ServerResponse): Promise<boolean> {
  if (port.streamedServices.length === 0 || !request.url?.startsWith('/')) return false;
  const streamed = streamedRequest(request, splitUrl(request.url));
  const service = port.streamedServices.find((one) => one.takes(streamed));
  if (service) await sendStreamed(request, response, await service.handle(streamed));
  return service !== undefined;
}

interface Exchange {
  readonly requestId: string;
  readonly signal: AbortSignal;
}

/** `null` when the client has gone. */
async function replyTo(port: Port, request: IncomingMessage, { requestId, signal }: Exchange): Promise<Reply | null> {
  let encodeError = restJson.encodeError;
  let operation = 'unknown';
  try {
    const url = splitUrl(request.url ?? '');
    const body = await readBody(request, port.maximumBodyBytes);
    const method = request.method ?? '';
    const wire = { method, ...url, headers: request.headersDistinct, body };
    const admin = matchRoute(port.adminRoutes, method, wire.path);
    if (admin) return await callAdminRoute({ ...admin, wire, origin: request.headers.origin, verifier: port.verifier });

    const matched = findOperation({ ...url, method, headers: request.headers, body, routes: port.routes });
    operation = `${matched.service}:${matched.operation}`;
    encodeError = matched.encodeError;
    const verify = (): Principal => port.verifier.verify({ ...wire, service: matched.service });
    return await callService(port, matched, { verify, signal });
  } catch (error) {
    if (error instanceof ConnectionClosed) return null;
    if (error instanceof AwsError) return encodeError(error);
    port.onDefect({ requestId, operation, error });
    return encodeError(
      new AwsError('InternalFailure', `Internal failure of request ${requestId}; see the log`, { statusCode: 500 }),
    );
  }
}

function splitUrl(url: string): { readonly path: string; readonly query: string } {
  if (!url.startsWith('/')) throw new AwsError('ValidationException', 'The request target must be a path');
  const mark = url.indexOf('?');
  return mark < 0 ? { path: url, query: '' } : { path: url.slice(0, mark), query: url.slice(mark + 1) };
}

interface Caller {
  readonly verify: () => Principal;
  readonly signal: AbortSignal;
}

async function callService(port: Port, matched: MatchedOperation, { verify, signal }: Caller): Promise<Reply> {
  const { service: name, operation } = matched;
  const service = port.services.get(name);
  if (!service)
    throw new AwsError('UnknownOperationException', `There is no service ${name} in this system`, { statusCode: 404 });
  const mayBePublic = port.publicServices.has(name);
  // Nothing of a request is looked at before its signature, unless it may do without one.
  const verified = mayBePublic ? null : verify();
  const input = matched.decode();
  const access = service.access(operation, input);
  const principal = verified ?? (access.length === 0 ? ANONYMOUS : verify());
  for (const element of access) await port.authorizer.authorize(principal, element);
  return matched.encode(await service.call(operation, input, principal, { signal }));
}

function send(
  response: ServerResponse,
  reply: Reply,
  { requestId, close = false }: { readonly requestId: string; readonly close?: boolean },
): void {
  const body = Buffer.from(reply.body);
  response.writeHead(reply.statusCode, {
    ...reply.headers,
    'x-amzn-requestid': requestId,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'content-length': body.length,
    ...(close && { connection: 'close' }),
  });
  response.end(body);
}

function newRequestId(random: Random): string {
  const hex = random.bytes(16).toString('hex');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
