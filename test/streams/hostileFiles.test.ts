import { ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { bomb } from '../../lambdas/testing/pictures.ts';
import { settled } from '../support/aws.ts';
import { newMember } from '../support/member.ts';
import { photograph, photoOf, startUpload, upload } from '../support/photos.ts';
import { target } from '../support/target.ts';

const owner = await newMember();
const photo = await photograph(600, 400);
const { region, awsEndpoint, accessKeyId, secretAccessKey } = target;
const s3 = new S3Client({
  region,
  credentials: { accessKeyId, secretAccessKey },
  ...(awsEndpoint === '' ? {} : { endpoint: awsEndpoint }),
});
const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';
const html = Buffer.concat([photo.subarray(0, 3), Buffer.from('<script>alert(1)</script>')]);

/** As no form lets it: by somebody who may write to the bucket. */
async function put(file: Uint8Array): Promise<string> {
  const { photo: started, ticket } = await startUpload(owner);
  const [Bucket, Key] = ['bucket', 'key'].map((field) => ticket?.fields.find(({ name }) => name === field)?.value);
  await s3.send(new PutObjectCommand({ Bucket, Key, Body: file, ContentType: 'image/jpeg' }));
  return started?.id ?? '';
}

async function filesLeft(id: string): Promise<number> {
  const photoId = Buffer.from(id, 'base64url').toString().slice('Photo:'.length);
  const { ticket } = await startUpload(owner);
  const uploads = ticket?.fields.find(({ name }) => name === 'bucket')?.value ?? '';
  const counts = [
    { Bucket: uploads, Prefix: `photos/${photoId}` },
    { Bucket: uploads.replace('uploads', 'photos'), Prefix: `media/members/${photoId}` },
  ].map(async (list) => (await s3.send(new ListObjectsV2Command(list))).KeyCount ?? 0);
  return (await Promise.all(counts)).reduce((sum, count) => sum + count, 0);
}

describe('a file that is no picture for us', () => {
  it.each<[string, () => Promise<string>, string]>([
    ['a script with a false type', () => upload(owner, Buffer.from('#!/bin/sh\n')), 'NOT_A_PICTURE'],
    ['SVG with a script', () => upload(owner, Buffer.from(svg), { contentType: 'image/png' }), 'NOT_A_PICTURE'],
    ['HTML that begins like JPEG', () => upload(owner, html), 'DAMAGED'],
    ['a photograph that is cut off', () => upload(owner, photo.subarray(0, photo.length / 2)), 'DAMAGED'],
    ['PNG that was said to be JPEG', async () => upload(owner, await sharp(photo).png().toBuffer()), 'WRONG_TYPE'],
    ['a bomb of 900 million pixels', () => upload(owner, bomb(30_000), { contentType: 'image/png' }), 'TOO_LARGE'],
    ['a file of no bytes', () => put(new Uint8Array()), 'NOT_A_PICTURE'],
    ['a file of 11 MB', () => put(Buffer.alloc(11_000_000, photo)), 'TOO_LARGE'],
  ])('fails with its reason, and leaves nothing: %s', async (_, sent, failure) => {
    const id = await sent();
    await settled();

    expect(await photoOf(owner, id)).toMatchObject({ status: 'FAILED', failure, variants: null });
    expect(await filesLeft(id)).toBe(0);
  });

  it('does not end the worker: the next one is made', async () => {
    const bad = await upload(owner, bomb(30_000), { contentType: 'image/png' });
    const good = await upload(owner, photo);
    await settled();

    expect(await photoOf(owner, bad)).toMatchObject({ status: 'FAILED' });
    expect(await photoOf(owner, good)).toMatchObject({ status: 'READY' });
  });
});
