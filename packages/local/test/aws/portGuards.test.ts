import { connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createAwsPort } from '../../src/aws/port.ts';
import { systemClock } from '../../src/clock.ts';
import { seededRandom } from '../../src/random.ts';
import {
  fakeDynamoDb,
  fakeService,
  REGION,
  send,
  sendSigned,
  startPort,
  testCredentials,
  type FakeService,
  type RunningPort,
} from './support.ts';

let running: RunningPort | undefined;
afterEach(async () => {
  await running?.close();
  running = undefined;
});

async function start(...parameters: Parameters<typeof startPort>): Promise<number> {
  running = await startPort(...parameters);
  return running.port;
}

const cognito = (): FakeService => fakeService('cognito-idp', () => ({ ok: true }), ['SignUp']);
const SIGN_UP = {
  'x-amz-target': 'AWSCognitoIdentityProviderService.SignUp',
  'content-type': 'application/x-amz-json-1.1',
};
const GET_ITEM = { 'x-amz-target': 'DynamoDB_20120810.GetItem' };

describe('the Host header', () => {
  it.each([
    'localhost',
    'localhost:4001',
    'LOCALHOST:4001',
    '127.0.0.1:4001',
    '[::1]:4001',
    'app.localhost:4001',
    'cognito-idp.ap-northeast-1.amazonaws.com',
    'my.test',
  ])('may be %s', async (host) => {
    const port = await start([cognito()], { allowedHosts: ['my.test'] });
    expect((await send(port, { headers: { ...SIGN_UP, host }, body: '{}' })).status).toBe(200);
  });

  it.each([
    'evil.example',
    'localhost.evil.example',
    'evil.example:4001',
    'localhost.',
    'localhost@evil.example',
    'localhost, evil.example',
    '127.0.0.2',
    '0.0.0.0',
    'cognito-idp.us-east-1.amazonaws.com',
    's3.ap-northeast-1.amazonaws.com',
  ])('may not be %j', async (host) => {
    const service = cognito();
    const port = await start([service]);
    const reply = await send(port, { headers: { ...SIGN_UP, host }, body: '{}' });
    expect(reply.status).toBe(403);
    expect(reply.headers['access-control-allow-origin']).toBeUndefined();
    expect(service.calls).toEqual([]);
  });
});

describe('a request with two Host headers', () => {
  it('is refused, whichever of them is ours', async () => {
    const service = cognito();
    const port = await start([service]);
    const answer = await new Promise<string>((resolve) => {
      const socket = connect(port, '127.0.0.1');
      let text = '';
      socket.on('data', (chunk) => (text += chunk.toString()));
      socket.on('close', () => resolve(text));
      const target = 'x-amz-target: AWSCognitoIdentityProviderService.SignUp';
      socket.write(
        `POST / HTTP/1.1\r\nhost: localhost\r\nhost: evil.example\r\n${target}\r\ncontent-length: 2\r\n\r\n{}`,
      );
    });
    expect(answer).toMatch(/^HTTP\/1\.1 403 /);
    expect(service.calls).toEqual([]);
  });
});

describe('the Origin header', () => {
  it.each(['http://localhost:3000', 'http://127.0.0.1', 'https://app.localhost:5173', 'http://[::1]:8080'])(
    'may be %s, which may read the answer',
    async (origin) => {
      const port = await start([cognito()]);
      const reply = await send(port, { headers: { ...SIGN_UP, origin }, body: '{}' });
      expect(reply).toMatchObject({ status: 200, headers: { 'access-control-allow-origin': origin, vary: 'Origin' } });
    },
  );

  it.each([
    'https://evil.example',
    'http://localhost.evil.example',
    'null',
    'http://localhost:3000/',
    'file://',
    'http://evil.example#localhost',
  ])('may not be %s', async (origin) => {
    const service = cognito();
    const port = await start([service]);
    for (const method of ['POST', 'OPTIONS']) {
      const reply = await send(port, { method, headers: { ...SIGN_UP, origin }, body: '{}' });
      expect(reply.status).toBe(403);
      expect(reply.headers['access-control-allow-origin']).toBeUndefined();
    }
    expect(service.calls).toEqual([]);
  });

  it('may be one of a list only, when there is one, and the list only has origins of this machine', async () => {
    const port = await start([cognito()], { allowedOrigins: ['http://localhost:3000'] });
    const status = async (origin: string): Promise<number> =>
      (await send(port, { headers: { ...SIGN_UP, origin }, body: '{}' })).status;
    expect(await status('http://localhost:3000')).toBe(200);
    expect(await status('http://localhost:3001')).toBe(403);
    expect(() =>
      createAwsPort({
        services: [],
        credentials: testCredentials(),
        authorizer: { authorize: () => undefined },
        region: REGION,
        wallClock: systemClock,
        random: seededRandom('x'),
        allowedOrigins: ['https://example.com'],
      }),
    ).toThrow('https://example.com is not an origin of this machine');
  });

  it('does not stand in for a signature', async () => {
    const dynamodb = fakeDynamoDb();
    const port = await start([dynamodb]);
    const reply = await send(port, { headers: { ...GET_ITEM, origin: 'http://localhost:3000' }, body: '{}' });
    expect(reply.status).toBe(400);
    expect(dynamodb.calls).toEqual([]);
  });

  it('is answered before a request with the headers that the browser wants to send', async () => {
    const port = await start([cognito()]);
    const headers = {
      origin: 'http://localhost:3000',
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'content-type,x-amz-target,x-amz-user-agent,amz-sdk-request',
    };
    const reply = await send(port, { method: 'OPTIONS', headers });
    expect(reply).toMatchObject({
      status: 200,
      text: '',
      headers: {
        'access-control-allow-origin': 'http://localhost:3000',
        'access-control-allow-headers': 'content-type,x-amz-target,x-amz-user-agent,amz-sdk-request',
        'access-control-allow-methods': 'GET, POST, OPTIONS',
      },
    });
  });
});

