import {
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/json.ts';
import { DAY, filesOf, openStore, put, type Store, type Terraform } from './support.ts';

const rules = (...rule: JsonObject[]): Terraform => ({
  aws_s3_bucket_lifecycle_configuration: {
    pictures: {
      bucket: 'pictures',
      rule: rule.map((one, index) => ({ id: `rule ${index}`, status: 'Enabled', filter: [{ prefix: '' }], ...one })),
    },
  },
});
const versioned: Terraform = {
  aws_s3_bucket_versioning: { pictures: { bucket: 'pictures', versioning_configuration: { status: 'Enabled' } } },
};

const expireDays = (days: number) => ({ expiration: [{ days }] });

async function names({ root }: Store): Promise<string[]> {
  const { Contents = [] } = await root.send(new ListObjectsV2Command({ Bucket: 'pictures' }));
  return Contents.map(({ Key = '' }) => Key);
}

describe('expiration', () => {
  it('comes at the first midnight after so many days, by the local clock', async () => {
    const store = await openStore(rules(expireDays(2)));
    await put(store, 'a');
    store.clock.set(Date.parse('2026-11-24T23:59:59.999Z'));
    expect(await names(store)).toEqual(['a']);
    store.clock.set(Date.parse('2026-11-25T00:00:00Z'));
    expect(await names(store)).toEqual([]);
    await expect.poll(() => filesOf(store)).toBe(0);
  });

  it('is of what the rule names', async () => {
    const store = await openStore(
      rules(
        { filter: [{ prefix: 'logs/' }], ...expireDays(1) },
        { filter: [{ and: { prefix: 'large/', object_size_greater_than: 3 } }], ...expireDays(1) },
        { status: 'Disabled', filter: [{ prefix: 'kept/' }], ...expireDays(1) },
      ),
    );
    for (const key of ['logs/a', 'kept/a', 'logsnot']) await put(store, key);
    await put(store, 'large/a', '1234');
    await put(store, 'large/b', '123');
    store.clock.advance(10 * DAY);
    expect(await names(store)).toEqual(['kept/a', 'large/b', 'logsnot']);
  });

  it('counts from the last writing', async () => {
    const store = await openStore(rules(expireDays(2)));
    await put(store, 'a', 'old');
    store.clock.advance(DAY);
    await put(store, 'a', 'new');
    store.clock.set(Date.parse('2026-11-25T12:00:00Z'));
    expect(await names(store)).toEqual(['a']);
    store.clock.set(Date.parse('2026-11-26T00:00:00Z'));
    expect(await names(store)).toEqual([]);
  });

  it('that was missed comes when the system is started again', async () => {
    const store = await openStore({});
    await put(store, 'a');
    store.clock.advance(5 * DAY);
    await store.apply(rules(expireDays(1)));
    await expect.poll(() => names(store)).toEqual([]);
  });

  it('leaves a marker where there are versions, and the versions go later', async () => {
    const store = await openStore({
      ...versioned,
      ...rules(expireDays(1), { noncurrent_version_expiration: [{ noncurrent_days: 3 }] }),
    });
    await put(store, 'a');
    const versions = async () => {
      const { Versions = [], DeleteMarkers = [] } = await store.root.send(
        new ListObjectVersionsCommand({ Bucket: 'pictures' }),
      );
      return [Versions.length, DeleteMarkers.length];
    };
    store.clock.set(Date.parse('2026-11-24T00:00:00Z'));
    expect([await names(store), await versions()]).toEqual([[], [1, 1]]);
    store.clock.set(Date.parse('2026-11-26T23:00:00Z'));
    expect(await versions()).toEqual([1, 1]);
    store.clock.set(Date.parse('2026-11-27T00:00:00Z'));
    expect(await versions()).toEqual([0, 1]);
    // The marker hides nothing any more and is old enough itself.
    store.clock.set(Date.parse('2026-11-28T00:00:00Z'));
    expect(await versions()).toEqual([0, 0]);
    await expect.poll(() => filesOf(store)).toBe(0);
  });

  it('of markers that hide nothing needs no days', async () => {
    const store = await openStore({ ...versioned, ...rules({ expiration: [{ expired_object_delete_marker: true }] }) });
    await store.root.send(new DeleteObjectCommand({ Bucket: 'pictures', Key: 'never there' }));
    store.clock.advance(DAY);
    const { DeleteMarkers } = await store.root.send(new ListObjectVersionsCommand({ Bucket: 'pictures' }));
    expect(DeleteMarkers).toBeUndefined();
  });
});

describe('uploads that nobody ends', () => {
  it('are aborted, with their parts', async () => {
    const store = await openStore(rules({ abort_incomplete_multipart_upload: [{ days_after_initiation: 1 }] }));
    const target = { Bucket: 'pictures', Key: 'a' };
    const { UploadId } = await store.root.send(new CreateMultipartUploadCommand(target));
    await store.root.send(new UploadPartCommand({ ...target, UploadId, PartNumber: 1, Body: 'x' }));
    store.clock.advance(DAY);
    const uploads = async () =>
      (await store.root.send(new ListMultipartUploadsCommand({ Bucket: 'pictures' }))).Uploads;
    expect(await uploads()).toHaveLength(1);
    store.clock.advance(DAY);
    expect(await uploads()).toBeUndefined();
    await expect.poll(() => filesOf(store)).toBe(0);
  });
});

describe('rules that are not emulated', () => {
  it.each([
    ['tag', { filter: [{ tag: { key: 'a', value: 'b' } }], ...expireDays(1) }],
    ['tags', { filter: [{ and: { tags: { a: 'b' } } }], ...expireDays(1) }],
    ['date', { expiration: [{ date: '2030-01-01T00:00:00Z' }] }],
    [
      'newer_noncurrent_versions',
      { noncurrent_version_expiration: [{ noncurrent_days: 1, newer_noncurrent_versions: 2 }] },
    ],
  ])('%s refuse the start with the address', async (name, rule) => {
    await expect(openStore(rules(rule))).rejects.toThrow(
      `aws_s3_bucket_lifecycle_configuration.pictures: ${name} of the rule rule 0 is not emulated by @hiroba/local.`,
    );
  });
});
