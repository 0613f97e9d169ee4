import { Socket } from 'node:net';

const LOOPBACK = /^(localhost|.+\.localhost|127\.\d+\.\d+\.\d+|::1)$/;

/**
 * Lets connections reach this machine only. On AWS a handler talks to AWS services, and those answer at
 * `AWS_ENDPOINT_URL`; whatever else it would reach from a laptop (production, by mistake) is refused.
 */
export function refuseOutboundConnections(): void {
  const connect = Socket.prototype.connect;
  Socket.prototype.connect = function (this: Socket, ...parameters: unknown[]) {
    const host = hostOf(parameters);
    if (!LOOPBACK.test(host)) {
      const message = `Connection to ${host} refused: functions on this machine reach only this machine`;
      this.destroy(Object.assign(new Error(message), { code: 'ECONNREFUSED' }));
      return this;
    }
    return Reflect.apply(connect, this, parameters) as Socket;
  } as typeof connect;
}

/** `connect` takes (options), (port, host), (path), and from `net.connect` one array of these. */
function hostOf(parameters: readonly unknown[]): string {
  const [first, second] = Array.isArray(parameters[0]) ? (parameters[0] as unknown[]) : parameters;
  if (typeof first !== 'object' || first === null) return typeof second === 'string' ? second : 'localhost';
  const host = 'host' in first ? first.host : undefined;
  return typeof host === 'string' ? host : 'localhost';
}