describe('the body', () => {
  it('is limited in bytes, not in characters', async () => {
    const service = cognito();
    const port = await start([service], { maximumBodyBytes: 20 });
    const body = (text: string): string => JSON.stringify({ a: text });
    expect((await send(port, { headers: SIGN_UP, body: body('ああああ') })).status).toBe(200);
    const reply = await send(port, { headers: SIGN_UP, body: body('あああああ') });
    expect(reply.status).toBe(413);
    expect(JSON.parse(reply.text)).toEqual({ message: 'The request has 23 bytes; the limit is 20' });
    expect(service.calls).toHaveLength(1);
  });

  it('ends the connection when it goes on far beyond the limit, and others are served', async () => {
    const port = await start([cognito()], { maximumBodyBytes: 1000 });
    await new Promise<void>((resolve) => {
      const socket = connect(port, '127.0.0.1');
      socket.on('error', () => undefined);
      socket.on('close', () => resolve());
      socket.write(`POST / HTTP/1.1\r\nhost: localhost\r\ncontent-length: 100000000\r\n\r\n`);
      socket.write('x'.repeat(10_000));
    });
    expect((await send(port, { headers: SIGN_UP, body: '{}' })).status).toBe(200);
  });

  it('may be cut off by the client without harm', async () => {
    const port = await start([cognito()]);
    await new Promise<void>((resolve) => {
      const socket = connect(port, '127.0.0.1');
      socket.on('close', () => resolve());
      socket.write(`POST / HTTP/1.1\r\nhost: localhost\r\ncontent-length: 100\r\n\r\nhalf`, () => socket.destroy());
    });
    expect((await send(port, { headers: SIGN_UP, body: '{}' })).status).toBe(200);
    expect(running?.defects).toEqual([]);
  });

  it.each([
    ['no JSON', '{', 'not valid JSON'],
    ['no object', '[]', 'must be a JSON object'],
    ['no UTF-8', Buffer.from([0x7b, 0xff, 0x7d]), 'not valid UTF-8'],
    ['nested without end', '['.repeat(100_000), 'nested deeper than 256 levels'],
    ['nested in members', `${'{"a":'.repeat(300)}1${'}'.repeat(300)}`, 'nested deeper than 256 levels'],
  ])('is refused when it is %s', async (_what, body, message) => {
    const port = await start([cognito()]);
    const reply = await send(port, { headers: SIGN_UP, body });
    expect(reply.status).toBe(400);
    expect(JSON.parse(reply.text)).toEqual({
      __type: 'SerializationException',
      message: expect.stringContaining(message),
    });
  });

  it('may hold many brackets and quotes inside its strings', async () => {
    const service = cognito();
    const port = await start([service]);
    const input = { a: `${'[{"\\'.repeat(1000)}` };
    expect((await send(port, { headers: SIGN_UP, body: JSON.stringify(input) })).status).toBe(200);
    expect(service.calls[0]?.input).toEqual(input);
  });

  it('cannot reach the prototype of objects', async () => {
    const service = cognito();
    const port = await start([service]);
    await send(port, { headers: SIGN_UP, body: '{"__proto__":{"polluted":true}}' });
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
    expect(Object.hasOwn(service.calls[0]!.input, '__proto__')).toBe(true);
  });

  it('is refused compressed', async () => {
    const port = await start([cognito()]);
    const headers = { ...SIGN_UP, 'content-encoding': 'gzip' };
    expect((await send(port, { headers, body: 'x' })).status).toBe(415);
  });
});

describe('what is no operation', () => {
  it.each([
    ['a target of no service', { 'x-amz-target': 'Kinesis_20131202.PutRecord' }, '/', 400],
    ['a target of Object', { 'x-amz-target': '__proto__.toString' }, '/', 400],
    ['a target without a dot', { 'x-amz-target': 'GetItem' }, '/', 400],
    ['a path of no service', {}, '/2020-01-01/other', 404],
    ['a path that is no path', {}, '*', 400],
    ['a path with malformed encoding', {}, '/2015-03-31/functions/%E0%A4%A/invocations', 400],
    ['a service that is not there', { 'x-amz-target': 'DynamoDB_20120810.GetItem' }, '/', 404],
  ])('is refused: %s', async (_what, headers, path, status) => {
    const port = await start([cognito()]);
    const reply = await sendSigned(port, { headers: { ...headers }, path: path === '*' ? '/' : path, body: '{}' });
    const raw = path === '*' ? await send(port, { method: 'OPTIONS', path, headers }) : reply;
    expect(raw.status).toBe(status);
    expect(running?.defects).toEqual([]);
  });
});
