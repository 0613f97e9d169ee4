import {
  AbortMultipartUploadCommand,
  type CompletedPart,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  type CreateMultipartUploadCommandInput,
  GetObjectCommand,
  ListMultipartUploadsCommand,
  ListPartsCommand,
  UploadPartCommand,
  type UploadPartCommandInput,
} from '@aws-sdk/client-s3';
import { beforeEach, describe, expect, it } from 'vitest';
import { filesOf, openStore, outcome, put, read, roleWith, type Store } from './support.ts';

const target = { Bucket: 'pictures', Key: 'large' };
const MIB = 1024 * 1024;
const first = Buffer.alloc(5 * MIB, 'a');
const last = Buffer.from('the end');
let store: Store;
beforeEach(async () => {
  store = await openStore();
});

async function begin(input: Partial<CreateMultipartUploadCommandInput> = {}): Promise<string> {
  const { UploadId = '' } = await store.root.send(new CreateMultipartUploadCommand({ ...target, ...input }));
  return UploadId;
}

async function send(
  UploadId: string,
  PartNumber: number,
  Body: Uint8Array,
  input: Partial<UploadPartCommandInput> = {},
): Promise<CompletedPart> {
  const { ETag, ChecksumCRC32, ChecksumSHA256 } = await store.root.send(
    new UploadPartCommand({ ...target, UploadId, PartNumber, Body, ...input }),
  );
  return { PartNumber, ETag, ChecksumCRC32, ChecksumSHA256 };
}

const complete = (UploadId: string, Parts: CompletedPart[], input: { IfNoneMatch?: string } = {}) =>
  store.root.send(new CompleteMultipartUploadCommand({ ...target, UploadId, MultipartUpload: { Parts }, ...input }));

describe('an upload in parts', () => {
  it('becomes one object of all of them, with the ETag of their ETags', async () => {
    const id = await begin({ ContentType: 'image/webp', Metadata: { a: '1' } });
    // The order in which they come does not matter.
    const two = await send(id, 7, last);
    const one = await send(id, 2, first);
    const completed = await complete(id, [one, two]);
    expect(completed).toMatchObject({ ETag: '"dc2bc882b07e1e67a48bed8997ce6caf-2"', Bucket: 'pictures', Key: 'large' });
    const found = await store.root.send(new GetObjectCommand(target));
    expect([found.ContentLength, found.ContentType, found.Metadata, found.ETag]).toEqual([
      first.length + last.length,
      'image/webp',
      { a: '1' },
      completed.ETag,
    ]);
    expect(Buffer.from((await found.Body?.transformToByteArray()) ?? []).equals(Buffer.concat([first, last]))).toBe(
      true,
    );
  });

  it('is read by ranges across its parts, and part by part', async () => {
    const id = await begin();
    await complete(id, [await send(id, 1, first), await send(id, 2, last)]);
    const get = async (input: object) => {
      const found = await store.root.send(new GetObjectCommand({ ...target, ...input }));
      return [await found.Body?.transformToString(), found.ContentRange, found.PartsCount];
    };
    expect(await get({ Range: `bytes=${first.length - 2}-${first.length + 2}` })).toEqual([
      'aathe',
      'bytes 5242878-5242882/5242887',
      undefined,
    ]);
    expect(await get({ Range: 'bytes=-3' })).toEqual(['end', 'bytes 5242884-5242886/5242887', undefined]);
    expect(await get({ PartNumber: 2 })).toEqual(['the end', 'bytes 5242880-5242886/5242887', 2]);
    expect(await outcome(store.root.send(new GetObjectCommand({ ...target, PartNumber: 3 })))).toBe(
      '416 InvalidPartNumber',
    );
  });

  it('replaces a part that is sent again, and forgets those that are not named at the end', async () => {
    const id = await begin();
    await send(id, 1, Buffer.from('wrong'));
    const right = await send(id, 1, Buffer.from('right'));
    await send(id, 2, Buffer.from('forgotten'));
    await complete(id, [right]);
    expect(await read(store, 'large')).toBe('right');
    await expect.poll(() => filesOf(store)).toBe(1);
  });

  it('is nothing until it is complete', async () => {
    const id = await begin();
    await send(id, 1, last);
    expect(await outcome(store.root.send(new GetObjectCommand(target)))).toBe('404 NoSuchKey');
  });

  it('is gone with its parts when it is aborted', async () => {
    const id = await begin();
    const part = await send(id, 1, last);
    const abort = () => outcome(store.root.send(new AbortMultipartUploadCommand({ ...target, UploadId: id })));
    expect([await abort(), await abort()]).toEqual(['204', '404 NoSuchUpload']);
    expect(await outcome(complete(id, [part]))).toBe('404 NoSuchUpload');
    await expect.poll(() => filesOf(store)).toBe(0);
  });

  it('ends once, whoever ends it first, and the object stays whole', async () => {
    const id = await begin();
    const parts = [await send(id, 1, last)];
    const outcomes = await Promise.all(Array.from({ length: 5 }, () => outcome(complete(id, parts))));
    expect(outcomes.sort()).toEqual(['200', ...Array.from({ length: 4 }, () => '404 NoSuchUpload')]);
    expect(await read(store, 'large')).toBe('the end');
  });

  it('does not write over an object when it says so', async () => {
    await put(store, 'large', 'there');
    const id = await begin();
    const parts = [await send(id, 1, last)];
    expect(await outcome(complete(id, parts, { IfNoneMatch: '*' }))).toBe('412 PreconditionFailed');
    expect(await outcome(complete(id, parts))).toBe('200');
    expect(await read(store, 'large')).toBe('the end');
  });
});

