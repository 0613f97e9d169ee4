import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { type IncomingMessage, request as httpRequest, type RequestOptions } from 'node:http';
import { GetObjectCommand, HeadObjectCommand, PutObjectCommand, type PutObjectCommandInput } from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { filesOf, openStore, outcome, put, raw, read, sendSigned, signedHeaders } from './support.ts';

const target = { Bucket: 'pictures', Key: 'cats/ねこ 1.txt' };
const MIAOW_MD5 = 'd52cc7e73b4bd32c49ef6e911bcc18e9';

describe('PutObject', () => {
  it('is read back with its type, headers and metadata, dated by the local clock', async () => {
    const { root } = await openStore();
    const written = await root.send(
      new PutObjectCommand({
        ...target,
        Body: 'miaow',
        ContentType: 'text/plain; charset=utf-8',
        CacheControl: 'max-age=60',
        ContentDisposition: 'inline',
        ContentLanguage: 'ja',
        Metadata: { owner: 'sei', 'Alt-Text': 'a cat' },
      }),
    );
    expect(written).toMatchObject({ ETag: `"${MIAOW_MD5}"`, ServerSideEncryption: 'AES256' });
    const found = await root.send(new GetObjectCommand(target));
    expect(await found.Body?.transformToString()).toBe('miaow');
    expect(found).toMatchObject({
      ETag: written.ETag,
      ContentLength: 5,
      ContentType: 'text/plain; charset=utf-8',
      CacheControl: 'max-age=60',
      ContentDisposition: 'inline',
      ContentLanguage: 'ja',
      Metadata: { owner: 'sei', 'alt-text': 'a cat' },
      LastModified: new Date('2026-11-22T10:30:00Z'),
      AcceptRanges: 'bytes',
    });
    expect(await root.send(new HeadObjectCommand(target))).toMatchObject({ ContentLength: 5, ETag: written.ETag });
  });

  it('takes nothing at all for an object of no bytes, and keeps no file for it', async () => {
    const store = await openStore();
    expect(await put(store, 'empty', '')).toBe('d41d8cd98f00b204e9800998ecf8427e');
    const found = await store.root.send(new GetObjectCommand({ Bucket: 'pictures', Key: 'empty' }));
    expect([found.ContentLength, await found.Body?.transformToString()]).toEqual([0, '']);
    await expect.poll(() => filesOf(store)).toBe(0);
  });

  it('replaces what was there, with its headers, and keeps one file', async () => {
    const store = await openStore();
    await store.root.send(new PutObjectCommand({ ...target, Body: 'first', Metadata: { a: '1' } }));
    await store.root.send(new PutObjectCommand({ ...target, Body: 'second' }));
    const found = await store.root.send(new GetObjectCommand(target));
    expect([await found.Body?.transformToString(), found.Metadata, found.ContentType]).toEqual([
      'second',
      {},
      'application/octet-stream',
    ]);
    await expect.poll(() => filesOf(store)).toBe(1);
  });

  it('of many writers at once one wins, and nothing of the others is left', async () => {
    const store = await openStore();
    const bodies = Array.from({ length: 20 }, (_, number) => `writer ${number}`);
    await Promise.all(bodies.map((body) => put(store, 'contended', body)));
    expect(bodies).toContain(await read(store, 'contended'));
    await expect.poll(() => filesOf(store)).toBe(1);
  });
});

