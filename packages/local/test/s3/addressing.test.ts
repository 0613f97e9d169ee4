import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { beforeEach, describe, expect, it } from 'vitest';
import { openStore, put, raw, read, sendSigned, signedHeaders, type Store } from './support.ts';

let store: Store;
beforeEach(async () => {
  store = await openStore({
    aws_s3_bucket: {
      pictures: { bucket: 'pictures' },
      dotted: { bucket: 'my.pictures' },
      versions: { bucket: '2015-03-31' },
    },
  });
  await put(store, 'a/b', 'content');
});

describe('a bucket is named', () => {
  it.each([
    ['127.0.0.1', '/pictures/a/b'],
    ['localhost', '/pictures/a/b'],
    ['localhost:4001', '/pictures/a/b'],
    ['[::1]', '/pictures/a/b'],
    ['s3.localhost', '/pictures/a/b'],
    ['s3.eu-central-1.amazonaws.com', '/pictures/a/b'],
    ['s3.amazonaws.com', '/pictures/a/b'],
    ['pictures.localhost', '/a/b'],
    ['pictures.localhost:4001', '/a/b'],
    ['PICTURES.localhost', '/a/b'],
    ['pictures.s3.localhost', '/a/b'],
    ['pictures.s3.eu-central-1.amazonaws.com', '/a/b'],
    ['pictures.s3.amazonaws.com', '/a/b'],
  ])('by %s%s', async (host, path) => {
    const answer = await sendSigned(store, { path, headers: { host } });
    expect([answer.status, answer.text]).toEqual([200, 'content']);
  });

  it.each(['my.pictures.localhost', 'my.pictures.s3.eu-central-1.amazonaws.com'])('with dots by %s', async (host) => {
    await put(store, 'a', 'dotted', 'my.pictures');
    expect((await sendSigned(store, { path: '/a', headers: { host } })).text).toBe('dotted');
  });

  it.each([
    'evil.example.com',
    'pictures.s3.us-west-2.amazonaws.com',
    's3.amazonaws.com.evil.net',
    'localhost.evil.net',
  ])('by no foreign name: %s is refused before anything else', async (host) => {
    const answer = await sendSigned(store, { path: '/pictures/a/b', headers: { host } });
    expect([answer.status, answer.headers['x-amzn-errortype']]).toEqual([403, 'AccessDeniedException']);
  });

  it('by the SDK that goes by a name of this machine', async () => {
    const client = new S3Client({
      endpoint: `http://localhost:${store.port}`,
      region: 'eu-central-1',
      credentials: store.rootKey,
    });
    client.middlewareStack.add(
      (next) => (args) => {
        // `pictures.localhost` is this machine for browsers and curl; the resolver of a server need not know it.
        const request = args.request as { hostname: string };
        expect(request.hostname).toBe('pictures.localhost');
        request.hostname = '127.0.0.1';
        return next(args);
      },
      { step: 'finalizeRequest', priority: 'low' },
    );
    await client.send(new PutObjectCommand({ Bucket: 'pictures', Key: 'virtual', Body: 'x' }));
    expect(await read(store, 'virtual')).toBe('x');
    client.destroy();
  });
});

describe('what is no request for S3', () => {
  it('goes on to the other services, also where a bucket has the name of their path', async () => {
    const path = '/2015-03-31/functions';
    const headers = await signedHeaders(store, { path }, { service: 'lambda' });
    expect((await raw(store, { path, headers })).headers['x-amzn-errortype']).toBe('UnknownOperationException');
    await put(store, 'functions', 'an object', '2015-03-31');
    expect((await sendSigned(store, { path })).text).toBe('an object');
  });

  it('is told by its target, whatever the path', async () => {
    const headers = { 'x-amz-target': 'DynamoDB_20120810.GetItem' };
    const answer = await raw(store, { method: 'POST', path: '/pictures/a', headers });
    expect(answer.headers['content-type']).toBe('application/x-amz-json-1.0');
  });

  it('from a foreign page is refused, as before', async () => {
    const headers = { origin: 'https://evil.example.com', 'x-amz-target': 'DynamoDB_20120810.GetItem' };
    expect((await raw(store, { method: 'POST', headers })).status).toBe(403);
  });
});
