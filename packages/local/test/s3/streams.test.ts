import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { type IncomingMessage, request as httpRequest } from 'node:http';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { describe, expect, it } from 'vitest';
import { newFolder, openStore } from './support.ts';
import { REGION, ROOT_KEY } from './store.ts';

const MIB = 1024 * 1024;
const target = { Bucket: 'pictures', Key: 'large' };

/** Numbered, so that nothing can be lost, doubled or exchanged unseen. */
function* pieces(total: number): Generator<Buffer> {
  for (let sent = 0; sent < total; sent += 64 * 1024) {
    const piece = Buffer.alloc(64 * 1024);
    piece.writeUInt32BE(sent);
    yield piece;
  }
}

describe('a large object', () => {
  it('is the same on its way back', async () => {
    const { root } = await openStore();
    const Body = Readable.from(pieces(10 * MIB));
    await root.send(new PutObjectCommand({ ...target, Body, ContentLength: 10 * MIB }));
    const found = await root.send(new GetObjectCommand(target));
    const [sent, received] = [createHash('sha256'), createHash('sha256')];
    for (const piece of pieces(10 * MIB)) sent.update(piece);
    for await (const piece of found.Body as Readable) received.update(piece as Buffer);
    expect(received.digest('hex')).toBe(sent.digest('hex'));
  });

  it('of 160 MB passes through the process without growing it by as much, either way', async () => {
    const script = join(import.meta.dirname, 'streamServer.ts');
    const child = spawn(process.execPath, ['--expose-gc', script, newFolder()], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    const told = async <T>(): Promise<T> => (await once(child, 'message'))[0] as T;
    const { port } = await told<{ port: number }>();
    const peak = async (): Promise<number> => {
      child.send('memory');
      return (await told<{ peak: number }>()).peak;
    };
    const client = new S3Client({ endpoint: `http://127.0.0.1:${port}`, region: REGION, credentials: ROOT_KEY });
    const size = 160 * MIB;
    // The first ones load code and fill buffers.
    for (const warm of [2 * MIB, 2 * MIB])
      expect([await upload(client, warm), await download(client)]).toEqual([200, warm]);
    await peak();
    const before = await peak();
    expect(await upload(client, size)).toBe(200);
    const writing = (await peak()) - before;
    expect(await download(client)).toBe(size);
    const reading = (await peak()) - before;
    client.destroy();
    child.kill();
    // What is collected late counts as well; a body that was kept as a whole would be more than all of it.
    expect(writing).toBeLessThan(size * 0.6);
    expect(reading).toBeLessThan(size * 0.6);
  });
});

async function upload(client: S3Client, size: number): Promise<number | undefined> {
  const url = await getSignedUrl(client, new PutObjectCommand(target));
  const sent = httpRequest(url, { method: 'PUT', headers: { 'content-length': size } });
  const answered = once(sent, 'response') as Promise<[IncomingMessage]>;
  await pipeline(Readable.from(pieces(size)), sent);
  const [response] = await answered;
  response.resume();
  return response.statusCode;
}

async function download(client: S3Client): Promise<number> {
  const sent = httpRequest(await getSignedUrl(client, new GetObjectCommand(target)));
  sent.end();
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  let bytes = 0;
  for await (const piece of response) bytes += (piece as Buffer).length;
  return bytes;
}
