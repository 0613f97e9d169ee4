import { createHash, createHmac } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { Readable } from 'node:stream';
import { beforeEach, describe, expect, it } from 'vitest';
import { filesOf, openStore, raw, read, signedHeaders, type Store, type XmlAnswer } from './support.ts';

let store: Store;
beforeEach(async () => {
  store = await openStore();
});

const path = '/pictures/a';
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const hmac = (key: Buffer | string, text: string): Buffer => createHmac('sha256', key).update(text).digest();
const crcOf = (text: string): string => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(crc32(text));
  return bytes.toString('base64');
};

/** Signs the head of a PUT whose body is aws-chunked, and its chunks as the documentation says it. */
async function chunkedPut(mode: string, headers: Record<string, string>, decodedLength: number) {
  const signed = await signedHeaders(store, {
    method: 'PUT',
    path,
    headers: {
      ...headers,
      'content-encoding': 'aws-chunked',
      'x-amz-content-sha256': mode,
      'x-amz-decoded-content-length': String(decodedLength),
    },
  });
  const date = signed['x-amz-date'] ?? '';
  const scope = `${date.slice(0, 8)}/eu-central-1/s3/aws4_request`;
  const key = scope.split('/').reduce<Buffer | string>(hmac, `AWS4${store.rootKey.secretAccessKey}`);
  let previous = /Signature=(\w+)/.exec(signed['authorization'] ?? '')?.[1] ?? '';
  const sign = (kind: string, ...hashes: string[]): string => {
    previous = hmac(key, [`AWS4-HMAC-SHA256-${kind}`, date, scope, previous, ...hashes].join('\n')).toString('hex');
    return previous;
  };
  return {
    chunk: (text: string) =>
      `${text.length.toString(16)};chunk-signature=${sign('PAYLOAD', sha256(''), sha256(text))}\r\n${text}\r\n`,
    lastChunk: () => `0;chunk-signature=${sign('PAYLOAD', sha256(''), sha256(''))}\r\n`,
    trailer: (text: string) => `${text}\r\nx-amz-trailer-signature:${sign('TRAILER', sha256(`${text}\n`))}\r\n\r\n`,
    send: (body: string): Promise<XmlAnswer> => raw(store, { method: 'PUT', path, headers: signed, body }),
  };
}

describe('signed chunks', () => {
  const mode = 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD';

  it('are stored without their frames', async () => {
    const { chunk, lastChunk, send } = await chunkedPut(mode, {}, 11);
    expect((await send(`${chunk('hello ')}${chunk('world')}${lastChunk()}\r\n`)).status).toBe(200);
    expect(await read(store, 'a')).toBe('hello world');
    const found = await store.root.send(new GetObjectCommand({ Bucket: 'pictures', Key: 'a' }));
    expect(found.ContentEncoding).toBeUndefined();
  });

  it.each<[string, (body: string) => string, string]>([
    ['another text', (body) => body.replace('world', 'w0rld'), 'SignatureDoesNotMatch'],
    ['another order', (body) => body.replace('hello ', 'HELLO '), 'SignatureDoesNotMatch'],
    ['a chunk left out', (body) => body.replace(/6;chunk[^]*?hello \r\n/, ''), 'SignatureDoesNotMatch'],
    ['a signature left out', (body) => body.replace(/;chunk-signature=\w+/, ''), 'SignatureDoesNotMatch'],
    ['the end left out', (body) => body.replace(/0;chunk[^]*$/, ''), 'IncompleteBody'],
    ['no frames', () => 'hello world', 'IncompleteBody'],
    ['frames that are none', (body) => body.replace('6;', 'six;'), 'InvalidArgument'],
    ['a length that is none', (body) => body.replace('6;', 'ffffffffffff;'), 'IncompleteBody'],
  ])('with %s are refused, and nothing is kept', async (_, change, code) => {
    const { chunk, lastChunk, send } = await chunkedPut(mode, {}, 11);
    const answer = await send(change(`${chunk('hello ')}${chunk('world')}${lastChunk()}\r\n`));
    expect(answer.code).toBe(code);
    await expect.poll(() => filesOf(store)).toBe(0);
    expect(store.lines).toEqual([]);
  });

  it('have the length that was said', async () => {
    const { chunk, lastChunk, send } = await chunkedPut(mode, {}, 12);
    expect((await send(`${chunk('hello ')}${chunk('world')}${lastChunk()}\r\n`)).code).toBe('IncompleteBody');
  });
});

