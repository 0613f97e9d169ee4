import { GetObjectCommand, HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { beforeEach, describe, expect, it } from 'vitest';
import { openStore, outcome, put, roleWith, sendSigned, type Store } from './support.ts';

const Bucket = 'pictures';
const Key = 'greeting';
let store: Store;
beforeEach(async () => {
  store = await openStore();
  await put(store, Key, 'hello world');
});

describe('a range', () => {
  it.each([
    ['bytes=0-4', 206, 'hello', 'bytes 0-4/11'],
    ['bytes=6-', 206, 'world', 'bytes 6-10/11'],
    ['bytes=-3', 206, 'rld', 'bytes 8-10/11'],
    ['bytes=-99', 206, 'hello world', 'bytes 0-10/11'],
    ['bytes=8-99', 206, 'rld', 'bytes 8-10/11'],
    ['bytes=10-10', 206, 'd', 'bytes 10-10/11'],
    ['bytes=5-2', 200, 'hello world', undefined],
    ['bytes=0-1,3-4', 200, 'hello world', undefined],
    ['lines=0-1', 200, 'hello world', undefined],
    ['bytes=-', 200, 'hello world', undefined],
  ])('%s: %i %s', async (range, status, text, contentRange) => {
    const answer = await sendSigned(store, { path: `/${Bucket}/${Key}`, headers: { range } });
    expect([answer.status, answer.text, answer.headers['content-range']]).toEqual([status, text, contentRange]);
    expect(answer.headers['content-length']).toBe(String(text.length));
  });

  it.each(['bytes=11-', 'bytes=11-20', 'bytes=-0'])('%s lies behind the end', async (range) => {
    const answer = await sendSigned(store, { path: `/${Bucket}/${Key}`, headers: { range } });
    expect([answer.status, answer.code]).toEqual([416, 'InvalidRange']);
    expect(answer.text).toContain('<ActualObjectSize>11</ActualObjectSize>');
  });

  it('of an object without bytes is none', async () => {
    await put(store, 'empty', '');
    const Range = 'bytes=0-';
    expect(await outcome(store.root.send(new GetObjectCommand({ Bucket, Key: 'empty', Range })))).toBe(
      '416 InvalidRange',
    );
  });

  it('is told by HEAD as well', async () => {
    const head = await store.root.send(new HeadObjectCommand({ Bucket, Key, Range: 'bytes=0-4' }));
    expect([head.ContentLength, head.ContentRange]).toEqual([5, 'bytes 0-4/11']);
  });
});

describe('a condition', () => {
  const etag = '"5eb63bbbe01eeed093cb22bb8f5acdc3"';
  const before = 'Sun, 22 Nov 2026 10:29:59 GMT';
  const at = 'Sun, 22 Nov 2026 10:30:00 GMT';

  it.each<[Record<string, string>, number]>([
    [{ 'if-match': etag }, 200],
    [{ 'if-match': '"other"' }, 412],
    [{ 'if-match': `"other", ${etag}` }, 200],
    [{ 'if-none-match': etag }, 304],
    [{ 'if-none-match': `W/${etag}` }, 304],
    [{ 'if-none-match': '*' }, 304],
    [{ 'if-none-match': '"other"' }, 200],
    [{ 'if-modified-since': at }, 304],
    [{ 'if-modified-since': before }, 200],
    [{ 'if-unmodified-since': at }, 200],
    [{ 'if-unmodified-since': before }, 412],
    [{ 'if-match': etag, 'if-unmodified-since': before }, 200],
    [{ 'if-none-match': '"other"', 'if-modified-since': at }, 200],
    [{ 'if-modified-since': 'yesterday' }, 200],
  ])('%j: %i', async (headers, status) => {
    const answer = await sendSigned(store, { path: `/${Bucket}/${Key}`, headers });
    expect(answer.status).toBe(status);
    if (status === 200) expect(answer.text).toBe('hello world');
    if (status === 304) expect([answer.text, answer.headers.etag]).toEqual(['', etag]);
    if (status === 412) expect(answer.code).toBe('PreconditionFailed');
  });
});

describe('what is answered instead of what was kept', () => {
  it('is for whoever signs', async () => {
    const found = await store.root.send(
      new GetObjectCommand({
        Bucket,
        Key,
        ResponseContentType: 'text/markdown',
        ResponseContentDisposition: 'attachment; filename="a b.md"',
        ResponseCacheControl: 'no-cache',
      }),
    );
    expect(found).toMatchObject({
      ContentType: 'text/markdown',
      ContentDisposition: 'attachment; filename="a b.md"',
      CacheControl: 'no-cache',
    });
  });

  it('cannot begin another header', async () => {
    const path = `/${Bucket}/${Key}?response-content-type=text%2Fhtml%0D%0ASet-Cookie%3A%20a%3Db`;
    const answer = await sendSigned(store, { path });
    expect([answer.status, answer.code, answer.headers['set-cookie']]).toEqual([400, 'InvalidArgument', undefined]);
  });
});

describe('what is not there', () => {
  const list = { Effect: 'Allow', Action: 's3:ListBucket', Resource: 'arn:aws:s3:::pictures' };
  const read = { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::pictures/*' };
  const missing = () => new GetObjectCommand({ Bucket, Key: 'missing' });

  it('is told to who may list, and is forbidden to others', async () => {
    await store.apply(roleWith('reader', read));
    expect(await outcome(store.as('reader').send(missing()))).toBe('403 AccessDenied');
    await store.apply(roleWith('reader', read, list));
    expect(await outcome(store.as('reader').send(missing()))).toBe('404 NoSuchKey');
  });

  it('has no body in an answer to HEAD', async () => {
    expect(await outcome(store.root.send(new HeadObjectCommand({ Bucket, Key: 'missing' })))).toBe('404 NotFound');
    const head = await sendSigned(store, { method: 'HEAD', path: `/${Bucket}/missing` });
    expect([head.status, head.text]).toEqual([404, '']);
  });

  it('may be a bucket', async () => {
    const answer = await sendSigned(store, { path: '/no-such-bucket/a' });
    expect([answer.status, answer.code]).toEqual([404, 'NoSuchBucket']);
    expect(answer.text).toContain('<BucketName>no-such-bucket</BucketName>');
    expect(answer.headers['content-type']).toBe('application/xml');
  });
});

describe('an answer', () => {
  it('is that of S3, without what the port says of other services', async () => {
    const { headers } = await sendSigned(store, {
      path: `/${Bucket}/${Key}`,
      headers: { origin: 'http://localhost:3000' },
    });
    expect(Object.keys(headers).sort()).toEqual([
      'accept-ranges',
      'connection',
      'content-length',
      'content-type',
      'date',
      'etag',
      'keep-alive',
      'last-modified',
      'server',
      'x-amz-id-2',
      'x-amz-request-id',
      'x-amz-server-side-encryption',
    ]);
  });

  it('is the object as it was when the request began, also when it is replaced meanwhile', async () => {
    const large = 'a'.repeat(4_000_000);
    await put(store, 'large', large);
    const { Body } = await store.root.send(new GetObjectCommand({ Bucket, Key: 'large' }));
    await store.root.send(new PutObjectCommand({ Bucket, Key: 'large', Body: 'b' }));
    expect(await Body?.transformToString()).toBe(large);
  });
});
