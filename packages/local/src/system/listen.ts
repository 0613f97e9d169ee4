import type { AddressInfo, Server } from 'node:net';

/** The port is taken; the message says which flag helps. */
export class PortInUse extends Error {
  override readonly name = 'PortInUse';
}

/** Listens on this machine alone; resolves to the port, which the system chooses for 0. */
export function listen(server: Server, port: number, flag: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(
        error.code === 'EADDRINUSE' ? new PortInUse(`Port ${port} is in use. Choose another with ${flag} N.`) : error,
      );
    });
    server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}
