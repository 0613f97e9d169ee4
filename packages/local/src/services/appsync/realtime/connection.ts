import type { IncomingMessage } from 'node:http';
import type { WebSocket } from 'ws';
import { AwsError } from '../../../aws/error.ts';
import { authenticate, type Headers, type Verifiers } from '../authorization/authenticate.ts';
import type { CompiledApi } from '../execution/compiledApi.ts';
import type { ExecutionServices } from '../execution/request.ts';
import { visibleHeaders } from '../http/handle.ts';
import { parametersOfBody } from '../http/parameters.ts';
import { internalFailure } from '../http/response.ts';
import { withTraceId } from '../http/traceId.ts';
import { recordRequest, type OnRequest } from '../requestSummary.ts';
import { frameErrors, parseFrame, SubscriptionRefused, type ClientFrame, type ServerFrame } from './frames.ts';
import { handshakeHeaders, mergeHeaders, SUBPROTOCOL } from './handshake.ts';
import { CONNECTION_TIMEOUT_MS, KEEP_ALIVE_MS, MAX_CONNECTION_MS } from './limits.ts';
import { startSubscription } from './subscription.ts';
import { createSubscriptionTable, type StartedSubscription, type SubscriptionTable } from './subscriptionTable.ts';

/** Calls back again and again; returns how to stop. */
export type Every = (milliseconds: number, callback: () => void) => () => void;

export interface ConnectionOptions {
  readonly compiled: () => CompiledApi;
  readonly verifiers: Verifiers;
  readonly services: ExecutionServices;
  readonly newRequestId: () => string;
  readonly newTraceId: () => string;
  readonly every: Every;
  readonly onDefect: (error: unknown) => void;
  readonly onRequest?: OnRequest | undefined;
  readonly onClose: (connection: Connection) => void;
}

/** One WebSocket. Each of its subscriptions is authorized on its own. */
export interface Connection extends Pick<SubscriptionTable, 'publish' | 'rebind'> {
  /** Ends the subscriptions that match, and with them the connection. */
  invalidate(...invalidation: Parameters<SubscriptionTable['invalidate']>): void;
  close(code: number, reason: string): void;
}

/** Close codes from the range for applications. */
const CLOSE = { unauthorized: 4401, wrongSubprotocol: 4406, expired: 4408, invalidated: 4410 } as const;

export function openConnection(socket: WebSocket, request: IncomingMessage, options: ConnectionOptions): Connection {
  const { compiled, onDefect } = options;
  const send = (frame: ServerFrame): void => {
    if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(frame));
  };
  const sendError = (id: string | undefined, error: unknown): void =>
    send({ ...(id !== undefined && { id }), type: 'error', payload: { errors: frameErrors(error, onDefect) } });
  const table = createSubscriptionTable({ compiled, send, onRefused: sendError, onDefect });
  const connection: Connection = {
    publish: table.publish,
    rebind: table.rebind,
    invalidate: (invalidation) => {
      if (table.invalidate(invalidation)) socket.close(CLOSE.invalidated, 'Subscription complete.');
    },
    close: (code, reason) => socket.close(code, reason),
  };
  const keptAlive = keepAlive(socket, send, options.every);
  socket.on('close', () => {
    table.clear();
    keptAlive.stop();
    options.onClose(connection);
  });
  // A client that breaks the protocol or vanishes; `close` follows.
  socket.on('error', () => undefined);

  if (socket.protocol !== SUBPROTOCOL) {
    const offered = socket.protocol === '' ? '' : `, not ${socket.protocol}`;
    socket.close(CLOSE.wrongSubprotocol, `AppSync speaks the subprotocol ${SUBPROTOCOL}${offered}`);
    return connection;
  }

  const receive = (frame: ClientFrame | undefined): void | Promise<void> => {
    if (frame?.type === 'connection_init') return keptAlive.acknowledge();
    // Everything before the acknowledgement is ignored.
    if (!keptAlive.isAcknowledged()) return;
    if (frame?.id !== undefined && frame.type === 'start') {
      return table.start(frame.id, () => begin(request, frame.payload, options));
    }
    if (frame?.id !== undefined && frame.type === 'stop') return table.stop(frame.id);
    const message = 'Expected a JSON object with type connection_init, start or stop, and an id for the latter two.';
    throw new SubscriptionRefused([{ errorType: 'UnsupportedOperation', message }]);
  };
  const refusal = authenticateConnection(request, options);
  socket.on('message', async (data: { toString(): string }) => {
    if ((await refusal) !== undefined) return;
    const frame = parseFrame(data.toString());
    try {
      await receive(frame);
    } catch (error) {
      sendError(frame?.id, error);
    }
  });
  void refusal.then((error) => {
    if (error === undefined) return;
    const { code, message, statusCode } = error;
    send({ type: 'connection_error', payload: { errors: [{ errorType: code, message, errorCode: statusCode }] } });
    socket.close(CLOSE.unauthorized, code);
  });
  return connection;
}

