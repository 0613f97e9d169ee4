import { CopyObjectCommand, type CopyObjectCommandInput, GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { beforeEach, describe, expect, it } from 'vitest';
import { filesOf, openStore, outcome, put, read, roleWith, type Store } from './support.ts';

const Bucket = 'pictures';
let store: Store;
beforeEach(async () => {
  store = await openStore({ aws_s3_bucket: { pictures: { bucket: 'pictures' }, archive: { bucket: 'archive' } } });
  await store.root.send(
    new PutObjectCommand({ Bucket, Key: 'a b+ü', Body: 'content', ContentType: 'text/plain', Metadata: { a: '1' } }),
  );
});

const copy = (input: Partial<CopyObjectCommandInput> = {}) =>
  store.root.send(
    new CopyObjectCommand({ Bucket: 'archive', Key: 'copy', CopySource: encodeURI('pictures/a b+ü'), ...input }),
  );

describe('CopyObject', () => {
  it('copies content, type and metadata into another bucket', async () => {
    const { CopyObjectResult } = await copy();
    expect(CopyObjectResult).toMatchObject({
      ETag: '"9a0364b9e99bb480dd25e1f0284c8555"',
      LastModified: new Date('2026-11-22T10:30:00Z'),
    });
    const found = await store.root.send(new GetObjectCommand({ Bucket: 'archive', Key: 'copy' }));
    expect([await found.Body?.transformToString(), found.ContentType, found.Metadata]).toEqual([
      'content',
      'text/plain',
      { a: '1' },
    ]);
  });

  it('replaces type and metadata where it is told to', async () => {
    await copy({ MetadataDirective: 'REPLACE', ContentType: 'text/html', Metadata: { b: '2' } });
    const found = await store.root.send(new GetObjectCommand({ Bucket: 'archive', Key: 'copy' }));
    expect([found.ContentType, found.Metadata]).toEqual(['text/html', { b: '2' }]);
  });

  it('is its own object: the original may go', async () => {
    await copy();
    await put(store, 'a b+ü', 'changed');
    expect(await read(store, 'copy', 'archive')).toBe('content');
    await expect.poll(() => filesOf(store)).toBe(2);
  });

  it('copies nothing at all of an object without bytes', async () => {
    await put(store, 'empty', '');
    await copy({ CopySource: 'pictures/empty' });
    expect(await read(store, 'copy', 'archive')).toBe('');
  });

  it.each<[string, Partial<CopyObjectCommandInput>, string]>([
    ['onto itself without a change', { Bucket, Key: 'a b+ü' }, '400 InvalidRequest'],
    ['onto itself with other metadata', { Bucket, Key: 'a b+ü', MetadataDirective: 'REPLACE' }, '200'],
    ['of what is not there', { CopySource: 'pictures/none' }, '404 NoSuchKey'],
    ['from a bucket that is not there', { CopySource: 'no-such-bucket/a' }, '404 NoSuchBucket'],
    ['of no name', { CopySource: 'pictures' }, '400 InvalidArgument'],
    ['of a name that leads out', { CopySource: 'pictures/../../etc/passwd' }, '400 InvalidURI'],
    ['of half an encoding', { CopySource: 'pictures/%E0%A4%A' }, '400 InvalidArgument'],
    ['if it is that content', { CopySourceIfMatch: '9a0364b9e99bb480dd25e1f0284c8555' }, '200'],
    ['if it is other content', { CopySourceIfMatch: 'other' }, '412 PreconditionFailed'],
    [
      'if it is not that content',
      { CopySourceIfNoneMatch: '9a0364b9e99bb480dd25e1f0284c8555' },
      '412 PreconditionFailed',
    ],
    ['if it has changed since', { CopySourceIfModifiedSince: new Date('2026-11-23') }, '412 PreconditionFailed'],
    ['over nothing', { IfNoneMatch: '*' }, '200'],
  ])('%s: %s', async (_, input, expected) => {
    expect(await outcome(copy(input))).toBe(expected);
  });

  it('reads by one right and writes by another', async () => {
    const reading = { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::pictures/*' };
    const writing = { Effect: 'Allow', Action: 's3:PutObject', Resource: 'arn:aws:s3:::archive/*' };
    const input = { Bucket: 'archive', Key: 'copy', CopySource: 'pictures/a%20b%2B%C3%BC' };
    const buckets = { aws_s3_bucket: { pictures: { bucket: 'pictures' }, archive: { bucket: 'archive' } } };
    const outcomes: string[] = [];
    for (const statements of [[reading], [writing], [reading, writing]]) {
      await store.apply({ ...buckets, ...roleWith('archivist', ...statements) });
      outcomes.push(await outcome(store.as('archivist').send(new CopyObjectCommand(input))));
    }
    expect(outcomes).toEqual(['403 AccessDenied', '403 AccessDenied', '200']);
  });
});
