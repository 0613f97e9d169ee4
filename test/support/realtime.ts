import { WebSocket } from 'ws';
import type { Caller } from './graphql.ts';
import { signedHeaders } from './signed.ts';
import { target } from './target.ts';

/** A connection that was refused, or a subscription; the server's errors as they came. */
export class RealtimeRefused extends Error {
  readonly errors: unknown;

  constructor(errors: unknown) {
    super(JSON.stringify(errors));
    this.errors = errors;
  }
}

export interface Subscription<Data> {
  /** The `data` of the next event, in the order of arrival. */
  next(): Promise<Data>;
  /** Resolves when the server has confirmed the end. */
  stop(): Promise<void>;
  close(): void;
}

interface Frame {
  readonly type: string;
  readonly payload?: { readonly data?: unknown; readonly errors?: unknown };
}

/**
 * Connects and starts one subscription. Rejects with `RealtimeRefused` when either is refused.
 * https://docs.aws.amazon.com/appsync/latest/devguide/real-time-websocket-client.html
 */
export async function subscribe<Data>(
  caller: Caller,
  query: string,
  variables: object = {},
): Promise<Subscription<Data>> {
  const connecting = await credentials(caller, '/connect', '{}');
  const socket = new WebSocket(target.realtimeUrl, ['graphql-ws', `header-${base64url(connecting)}`]);
  const frames = frameQueue(socket);
  const send = (frame: object): void => socket.send(JSON.stringify(frame));
  try {
    await frames.opened;
    send({ type: 'connection_init' });
    await frames.next('connection_ack');
    const data = JSON.stringify({ query, variables });
    const extensions = { authorization: await credentials(caller, '', data) };
    send({ type: 'start', id: '1', payload: { data, extensions } });
    await frames.next('start_ack');
  } catch (error) {
    socket.close();
    throw error;
  }
  return {
    next: async () => (await frames.next('data')).payload?.data as Data,
    stop: async () => {
      send({ type: 'stop', id: '1' });
      await frames.next('complete');
    },
    close: () => socket.close(),
  };
}

/** Frames but for keep-alives, one for each call of `next`, whichever comes first. */
function frameQueue(socket: WebSocket) {
  const arrived: Frame[] = [];
  const waiting: PromiseWithResolvers<Frame>[] = [];
  const failed = Promise.withResolvers<never>();
  failed.promise.catch(() => undefined);
  socket.on('error', (error) => failed.reject(error));
  socket.on('close', () => failed.reject(new Error('the connection is closed')));
  socket.on('message', (data: Buffer) => {
    const frame = JSON.parse(data.toString()) as Frame;
    if (frame.type === 'ka') return;
    const next = waiting.shift();
    if (next) next.resolve(frame);
    else arrived.push(frame);
  });
  return {
    opened: Promise.race([new Promise<void>((resolve) => socket.once('open', () => resolve())), failed.promise]),
    async next(type: string): Promise<Frame> {
      const next = Promise.withResolvers<Frame>();
      const first = arrived.shift();
      if (first) next.resolve(first);
      else waiting.push(next);
      const frame = await Promise.race([next.promise, failed.promise]);
      if (frame.type !== type) throw new RealtimeRefused(frame.payload?.errors ?? frame);
      return frame;
    },
  };
}

/** A signature is that of a POST of `body` to `path` below the endpoint. */
async function credentials(caller: Caller, path: string, body: string): Promise<Record<string, string>> {
  const { host } = new URL(target.endpoint);
  if ('apiKey' in caller && caller.apiKey) return { host, 'x-api-key': caller.apiKey };
  if ('authorization' in caller && caller.authorization) return { host, Authorization: caller.authorization };
  if (!('accessKey' in caller) || !caller.accessKey) return { host };
  const headers = {
    accept: 'application/json, text/javascript',
    'content-encoding': 'amz-1.0',
    'content-type': 'application/json; charset=UTF-8',
  };
  return signedHeaders(new URL(`${target.endpoint}${path}`), body, {
    service: 'appsync',
    key: caller.accessKey,
    headers,
  });
}

function base64url(header: object): string {
  return Buffer.from(JSON.stringify(header)).toString('base64url');
}
