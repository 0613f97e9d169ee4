import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ConnectionClosed } from './requestBody.ts';
import type { StreamedReply, StreamedRequest } from './streamedService.ts';

/** As much of a body that nobody wants as is read before the connection is cut instead. */
const MAX_UNWANTED_BYTES = 64 * 1024 * 1024;

/** The request as a streamed service takes it. Its body may be left where it is: the connection stays usable. */
export function streamedRequest(request: IncomingMessage, url: { path: string; query: string }): StreamedRequest {
  return {
    method: request.method ?? '',
    ...url,
    headers: request.headersDistinct,
    body: bodyOf(request),
    sourceIp: request.socket.remoteAddress ?? '127.0.0.1',
  };
}

/** Throws `ConnectionClosed` when the client goes away in the middle. */
async function* bodyOf(request: IncomingMessage): AsyncGenerator<Uint8Array> {
  try {
    yield* request.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>;
  } catch {
    throw new ConnectionClosed();
  }
}

/** A client that goes away in the middle is nothing to tell of; what is wrong with our stream rejects. */
export async function sendStreamed(
  request: IncomingMessage,
  response: ServerResponse,
  { statusCode, headers, body }: StreamedReply,
): Promise<void> {
  throwRestAway(request);
  response.writeHead(statusCode, headers);
  if (!(body instanceof Readable)) {
    response.end(request.method === 'HEAD' ? undefined : body);
    return;
  }
  let broken: unknown;
  body.on('error', (error) => {
    broken = error;
  });
  try {
    await pipeline(body, response);
  } catch {
    if (broken !== undefined && !response.closed) throw broken;
  }
}

/**
 * A client reads the answer only after it has sent all: were a refused upload left unread, it would wait for ever, and were
 * the connection closed, it would see a reset instead of the refusal.
 */
function throwRestAway(request: IncomingMessage): void {
  if (request.readableEnded) return;
  let bytes = 0;
  request.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > MAX_UNWANTED_BYTES) request.destroy();
  });
  request.on('error', () => undefined);
  request.resume();
}
