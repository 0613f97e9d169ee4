import type { World } from './world.ts';

const base64url = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/**
 * Subscribes as the viewer and hangs up. Resolves with the server's `start_ack`.
 * https://docs.aws.amazon.com/appsync/latest/devguide/real-time-websocket-client.html
 */
export async function subscribe(world: World, query: string, variables: object): Promise<string> {
  const authorization = { host: new URL(world.endpoint).host, ...world.callers.viewer };
  const socket = new WebSocket(world.realtimeUrl, ['graphql-ws', `header-${base64url(authorization)}`]);
  const acknowledged = Promise.withResolvers<string>();
  socket.addEventListener('error', () => acknowledged.reject(new Error(`no connection to ${world.realtimeUrl}`)));
  socket.addEventListener('open', () => socket.send('{"type":"connection_init"}'));
  socket.addEventListener('message', ({ data }) => {
    const frame = String(data);
    const { type } = JSON.parse(frame) as { type: string };
    if (type === 'connection_ack') {
      const payload = { data: JSON.stringify({ query, variables }), extensions: { authorization } };
      socket.send(JSON.stringify({ type: 'start', id: '1', payload }));
    }
    if (type === 'start_ack') acknowledged.resolve(frame);
    if (type.endsWith('error')) acknowledged.reject(new Error(`the subscription was refused: ${frame}`));
  });
  try {
    return await acknowledged.promise;
  } finally {
    socket.close();
  }
}
