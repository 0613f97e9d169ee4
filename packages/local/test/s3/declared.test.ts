import { DeleteObjectCommand, GetObjectCommand, HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/json.ts';
import { filesOf, openStore, outcome, put, read, type Terraform } from './support.ts';

const pages = (objects: Record<string, JsonObject>): Terraform => ({
  aws_s3_object: Object.fromEntries(
    Object.entries(objects).map(([name, one]) => [name, { bucket: 'pictures', ...one }]),
  ),
});

describe('an object of the Terraform', () => {
  it('is put with its type, headers and metadata', async () => {
    const store = await openStore(
      pages({
        help: {
          key: 'pages/help.md',
          content: '# Help 広場',
          content_type: 'text/markdown; charset=utf-8',
          cache_control: 'max-age=60',
          metadata: { language: 'en' },
        },
      }),
    );
    const found = await store.root.send(new GetObjectCommand({ Bucket: 'pictures', Key: 'pages/help.md' }));
    expect(await found.Body?.transformToString()).toBe('# Help 広場');
    expect(found).toMatchObject({
      ContentType: 'text/markdown; charset=utf-8',
      CacheControl: 'max-age=60',
      Metadata: { language: 'en' },
    });
  });

  it('may be a file beside the stack, bytes in base64, or nothing', async () => {
    const store = await openStore(
      pages({
        file: { key: 'file', source: 'assets/help.txt' },
        bytes: { key: 'bytes', content_base64: 'aGk=' },
        empty: { key: 'empty', content: '' },
      }),
      { files: { 'assets/help.txt': 'from a file' } },
    );
    expect([await read(store, 'file'), await read(store, 'bytes'), await read(store, 'empty')]).toEqual([
      'from a file',
      'hi',
      '',
    ]);
  });

  it('is put again when it says something else, and is left alone otherwise', async () => {
    const store = await openStore(pages({ help: { key: 'help', content: 'one' } }));
    const modified = async () =>
      (await store.root.send(new HeadObjectCommand({ Bucket: 'pictures', Key: 'help' }))).LastModified;
    const first = await modified();
    store.clock.advance(60_000);
    await store.apply(pages({ help: { key: 'help', content: 'one' } }));
    expect(await modified()).toEqual(first);
    await store.apply(pages({ help: { key: 'help', content: 'two' } }));
    expect([await read(store, 'help'), await modified()]).toEqual(['two', new Date('2026-11-22T10:31:00Z')]);
    await expect.poll(() => filesOf(store)).toBe(1);
  });

  it('is left alone after a restart, also when somebody has written over it', async () => {
    const store = await openStore(pages({ help: { key: 'help', content: 'one' } }));
    await put(store, 'help', 'edited');
    await store.close();
    const again = await openStore(pages({ help: { key: 'help', content: 'one' } }), { folder: store.folder });
    expect(await read(again, 'help')).toBe('edited');
  });

  it('is put again when somebody has deleted it', async () => {
    const store = await openStore(pages({ help: { key: 'help', content: 'one' } }));
    await store.root.send(new DeleteObjectCommand({ Bucket: 'pictures', Key: 'help' }));
    await store.apply(pages({ help: { key: 'help', content: 'one' } }));
    expect(await read(store, 'help')).toBe('one');
  });

  it('moves with its name, and goes when the Terraform lets it go', async () => {
    const store = await openStore(pages({ help: { key: 'help', content: 'one' } }));
    const head = (Key: string) => outcome(store.root.send(new HeadObjectCommand({ Bucket: 'pictures', Key })));
    await store.root.send(new PutObjectCommand({ Bucket: 'pictures', Key: 'other', Body: 'x' }));
    await store.apply(pages({ help: { key: 'moved', content: 'one' } }));
    expect([await head('help'), await head('moved')]).toEqual(['404 NotFound', '200']);
    await store.apply({});
    expect([await head('moved'), await head('other')]).toEqual(['404 NotFound', '200']);
  });

  it.each<[string, JsonObject, string]>([
    ['an access list', { acl: 'public-read' }, 'aws_s3_object.help.acl is not emulated by @hiroba/local.'],
    ['tags', { tags: { a: 'b' } }, 'aws_s3_object.help.tags is not emulated by @hiroba/local.'],
    ['two contents', { source: 'a' }, 'aws_s3_object.help: only one of content, content_base64 and source.'],
    ['another bucket', { bucket: 'none' }, 'aws_s3_object.help.bucket needs an aws_s3_bucket whose bucket is "none"'],
  ])('with %s stops the start', async (_, more, message) => {
    await expect(openStore(pages({ help: { key: 'help', content: 'one', ...more } }))).rejects.toThrow(message);
  });
});
