import { connect } from 'node:net';
import { once } from 'node:events';

/** A keep-alive connection that carries one request at a time. */
export interface Connection {
  /** Resolves with the body of the answer; rejects when its status is not 200. */
  send(request: Buffer): Promise<Buffer>;
  close(): void;
}

const END_OF_HEAD = '\r\n\r\n';

/**
 * HTTP/1.1 as far as a measurement needs it. `node:http` and `fetch` take as long over a request as the fastest server that is
 * measured, and on two processors that would be measured, too.
 */
export async function openConnection(url: URL): Promise<Connection> {
  const socket = connect({ host: url.hostname, port: Number(url.port), noDelay: true });
  await once(socket, 'connect');
  let received: Buffer = Buffer.alloc(0);
  let asked: PromiseWithResolvers<Buffer> | undefined;
  const fail = (error: Error): void => asked?.reject(error);
  socket.on('error', fail);
  socket.on('close', () => fail(new Error(`${url.origin} closed the connection`)));
  socket.on('data', (chunk) => {
    received = received.byteLength === 0 ? chunk : Buffer.concat([received, chunk]);
    const endOfHead = received.indexOf(END_OF_HEAD);
    if (endOfHead < 0) return;
    const head = received.toString('latin1', 0, endOfHead);
    const length = Number(/\r\ncontent-length: *(\d+)/i.exec(head)?.[1]);
    if (Number.isNaN(length)) return fail(new Error(`${url.origin} does not tell the length of its answer:\n${head}`));
    const start = endOfHead + END_OF_HEAD.length;
    if (received.byteLength < start + length) return;
    const body = received.subarray(start, start + length);
    received = Buffer.alloc(0);
    if (head.startsWith('HTTP/1.1 200 ')) asked?.resolve(body);
    else fail(new Error(`${url.href}: ${head.split('\r\n')[0]} ${body.toString()}`));
  });
  return {
    send(request) {
      asked = Promise.withResolvers();
      socket.write(request, (error) => error && fail(error));
      return asked.promise;
    },
    close: () => void socket.destroy(),
  };
}

/** A GraphQL request as bytes. */
export function requestOf(url: URL, token: string, body: object): Buffer {
  const text = JSON.stringify(body);
  const head = [
    `POST ${url.pathname} HTTP/1.1`,
    `host: ${url.host}`,
    'content-type: application/json',
    'accept: application/json',
    `authorization: ${token}`,
    `content-length: ${Buffer.byteLength(text)}`,
  ];
  return Buffer.from(head.join('\r\n') + END_OF_HEAD + text);
}