describe('a conditional PutObject', () => {
  it('with If-None-Match writes once', async () => {
    const store = await openStore();
    const once = (Body: string) => store.root.send(new PutObjectCommand({ ...target, Body, IfNoneMatch: '*' }));
    expect(await outcome(once('first'))).toBe('200');
    expect(await outcome(once('second'))).toBe('412 PreconditionFailed');
    expect(await read(store, target.Key)).toBe('first');
  });

  it('with If-None-Match lets one of many writers through', async () => {
    const { root } = await openStore();
    const outcomes = await Promise.all(
      Array.from({ length: 12 }, (_, number) =>
        outcome(root.send(new PutObjectCommand({ ...target, Body: `${number}`, IfNoneMatch: '*' }))),
      ),
    );
    expect(outcomes.sort()).toEqual(['200', ...Array.from({ length: 11 }, () => '412 PreconditionFailed')]);
  });

  it('with If-Match writes over that content only, and over nothing not at all', async () => {
    const store = await openStore();
    const over = (Body: string, IfMatch: string) => store.root.send(new PutObjectCommand({ ...target, Body, IfMatch }));
    expect(await outcome(over('first', '"0"'))).toBe('404 NoSuchKey');
    const etag = await put(store, target.Key, 'first');
    expect(await outcome(over('second', '"0"'))).toBe('412 PreconditionFailed');
    expect(await outcome(over('second', `"${etag}"`))).toBe('200');
    expect(await read(store, target.Key)).toBe('second');
  });

  it('with If-None-Match of an ETag is not what S3 knows', async () => {
    const { root } = await openStore();
    const some = root.send(new PutObjectCommand({ ...target, Body: 'x', IfNoneMatch: '"abc"' }));
    expect(await outcome(some)).toBe('501 NotImplemented');
  });
});

