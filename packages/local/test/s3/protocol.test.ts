import { Agent, request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import {
  CreateBucketCommand,
  DeleteBucketCommand,
  GetBucketCorsCommand,
  GetBucketLocationCommand,
  GetObjectAclCommand,
  GetObjectTaggingCommand,
  HeadBucketCommand,
  ListBucketsCommand,
  PutBucketPolicyCommand,
  PutObjectAclCommand,
  PutObjectTaggingCommand,
  UploadPartCopyCommand,
} from '@aws-sdk/client-s3';
import { beforeEach, describe, expect, it } from 'vitest';
import { filesOf, openStore, outcome, put, raw, read, sendSigned, signedHeaders, type Store } from './support.ts';

const target = { Bucket: 'pictures', Key: 'a' };
let store: Store;
beforeEach(async () => {
  store = await openStore();
  await put(store, 'a', 'content');
});

describe('buckets', () => {
  it('are those of the Terraform', async () => {
    const { Buckets } = await store.root.send(new ListBucketsCommand({}));
    expect(Buckets?.map(({ Name }) => Name)).toEqual(['pictures']);
    expect(await store.root.send(new HeadBucketCommand({ Bucket: 'pictures' }))).toMatchObject({
      BucketRegion: 'eu-central-1',
    });
    expect(await outcome(store.root.send(new HeadBucketCommand({ Bucket: 'no-such-bucket' })))).toBe('404 NotFound');
    const { LocationConstraint } = await store.root.send(new GetBucketLocationCommand({ Bucket: 'pictures' }));
    expect(LocationConstraint).toBe('eu-central-1');
  });

  it.each(['Pictures', 'ab', 'a..b', '192.168.0.1', 'pictures-', '-pictures', 'a'.repeat(64)])(
    'are not called %s',
    async (name) => {
      const answer = await sendSigned(store, { path: `/${name}/a` });
      expect([answer.status, answer.code]).toEqual([400, 'InvalidBucketName']);
    },
  );
});

describe('what S3 has and this does not', () => {
  it.each([
    ['CreateBucket', new CreateBucketCommand({ Bucket: 'another' }), '404 NoSuchBucket'],
    ['CreateBucket of one that there is', new CreateBucketCommand({ Bucket: 'pictures' }), '501 NotImplemented'],
    ['DeleteBucket', new DeleteBucketCommand({ Bucket: 'pictures' }), '501 NotImplemented'],
    ['GetBucketCors', new GetBucketCorsCommand({ Bucket: 'pictures' }), '501 NotImplemented'],
    ['PutBucketPolicy', new PutBucketPolicyCommand({ Bucket: 'pictures', Policy: '{}' }), '501 NotImplemented'],
    ['PutObjectTagging', new PutObjectTaggingCommand({ ...target, Tagging: { TagSet: [] } }), '501 NotImplemented'],
    ['GetObjectTagging', new GetObjectTaggingCommand(target), '501 NotImplemented'],
    ['GetObjectAcl', new GetObjectAclCommand(target), '501 NotImplemented'],
    ['PutObjectAcl', new PutObjectAclCommand({ ...target, ACL: 'public-read' }), '501 NotImplemented'],
    [
      'UploadPartCopy',
      new UploadPartCopyCommand({ ...target, UploadId: 'x', PartNumber: 1, CopySource: 'pictures/a' }),
      '501 NotImplemented',
    ],
  ])('is refused and changes nothing: %s', async (_, command, expected) => {
    expect(await outcome(store.root.send(command as never))).toBe(expected);
    expect(await read(store, 'a')).toBe('content');
  });

  it.each([
    ['PATCH', '/pictures/a', 405, 'MethodNotAllowed'],
    ['POST', '/pictures/a', 405, 'MethodNotAllowed'],
    ['DELETE', '/', 405, 'MethodNotAllowed'],
  ])('%s %s', async (method, path, status, code) => {
    const answer = await sendSigned(store, { method, path });
    expect([answer.status, answer.code]).toEqual([status, code]);
  });
});

describe('a client', () => {
  it('that goes away in the middle of an upload leaves nothing behind', async () => {
    const path = '/pictures/b';
    const request = { method: 'PUT', path, headers: { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' } };
    const headers = { ...(await signedHeaders(store, request)), 'content-length': '1000000' };
    const upload = httpRequest({ port: store.port, ...request, headers });
    upload.on('error', () => undefined);
    upload.write(Buffer.alloc(500_000));
    await expect.poll(() => filesOf(store)).toBe(2);
    upload.destroy();
    await expect.poll(() => filesOf(store)).toBe(1);
    expect(store.lines).toEqual([]);
  });

  it('that goes away in the middle of an answer harms nobody', async () => {
    await put(store, 'large', 'a'.repeat(20_000_000));
    const headers = await signedHeaders(store, { path: '/pictures/large' });
    const download = httpRequest({ port: store.port, path: '/pictures/large', headers });
    download.on('error', () => undefined);
    download.end();
    await new Promise<void>((resolve) => {
      download.on('response', (response) => {
        response.once('data', () => {
          response.on('error', () => undefined);
          download.destroy();
          resolve();
        });
      });
    });
    expect((await sendSigned(store, { path: '/pictures/a' })).text).toBe('content');
    expect(store.lines).toEqual([]);
  });

  it('that is refused reads why, however much it was sending', async () => {
    const answer = await raw(store, { method: 'PUT', path: '/pictures/b', body: Buffer.alloc(5_000_000) });
    expect([answer.status, answer.code]).toEqual([403, 'AccessDenied']);
  });

  it('may use its connection again after it was refused', async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const ports = new Set<number | undefined>();
    for (const size of [200_000, 0]) {
      await new Promise<void>((resolve) => {
        const sent = httpRequest({ port: store.port, method: 'PUT', path: '/pictures/b', agent }, (response) => {
          ports.add(response.socket.localPort);
          response.resume().on('end', resolve);
        });
        sent.end(Buffer.alloc(size));
      });
    }
    agent.destroy();
    expect(ports.size).toBe(1);
  });

  it.each([
    'GET http://127.0.0.1/pictures/a HTTP/1.1\r\nHost: localhost\r\n\r\n',
    'GET /pictures/%zz HTTP/1.1\r\nHost: localhost\r\n\r\n',
    'GET /pictures/a?%zz HTTP/1.1\r\nHost: localhost\r\n\r\n',
    'PUT /pictures/a HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n',
    'POST /pictures HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; boundary=\r\nContent-Length: 1\r\n\r\nx',
    'GET /pictures/a HTTP/1.1\r\nHost: localhost\r\nRange: bytes=99999999999999999999-\r\n\r\n',
    'GET /pictures/a HTTP/1.1\r\nHost: localhost\r\n__proto__: x\r\nconstructor: y\r\n\r\n',
  ])('that sends %j is answered, or cut off, and the next one served', async (text) => {
    await new Promise<void>((resolve) => {
      const socket = connect(store.port, '127.0.0.1', () => socket.end(text));
      socket.on('close', () => resolve());
      socket.on('error', () => undefined);
      socket.resume();
    });
    expect((await sendSigned(store, { path: '/pictures/a' })).text).toBe('content');
    expect(store.lines).toEqual([]);
  });

  it('that sends a body without saying how long is refused', async () => {
    const headers = {
      ...(await signedHeaders(store, { method: 'PUT', path: '/pictures/b' })),
      'transfer-encoding': 'chunked',
    };
    const status = await new Promise<number | undefined>((resolve) => {
      const sent = httpRequest({ port: store.port, method: 'PUT', path: '/pictures/b', headers }, (response) => {
        response.resume();
        resolve(response.statusCode);
      });
      sent.end('x');
    });
    expect(status).toBe(501);
  });
});