describe('what is refused at the end', () => {
  it.each<[string, (one: CompletedPart, two: CompletedPart) => CompletedPart[], string]>([
    ['another order', (one, two) => [two, one], '400 InvalidPartOrder'],
    ['the same part twice', (one) => [one, one], '400 InvalidPartOrder'],
    ['a part that was not sent', (one) => [{ ...one, PartNumber: 9 }], '400 InvalidPart'],
    ['another ETag', (one) => [{ ...one, ETag: '"0"' }], '400 InvalidPart'],
    ['another checksum', (one) => [{ ...one, ChecksumCRC32: 'AAAAAA==' }], '400 InvalidPart'],
    ['a small part before others', (one, two) => [one, two], '400 EntityTooSmall'],
    ['no part', () => [], '400 MalformedXML'],
  ])('%s', async (_, parts, expected) => {
    const id = await begin();
    const [one, two] = [await send(id, 1, last), await send(id, 2, last)];
    expect(await outcome(complete(id, parts(one, two)))).toBe(expected);
  });

  it.each([0, 10_001])('a part with the number %i', async (number) => {
    const id = await begin();
    expect(await outcome(send(id, number, last) as never)).toBe('400 InvalidArgument');
  });

  it('an upload of another object', async () => {
    const id = await begin();
    const other = new UploadPartCommand({ ...target, Key: 'other', UploadId: id, PartNumber: 1, Body: 'x' });
    expect(await outcome(store.root.send(other))).toBe('404 NoSuchUpload');
  });
});

describe('the checksum of an upload', () => {
  it('is one of those of its parts', async () => {
    const id = await begin({ ChecksumAlgorithm: 'SHA256' });
    const { ChecksumSHA256, ChecksumType } = await complete(id, [
      await send(id, 1, last, { ChecksumAlgorithm: 'SHA256' }),
    ]);
    expect([ChecksumSHA256, ChecksumType]).toEqual(['VDhUqq9qeTNIMT3mI7VH3/EfD5TXLCy8uYoU8c/uBAw=-1', 'COMPOSITE']);
  });

  it('is one of the whole object when the client wants that', async () => {
    const id = await begin({ ChecksumAlgorithm: 'CRC32', ChecksumType: 'FULL_OBJECT' });
    const parts = [await send(id, 1, first), await send(id, 2, last)];
    const { ChecksumCRC32, ChecksumType } = await complete(id, parts);
    expect([ChecksumCRC32, ChecksumType]).toEqual(['UDdeww==', 'FULL_OBJECT']);
  });

  it('cannot be one of the whole for a hash', async () => {
    const begun = store.root.send(
      new CreateMultipartUploadCommand({ ...target, ChecksumAlgorithm: 'SHA256', ChecksumType: 'FULL_OBJECT' }),
    );
    expect(await outcome(begun)).toBe('400 InvalidRequest');
  });
});

describe('lists', () => {
  it('show uploads under way and their parts, in pages', async () => {
    const id = await begin();
    for (const number of [3, 1, 2]) await send(id, number, last);
    const { Uploads } = await store.root.send(new ListMultipartUploadsCommand({ Bucket: 'pictures' }));
    expect(Uploads).toMatchObject([{ Key: 'large', UploadId: id, Initiated: new Date('2026-11-22T10:30:00Z') }]);
    const page = await store.root.send(new ListPartsCommand({ ...target, UploadId: id, MaxParts: 2 }));
    expect([page.Parts?.map(({ PartNumber }) => PartNumber), page.IsTruncated, page.NextPartNumberMarker]).toEqual([
      [1, 2],
      true,
      '2',
    ]);
    const rest = await store.root.send(new ListPartsCommand({ ...target, UploadId: id, PartNumberMarker: '2' }));
    expect(rest.Parts).toMatchObject([{ PartNumber: 3, Size: 7 }]);
  });
});

describe('who may', () => {
  it('write an object may send it in parts; ending one in nothing is another right', async () => {
    await store.apply(
      roleWith('sender', { Effect: 'Allow', Action: 's3:PutObject', Resource: 'arn:aws:s3:::pictures/*' }),
    );
    const sender = store.as('sender');
    const { UploadId } = await sender.send(new CreateMultipartUploadCommand(target));
    const part = new UploadPartCommand({ ...target, UploadId, PartNumber: 1, Body: 'x' });
    expect(await outcome(sender.send(part))).toBe('200');
    expect(await outcome(sender.send(new ListPartsCommand({ ...target, UploadId })))).toBe('403 AccessDenied');
    expect(await outcome(sender.send(new AbortMultipartUploadCommand({ ...target, UploadId })))).toBe(
      '403 AccessDenied',
    );
  });
});