describe('signed chunks with a trailer', () => {
  const mode = 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER';
  const headers = { 'x-amz-trailer': 'x-amz-checksum-crc32' };

  it('are stored when the checksum is right', async () => {
    const { chunk, lastChunk, trailer, send } = await chunkedPut(mode, headers, 5);
    const answer = await send(`${chunk('miaow')}${lastChunk()}${trailer(`x-amz-checksum-crc32:${crcOf('miaow')}`)}`);
    expect([answer.status, answer.headers['x-amz-checksum-crc32']]).toEqual([200, crcOf('miaow')]);
  });

  it('are refused when the checksum is of something else', async () => {
    const { chunk, lastChunk, trailer, send } = await chunkedPut(mode, headers, 5);
    const answer = await send(`${chunk('miaow')}${lastChunk()}${trailer(`x-amz-checksum-crc32:${crcOf('woof')}`)}`);
    expect([answer.status, answer.code]).toEqual([400, 'BadDigest']);
  });

  it('are refused when somebody has changed the trailer', async () => {
    const { chunk, lastChunk, trailer, send } = await chunkedPut(mode, headers, 5);
    const body = `${chunk('miaow')}${lastChunk()}${trailer(`x-amz-checksum-crc32:${crcOf('woof')}`)}`;
    expect((await send(body.replace(crcOf('woof'), crcOf('miaow')))).code).toBe('SignatureDoesNotMatch');
  });
});

describe('unsigned chunks with a trailer', () => {
  const mode = 'STREAMING-UNSIGNED-PAYLOAD-TRAILER';
  const headers = { 'x-amz-trailer': 'x-amz-checksum-crc32', 'x-amz-sdk-checksum-algorithm': 'CRC32' };
  const sent = async (body: string, length = 5) => (await chunkedPut(mode, headers, length)).send(body);

  it('are what the SDK sends of a stream', async () => {
    const seen: (string | undefined)[] = [];
    store.root.middlewareStack.add(
      (next) => (args) => {
        seen.push((args.request as { headers: Record<string, string> }).headers['x-amz-content-sha256']);
        return next(args);
      },
      { step: 'finalizeRequest', priority: 'low' },
    );
    const Body = Readable.from(['pur', 'r']);
    await store.root.send(new PutObjectCommand({ Bucket: 'pictures', Key: 'a', Body, ContentLength: 4 }));
    expect(seen).toEqual([mode]);
    expect(await read(store, 'a')).toBe('purr');
  });

  it.each<[string, string, string]>([
    ['a wrong checksum', `5\r\nmiaow\r\n0\r\nx-amz-checksum-crc32:${crcOf('woof')}\r\n\r\n`, 'BadDigest'],
    ['no checksum', '5\r\nmiaow\r\n0\r\n\r\n', 'InvalidRequest'],
    ['half a trailer', '5\r\nmiaow\r\n0\r\nx-amz-checksum-crc32', 'IncompleteBody'],
    ['a trailer without end', `5\r\nmiaow\r\n0\r\n${'a:b\r\n'.repeat(20)}`, 'IncompleteBody'],
    ['a chunk without its end', '5\r\nmiaow', 'IncompleteBody'],
    ['a chunk with something behind it', '4\r\nmiaow\r\n0\r\n\r\n', 'IncompleteBody'],
  ])('with %s are refused, and nothing is kept', async (_, body, code) => {
    expect((await sent(body)).code).toBe(code);
    await expect.poll(() => filesOf(store)).toBe(0);
  });

  it('need no line end at the very end', async () => {
    const answer = await sent(`5\r\nmiaow\r\n0\r\nx-amz-checksum-crc32:${crcOf('miaow')}\r\n`);
    expect(answer.status).toBe(200);
  });

  it('must say how long their content is', async () => {
    const headersOnly = await signedHeaders(store, { method: 'PUT', path, headers: { 'x-amz-content-sha256': mode } });
    const answer = await raw(store, { method: 'PUT', path, headers: headersOnly, body: '0\r\n\r\n' });
    expect([answer.status, answer.code]).toEqual([411, 'MissingContentLength']);
  });
});