/** The answer to `connection_init`, and what keeps an acknowledged connection alive until it is a day old. */
function keepAlive(socket: WebSocket, send: (frame: ServerFrame) => void, every: Every) {
  const stops: (() => void)[] = [];
  let acknowledged = false;
  return {
    isAcknowledged: () => acknowledged,
    acknowledge() {
      if (acknowledged) return;
      acknowledged = true;
      send({ type: 'connection_ack', payload: { connectionTimeoutMs: CONNECTION_TIMEOUT_MS } });
      // Amplify does not reset its timer on connecting, and would close a reopened socket that stays silent.
      send({ type: 'ka' });
      stops.push(every(KEEP_ALIVE_MS, () => send({ type: 'ka' })));
      stops.push(every(MAX_CONNECTION_MS, () => socket.close(CLOSE.expired, 'Connection is 24 hours old')));
    },
    stop() {
      for (const stop of stops) stop();
    },
  };
}

/** The refusal, if any: the frame that carries it is all a client gets to see, never a status of the upgrade. */
async function authenticateConnection(
  request: IncomingMessage,
  { compiled, verifiers, onDefect }: ConnectionOptions,
): Promise<AwsError | undefined> {
  try {
    const headers = handshakeHeaders(request);
    const body = Buffer.from('{}');
    const signed = { method: 'POST', path: '/graphql/connect', query: '', headers, body };
    await authenticate(compiled().api, verifiers, signed, remoteAddress(request));
    return undefined;
  } catch (error) {
    if (error instanceof AwsError) return error;
    onDefect(error);
    return internalFailure();
  }
}

/** Authorizes a `start` by its own credentials; IAM signs the exact text of its data. */
async function begin(
  request: IncomingMessage,
  payload: unknown,
  { compiled, verifiers, services, newRequestId, newTraceId, onRequest }: ConnectionOptions,
): Promise<StartedSubscription> {
  const { data, headers } = readStart(request.headers, payload);
  const requestId = newRequestId();
  const visible = withTraceId(visibleHeaders(headers), newTraceId);
  const record = onRequest && recordRequest(requestId, visible, onRequest);
  try {
    const signed = { method: 'POST', path: '/graphql', query: '', headers, body: Buffer.from(data) };
    const caller = await authenticate(compiled().api, verifiers, signed, remoteAddress(request));
    const version = compiled();
    const start = { parameters: parametersOfBody(data), caller, headers: visible, requestId };
    const subscription = await startSubscription(version, services, start);
    record?.subscribed(subscription.fieldName);
    record?.done(200);
    return { version, subscription };
  } catch (error) {
    record?.subscribed(null);
    record?.failed(frameErrors(error, () => undefined));
    record?.done(error instanceof AwsError ? error.statusCode : 200);
    throw error;
  }
}

/** `payload: { data, extensions: { authorization } }` of a `start`. */
function readStart(base: Headers, payload: unknown): { readonly data: string; readonly headers: Headers } {
  const { data, extensions } = (payload ?? {}) as { data?: unknown; extensions?: { authorization?: unknown } | null };
  if (typeof data !== 'string') {
    throw new AwsError('BadRequestException', 'A start needs payload.data, a string of JSON.');
  }
  // Nothing of the handshake's credentials counts for a subscription.
  const anonymous = { ...base, authorization: undefined, 'x-api-key': undefined };
  return { data, headers: mergeHeaders(anonymous, extensions?.authorization ?? {}) };
}

const remoteAddress = (request: IncomingMessage): string => request.socket.remoteAddress ?? '';
