import { once } from 'node:events';
import { WebSocket } from 'ws';
import { API_KEY } from './support.ts';

export type Frame = Readonly<Record<string, unknown>>;

export const KEY_HEADERS = { host: 'localhost', 'x-api-key': API_KEY };

/** An AppSync client over a real socket that hands out the server's frames one by one. */
export interface RealtimeClient {
  readonly socket: WebSocket;
  send(frame: unknown): void;
  /** The next frame. */
  next(): Promise<Frame>;
  /** Sends a `start`; the next frame tells how it went. */
  start(id: string, query: string, options?: { variables?: unknown; authorization?: unknown }): Promise<Frame>;
  /** Proves that nothing came: what comes next is the answer to a `stop` of an id that does not exist. */
  nothingCame(): Promise<void>;
  closed: Promise<{ readonly code: number; readonly reason: string }>;
}

const base64url = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Opens a socket, with the credentials in the subprotocol unless `protocols` says otherwise. */
export async function openSocket(
  port: number,
  options: {
    readonly headers?: unknown;
    readonly protocols?: readonly string[];
    readonly search?: string;
    readonly httpHeaders?: Record<string, string>;
  } = {},
): Promise<RealtimeClient> {
  const protocols = options.protocols ?? ['graphql-ws', `header-${base64url(options.headers ?? KEY_HEADERS)}`];
  const url = `ws://127.0.0.1:${port}/graphql/realtime${options.search ?? ''}`;
  const socket = new WebSocket(url, [...protocols], { headers: options.httpHeaders });
  const frames: Frame[] = [];
  const waiting: ((frame: Frame) => void)[] = [];
  socket.on('message', (data: Buffer) => {
    const frame = JSON.parse(data.toString()) as Frame;
    const resolve = waiting.shift();
    if (resolve !== undefined) resolve(frame);
    else frames.push(frame);
  });
  const closed = new Promise<{ code: number; reason: string }>((resolve) => {
    socket.on('close', (code, reason) => resolve({ code, reason: reason.toString() }));
  });
  await once(socket, 'open');
  const client: RealtimeClient = {
    socket,
    closed,
    send: (frame) => socket.send(typeof frame === 'string' ? frame : JSON.stringify(frame)),
    next: () => {
      const frame = frames.shift();
      return frame !== undefined ? Promise.resolve(frame) : new Promise((resolve) => waiting.push(resolve));
    },
    start(id, query, { variables = {}, authorization = KEY_HEADERS } = {}) {
      const data = JSON.stringify({ query, variables });
      client.send({ id, type: 'start', payload: { data, extensions: { authorization } } });
      return client.next();
    },
    async nothingCame() {
      client.send({ id: 'no such id', type: 'stop' });
      const frame = await client.next();
      if (frame.type !== 'error' || frame.id !== 'no such id') throw new Error(`came: ${JSON.stringify(frame)}`);
    },
  };
  return client;
}

/** A socket past `connection_ack` and the first `ka`. */
export async function connectClient(...args: Parameters<typeof openSocket>): Promise<RealtimeClient> {
  const client = await openSocket(...args);
  client.send({ type: 'connection_init' });
  const first = [await client.next(), await client.next()].map(({ type }) => type);
  if (first.join() !== 'connection_ack,ka') throw new Error(`not acknowledged: ${first.join()}`);
  return client;
}