describe('what is said of the body', () => {
  const md5 = (text: string): string => createHash('md5').update(text).digest('base64');

  it.each(['CRC32', 'CRC32C', 'CRC64NVME', 'SHA1', 'SHA256'] as const)(
    'by %s is verified by the SDK on both ways',
    async (ChecksumAlgorithm) => {
      const { root } = await openStore();
      const written = await root.send(new PutObjectCommand({ ...target, Body: '123456789', ChecksumAlgorithm }));
      const found = await root.send(new GetObjectCommand({ ...target, ChecksumMode: 'ENABLED' }));
      expect(await found.Body?.transformToString()).toBe('123456789');
      const known = {
        CRC32: 'y/Q5Jg==',
        CRC32C: '4waSgw==',
        CRC64NVME: 'rosUhgp5mIg=',
        SHA1: '98O8HYCOBHMq32eZZczDTKeuNEE=',
        SHA256: 'FeKw08M4keuw8e9gnsQZQgwg4yDOlMZfvIwzEkSOsiU=',
      };
      const member = `Checksum${ChecksumAlgorithm}` as const;
      expect([written[member], found[member]]).toEqual([known[ChecksumAlgorithm], known[ChecksumAlgorithm]]);
    },
  );

  it.each<[string, Partial<PutObjectCommandInput>, string]>([
    ['a right Content-MD5', { ContentMD5: md5('miaow') }, '200'],
    ['a wrong Content-MD5', { ContentMD5: md5('woof') }, '400 BadDigest'],
    ['no MD5 at all', { ContentMD5: 'bWlhb3c=' }, '400 InvalidDigest'],
    ['a wrong CRC32', { ChecksumCRC32: 'AAAAAA==' }, '400 BadDigest'],
    ['a wrong SHA-256', { ChecksumSHA256: 'FeKw08M4keuw8e9gnsQZQgwg4yDOlMZfvIwzEkSOsiU=' }, '400 BadDigest'],
    ['no CRC32 at all', { ChecksumCRC32: 'miaow' }, '400 InvalidRequest'],
  ])('%s: %s', async (_, said, expected) => {
    const store = await openStore();
    expect(await outcome(store.root.send(new PutObjectCommand({ ...target, Body: 'miaow', ...said })))).toBe(expected);
    await expect.poll(() => filesOf(store)).toBe(expected === '200' ? 1 : 0);
  });

  it('by the signature is verified, so nobody on the way can change it', async () => {
    const store = await openStore();
    const request = { method: 'PUT', path: '/pictures/a', body: 'miaow' };
    const headers = await signedHeaders(store, request);
    const changed = await raw(store, { ...request, headers, body: 'woof!' });
    expect([changed.status, changed.code]).toEqual([400, 'XAmzContentSHA256Mismatch']);
    expect((await raw(store, { ...request, headers })).status).toBe(200);
  });

  it('twice is too much', async () => {
    const store = await openStore();
    const headers = { 'x-amz-checksum-crc32': 'AAAAAA==', 'x-amz-checksum-sha1': '98O8HYCOBHMq32eZZczDTKeuNEE=' };
    const answer = await sendSigned(store, { method: 'PUT', path: '/pictures/a', body: 'x', headers });
    expect([answer.status, answer.code]).toEqual([400, 'InvalidRequest']);
  });

  it('that it is larger than 5 GiB ends the request before it is sent', async () => {
    const store = await openStore();
    const request = { method: 'PUT', path: '/pictures/a', headers: { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' } };
    const headers = await signedHeaders(store, request);
    const answer = await answerToHead(store.port, {
      ...request,
      headers: { ...headers, 'content-length': '5368709121' },
    });
    expect(answer).toContain('<Code>EntityTooLarge</Code>');
    expect(answer).toContain('<MaxSizeAllowed>5368709120</MaxSizeAllowed>');
  });
});

/** What is answered before a byte of the body has been sent. */
async function answerToHead(port: number, options: RequestOptions): Promise<string> {
  const pending = httpRequest({ port, ...options });
  pending.on('error', () => undefined);
  pending.flushHeaders();
  const [response] = (await once(pending, 'response')) as [IncomingMessage];
  const text = (await response.setEncoding('utf8').toArray()).join('');
  pending.destroy();
  return text;
}

describe('what an object may be', () => {
  it.each<[string, Partial<PutObjectCommandInput>, string]>([
    ['metadata of 2 KB', { Metadata: { a: 'x'.repeat(2047) } }, '200'],
    ['metadata of more', { Metadata: { a: 'x'.repeat(2048) } }, '400 MetadataTooLarge'],
    ['the access list that changes nothing', { ACL: 'bucket-owner-full-control' }, '200'],
    ['an access list', { ACL: 'public-read' }, '400 AccessControlListNotSupported'],
    ['tags', { Tagging: 'a=b' }, '501 NotImplemented'],
    ['object lock', { ObjectLockMode: 'GOVERNANCE', ObjectLockRetainUntilDate: new Date() }, '501 NotImplemented'],
    ['the key of a customer', { SSECustomerAlgorithm: 'AES256', SSECustomerKey: 'x'.repeat(32) }, '501 NotImplemented'],
    ['an archive', { StorageClass: 'DEEP_ARCHIVE' }, '501 NotImplemented'],
    ['an unknown class', { StorageClass: 'FAST' as 'STANDARD' }, '400 InvalidStorageClass'],
    ['an unknown encryption', { ServerSideEncryption: 'rot13' as 'AES256' }, '400 InvalidArgument'],
  ])('%s: %s', async (_, said, expected) => {
    const { root } = await openStore();
    expect(await outcome(root.send(new PutObjectCommand({ ...target, Body: 'x', ...said })))).toBe(expected);
  });

  it('says the encryption and class that were asked for', async () => {
    const { root } = await openStore();
    const key = 'arn:aws:kms:eu-central-1:123456789012:key/one';
    const said = { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: key, StorageClass: 'STANDARD_IA' } as const;
    await root.send(new PutObjectCommand({ ...target, Body: 'x', ...said }));
    expect(await root.send(new HeadObjectCommand(target))).toMatchObject(said);
  });

  it("says the bucket's encryption when nothing was asked for", async () => {
    const { root } = await openStore({
      aws_s3_bucket_server_side_encryption_configuration: {
        pictures: {
          bucket: 'pictures',
          rule: [
            {
              bucket_key_enabled: true,
              apply_server_side_encryption_by_default: [{ sse_algorithm: 'aws:kms', kms_master_key_id: 'arn:key' }],
            },
          ],
        },
      },
    });
    const written = await root.send(new PutObjectCommand({ ...target, Body: 'x' }));
    expect(written).toMatchObject({ ServerSideEncryption: 'aws:kms', SSEKMSKeyId: 'arn:key', BucketKeyEnabled: true });
  });

  it('keeps a content encoding but not that of the request', async () => {
    const { root } = await openStore();
    await root.send(new PutObjectCommand({ ...target, Body: 'x', ContentEncoding: 'gzip' }));
    const { ContentEncoding } = await root.send(new HeadObjectCommand(target));
    expect(ContentEncoding).toBe('gzip');
  });
});
