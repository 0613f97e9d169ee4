import {
  CopyObjectCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { beforeEach, describe, expect, it } from 'vitest';
import { filesOf, openStore, outcome, type Store, type Terraform } from './support.ts';

const target = { Bucket: 'pictures', Key: 'a' };
const versioning = (status: string): Terraform => ({
  aws_s3_bucket_versioning: { pictures: { bucket: 'pictures', versioning_configuration: { status } } },
});

let store: Store;
beforeEach(async () => {
  store = await openStore(versioning('Enabled'));
});

async function write(Body: string, Key = 'a'): Promise<string> {
  return (await store.root.send(new PutObjectCommand({ ...target, Key, Body }))).VersionId ?? 'none';
}

const get = async (VersionId?: string) => {
  const { Body } = await store.root.send(new GetObjectCommand({ ...target, VersionId }));
  return Body?.transformToString();
};

/** `a:content` or `a:marker` of each version, the latest with a star. */
async function versions(): Promise<string[]> {
  const { Versions = [], DeleteMarkers = [] } = await store.root.send(
    new ListObjectVersionsCommand({ Bucket: 'pictures' }),
  );
  return [
    ...Versions.map(({ Key, Size, IsLatest }) => `${Key}:${Size}${IsLatest ? '*' : ''}`),
    ...DeleteMarkers.map(({ Key, IsLatest }) => `${Key}:marker${IsLatest ? '*' : ''}`),
  ];
}

describe('versions', () => {
  it('are all kept, and read by their ids', async () => {
    const [one, two] = [await write('1'), await write('22')];
    expect([await get(), await get(one), await get(two)]).toEqual(['22', '1', '22']);
    expect(await versions()).toEqual(['a:2*', 'a:1']);
    await expect.poll(() => filesOf(store)).toBe(2);
  });

  it('hide behind a marker when the object is deleted', async () => {
    const one = await write('1');
    const deleted = await store.root.send(new DeleteObjectCommand(target));
    expect(deleted).toMatchObject({ DeleteMarker: true, VersionId: expect.any(String) as string });
    expect(await outcome(store.root.send(new GetObjectCommand(target)))).toBe('404 NoSuchKey');
    expect(await get(one)).toBe('1');
    const { Contents } = await store.root.send(new ListObjectsV2Command({ Bucket: 'pictures' }));
    expect(Contents).toBeUndefined();
    expect(await versions()).toEqual(['a:1', 'a:marker*']);
    const marker = new GetObjectCommand({ ...target, VersionId: deleted.VersionId });
    expect(await outcome(store.root.send(marker))).toBe('405 MethodNotAllowed');
  });

  it('come back when the marker is deleted', async () => {
    await write('1');
    const { VersionId } = await store.root.send(new DeleteObjectCommand(target));
    const undone = await store.root.send(new DeleteObjectCommand({ ...target, VersionId }));
    expect(undone).toMatchObject({ DeleteMarker: true, VersionId });
    expect(await get()).toBe('1');
  });

  it('go for good one by one, and the one before becomes the latest', async () => {
    const [, two] = [await write('1'), await write('22')];
    await store.root.send(new DeleteObjectCommand({ ...target, VersionId: two }));
    expect([await get(), await versions()]).toEqual(['1', ['a:1*']]);
    await expect.poll(() => filesOf(store)).toBe(1);
    expect(await outcome(store.root.send(new GetObjectCommand({ ...target, VersionId: two })))).toBe(
      '404 NoSuchVersion',
    );
  });

  it('are what a copy brings back', async () => {
    const one = await write('1');
    await write('22');
    const restored = await store.root.send(
      new CopyObjectCommand({ ...target, CopySource: `pictures/a?versionId=${one}` }),
    );
    expect(restored.CopySourceVersionId).toBe(one);
    expect([await get(), await versions()]).toEqual(['1', ['a:1*', 'a:2', 'a:1']]);
  });

  it('are listed in pages, name by name and from new to old', async () => {
    for (const [key, body] of [
      ['a', '1'],
      ['b', '1'],
      ['a', '22'],
      ['c', '1'],
      ['a', '333'],
    ] as const)
      await write(body, key);
    const found: string[][] = [];
    let marker: { KeyMarker?: string; VersionIdMarker?: string } = {};
    do {
      const page = await store.root.send(new ListObjectVersionsCommand({ Bucket: 'pictures', MaxKeys: 2, ...marker }));
      found.push((page.Versions ?? []).map(({ Key, Size }) => `${Key}:${Size}`));
      marker = page.IsTruncated ? { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker } : {};
    } while (marker.KeyMarker !== undefined);
    expect(found).toEqual([['a:3', 'a:2'], ['a:1', 'b:1'], ['c:1']]);
  });
});

describe('versioning that is suspended', () => {
  it('keeps what there is, and overwrites one version from then on', async () => {
    const one = await write('1');
    await store.apply(versioning('Suspended'));
    expect(await write('22')).toBe('null');
    expect(await write('333')).toBe('null');
    expect([await get(), await get(one), await get('null'), await versions()]).toEqual([
      '333',
      '1',
      '333',
      ['a:3*', 'a:1'],
    ]);
    await expect.poll(() => filesOf(store)).toBe(2);
  });

  it('deletes that version, and hides the older ones behind a marker without an id', async () => {
    await write('1');
    await store.apply(versioning('Suspended'));
    await write('22');
    const { VersionId, DeleteMarker } = await store.root.send(new DeleteObjectCommand(target));
    expect([VersionId, DeleteMarker, await versions()]).toEqual(['null', true, ['a:1', 'a:marker*']]);
  });
});

describe('objects from before versioning', () => {
  it('are the version "null", which stays when they are replaced', async () => {
    await store.apply({});
    expect(await write('1')).toBe('none');
    await store.apply(versioning('Enabled'));
    await write('22');
    expect([await get(), await get('null'), await versions()]).toEqual(['22', '1', ['a:2*', 'a:1']]);
  });
});

it('without versioning answers say nothing of versions', async () => {
  await store.apply({});
  await write('1');
  const found = await store.root.send(new GetObjectCommand(target));
  const deleted = await store.root.send(new DeleteObjectCommand(target));
  expect([found.VersionId, deleted.VersionId, deleted.DeleteMarker]).toEqual([undefined, undefined, undefined]);
  expect(await outcome(store.root.send(new GetObjectCommand(target)))).toBe('404 NoSuchKey');
});
