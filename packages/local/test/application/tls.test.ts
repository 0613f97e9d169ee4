import { X509Certificate } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { request } from 'node:https';
import { connect, isIP } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { IncomingMessage } from 'node:http';
import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type { LocalSystem } from '../../src/index.ts';
import { startGreenhouse, temporaryFolder } from './start.ts';

const portOf = ({ url }: LocalSystem): number => Number(new URL(url).port);

/** Over TLS, with the authority that the system tells of. */
async function encrypted(
  system: LocalSystem,
  path: string,
  options: { readonly ca?: string; readonly host?: string; readonly headers?: Record<string, string> } = {},
): Promise<{ readonly status: number | undefined; readonly body: string }> {
  const { ca = system.certificateAuthority, host = 'localhost', headers = {} } = options;
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const servername = isIP(host) === 0 ? host : '';
    request({ host: '127.0.0.1', servername, port: portOf(system), path, ca, headers }, resolve)
      .on('error', reject)
      .end();
  });
  return { status: response.statusCode, body: await text(response) };
}

test('the same port speaks HTTP and HTTPS', async () => {
  const { system } = await startGreenhouse();
  const plain = await fetch(`${system.url}/config.json`);
  const { status, body } = await encrypted(system, '/config.json', {
    headers: { host: `localhost:${portOf(system)}` },
  });
  expect(status).toBe(200);
  expect(JSON.parse(body)).toEqual(await plain.json());
});

test.each(['localhost', 'd1.cloudfront.localhost', '127.0.0.1'])('the certificate is for %s', async (host) => {
  const { system } = await startGreenhouse();
  const { body } = await encrypted(system, '/ca.pem', { host, headers: { host: 'localhost' } });
  expect(body).toBe(system.certificateAuthority);
});

test('it is for no other name', async () => {
  const { system } = await startGreenhouse();
  const reached = encrypted(system, '/ca.pem', { host: 'example.com', headers: { host: 'localhost' } });
  await expect(reached).rejects.toThrow('altnames');
});

test('nobody trusts it who was not told to, and the authority has signed it alone', async () => {
  const { system } = await startGreenhouse();
  await expect(encrypted(system, '/ca.pem', { ca: '' })).rejects.toThrow();
  const authority = new X509Certificate(system.certificateAuthority);
  expect(authority.ca).toBe(true);
  expect(authority.checkIssued(authority)).toBe(true);
  const days = (Date.parse(authority.validTo) - Date.parse(authority.validFrom)) / 86_400_000;
  expect(Math.round(days)).toBe(825);
});

test('a page of another origin is refused over TLS, too', async () => {
  const { system } = await startGreenhouse();
  const headers = { host: 'localhost', origin: 'https://evil.example' };
  expect(await encrypted(system, '/graphql', { headers })).toMatchObject({ status: 403 });
  expect(await encrypted(system, '/config.json', { headers: { host: 'evil.example' } })).toMatchObject({ status: 403 });
});

test('subscriptions connect by wss:', async () => {
  const { system } = await startGreenhouse();
  const header = Buffer.from(JSON.stringify({ host: 'localhost', 'x-api-key': system.configuration?.apiKey }));
  const url = `wss://localhost:${portOf(system)}/graphql/realtime`;
  const socket = new WebSocket(url, ['graphql-ws', `header-${header.toString('base64url')}`], {
    ca: system.certificateAuthority,
  });
  const frame = new Promise((resolve, reject) => {
    socket.on('open', () => socket.send('{"type":"connection_init"}'));
    socket.on('message', (data: Buffer) => resolve(JSON.parse(data.toString())));
    socket.on('error', reject);
  });
  expect(await frame).toEqual({ type: 'connection_ack', payload: { connectionTimeoutMs: 300_000 } });
  socket.close();
});

test('a connection that begins with neither, or ends at once, harms nobody', async () => {
  const { system } = await startGreenhouse();
  for (const bytes of [Buffer.from([22, 3, 1, 0, 0]), Buffer.from([0, 0]), Buffer.alloc(0)]) {
    await new Promise<void>((resolve) => {
      const socket = connect(portOf(system), '127.0.0.1', () => socket.end(bytes));
      socket.on('close', () => resolve()).on('error', () => undefined);
      socket.resume();
    });
  }
  expect((await fetch(`${system.url}/config.json`)).status).toBe(200);
});

test('a data folder keeps its certificate, and its key from others', async () => {
  const dataDirectory = await temporaryFolder('tls-');
  const first = await startGreenhouse(undefined, { dataDirectory });
  await first.stop();
  const second = await startGreenhouse(undefined, { dataDirectory });
  expect(second.system.certificateAuthority).toBe(first.system.certificateAuthority);
  expect(await readFile(join(dataDirectory, 'ca.pem'), 'utf8')).toBe(first.system.certificateAuthority);
  expect((await stat(join(dataDirectory, 'tls.json'))).mode & 0o777).toBe(0o600);
});
