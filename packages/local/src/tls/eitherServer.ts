import { createServer as createHttpServer, type IncomingMessage, type RequestListener } from 'node:http';
import { createServer as createHttpsServer, type Server as HttpsServer } from 'node:https';
import { createServer, type Server, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Certificates } from './certificates.ts';

export type UpgradeListener = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

/** HTTP and HTTPS on one port. */
export interface EitherServer {
  readonly server: Server;
  onUpgrade(listener: UpgradeListener): void;
  /** Ends all connections. */
  close(): Promise<void>;
}

/** The first byte of a TLS connection: a record of the type handshake. https://www.rfc-editor.org/rfc/rfc8446#section-5.1 */
const TLS_HANDSHAKE = 22;

/**
 * Clients that make `wss:` of whatever address they are given, as aws-amplify does, reach the same port as those that speak plain
 * HTTP: what a connection begins with tells which it is. The certificates are asked for by the first that is encrypted.
 */
export function createEitherServer(certificates: () => Certificates, onRequest: RequestListener): EitherServer {
  const plain = createHttpServer(onRequest);
  let encrypted: HttpsServer | undefined;
  let onUpgrade: UpgradeListener = (_request, socket) => socket.destroy();
  plain.on('upgrade', (...upgrade) => onUpgrade(...upgrade));
  const encryptedServer = (): HttpsServer => {
    const { key, certificate, authority } = certificates();
    const server = createHttpsServer({ key, cert: `${certificate}\n${authority}` }, onRequest);
    // A client that does not trust the authority ends the handshake: its own error says so.
    server.on('tlsClientError', () => undefined);
    server.on('upgrade', (...upgrade) => onUpgrade(...upgrade));
    return server;
  };
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    // Connections that end before a byte was read.
    socket.on('error', () => socket.destroy());
    socket.once('readable', () => {
      const first = socket.read(1) as Buffer | null;
      if (first === null) return;
      socket.unshift(first);
      (first[0] === TLS_HANDSHAKE ? (encrypted ??= encryptedServer()) : plain).emit('connection', socket);
    });
  });
  return {
    server,
    onUpgrade: (listener) => {
      onUpgrade = listener;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
