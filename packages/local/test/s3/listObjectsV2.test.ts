import { ListObjectsV2Command, type ListObjectsV2CommandInput } from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { openStore, outcome, put, roleWith, sendSigned, type Store } from './support.ts';

async function withKeys(...keys: string[]): Promise<Store> {
  const store = await openStore();
  for (const key of keys) await put(store, key, 'x');
  return store;
}

/** Pages of names; common prefixes in brackets. */
async function pages({ root }: Store, input: Partial<ListObjectsV2CommandInput>): Promise<string[][]> {
  const found: string[][] = [];
  let ContinuationToken: string | undefined;
  do {
    const page = await root.send(new ListObjectsV2Command({ Bucket: 'pictures', ...input, ContinuationToken }));
    const names = [
      ...(page.Contents ?? []).map(({ Key = '' }) => Key),
      ...(page.CommonPrefixes ?? []).map(({ Prefix = '' }) => `[${Prefix}]`),
    ];
    expect(page.KeyCount).toBe(names.length);
    found.push(names);
    ContinuationToken = page.NextContinuationToken;
  } while (ContinuationToken !== undefined);
  return found;
}

describe('ListObjectsV2', () => {
  it('goes by the bytes of the names, not by JavaScript or a language', async () => {
    const store = await withKeys('b', 'a', 'B', 'é', 'ア', '😀', '\uffed', 'a/', 'a!');
    expect(await pages(store, {})).toEqual([['B', 'a', 'a!', 'a/', 'b', 'é', 'ア', '\uffed', '😀']]);
  });

  it('describes each object', async () => {
    const store = await withKeys('a');
    const { Contents, Name, MaxKeys, IsTruncated } = await store.root.send(
      new ListObjectsV2Command({ Bucket: 'pictures' }),
    );
    expect({ Name, MaxKeys, IsTruncated }).toEqual({ Name: 'pictures', MaxKeys: 1000, IsTruncated: false });
    expect(Contents).toMatchObject([
      {
        Key: 'a',
        Size: 1,
        ETag: '"9dd4e461268c8034f5c8564e155c67a6"',
        LastModified: new Date('2026-11-22T10:30:00Z'),
        StorageClass: 'STANDARD',
      },
    ]);
  });

  const keys = ['a.txt', 'photos/1', 'photos/2', 'photos/cats/1', 'photos/cats/2', 'photos/dogs/1', 'z'];

  it.each<[string, Partial<ListObjectsV2CommandInput>, string[][]]>([
    ['a prefix', { Prefix: 'photos/c' }, [['photos/cats/1', 'photos/cats/2']]],
    ['a delimiter', { Delimiter: '/' }, [['a.txt', 'z', '[photos/]']]],
    ['both', { Prefix: 'photos/', Delimiter: '/' }, [['photos/1', 'photos/2', '[photos/cats/]', '[photos/dogs/]']]],
    [
      'a delimiter of several letters',
      { Delimiter: 'ts/' },
      [['a.txt', 'photos/1', 'photos/2', 'photos/dogs/1', 'z', '[photos/cats/]']],
    ],
    [
      'pages',
      { MaxKeys: 3 },
      [['a.txt', 'photos/1', 'photos/2'], ['photos/cats/1', 'photos/cats/2', 'photos/dogs/1'], ['z']],
    ],
    [
      'pages with a delimiter',
      { MaxKeys: 1, Prefix: 'photos/', Delimiter: '/' },
      [['photos/1'], ['photos/2'], ['[photos/cats/]'], ['[photos/dogs/]']],
    ],
    ['what comes after', { StartAfter: 'photos/cats/1' }, [['photos/cats/2', 'photos/dogs/1', 'z']]],
    ['what comes before the prefix', { StartAfter: 'a', Prefix: 'z' }, [['z']]],
    ['nothing', { Prefix: 'none' }, [[]]],
    ['no keys at all', { MaxKeys: 0 }, [[]]],
    ['a prefix that is a whole name', { Prefix: 'z' }, [['z']]],
  ])('with %s', async (_, input, expected) => {
    expect(await pages(await withKeys(...keys), input)).toEqual(expected);
  });

  it('lists each of many objects once, page by page, while others come and go', async () => {
    const names = Array.from({ length: 450 }, (_, number) => `n${String(number).padStart(4, '0')}`);
    const store = await openStore();
    await Promise.all(names.map((name) => put(store, name, 'x')));
    const found = await pages(store, { MaxKeys: 170 });
    expect(found.map(({ length }) => length)).toEqual([170, 170, 110]);
    expect(found.flat()).toEqual(names);
  });

  it('reads no further than the first name below a common prefix', async () => {
    const store = await openStore();
    const names = Array.from({ length: 60 }, (_, number) => `${String(number % 3)}/${number}`);
    await Promise.all(names.map((name) => put(store, name, 'x')));
    expect(await pages(store, { Delimiter: '/', MaxKeys: 2 })).toEqual([['[0/]', '[1/]'], ['[2/]']]);
  });

  it('encodes names for whoever asks', async () => {
    const store = await withKeys('a b/ü+&\u0001');
    const { Contents, EncodingType } = await store.root.send(
      new ListObjectsV2Command({ Bucket: 'pictures', EncodingType: 'url' }),
    );
    expect([EncodingType, Contents?.[0]?.Key]).toEqual(['url', 'a%20b/%C3%BC%2B%26%01']);
  });

  it.each([
    ['max-keys=many', 'InvalidArgument'],
    ['max-keys=-1', 'InvalidArgument'],
    ['continuation-token=nonsense', 'InvalidArgument'],
    ['encoding-type=base64', 'InvalidArgument'],
  ])('refuses %s', async (query, code) => {
    const store = await openStore();
    const answer = await sendSigned(store, { path: `/pictures?list-type=2&${query}` });
    expect([answer.status, answer.code]).toEqual([400, code]);
  });

  it('of version 1 is not emulated, and says so', async () => {
    const answer = await sendSigned(await openStore(), { path: '/pictures' });
    expect([answer.status, answer.code, answer.message]).toEqual([
      501,
      'NotImplemented',
      'ListObjects (version 1) is not emulated by @hiroba/local',
    ]);
  });

  it('is allowed by prefix', async () => {
    const store = await openStore(
      roleWith('lister', {
        Effect: 'Allow',
        Action: 's3:ListBucket',
        Resource: 'arn:aws:s3:::pictures',
        Condition: { StringLike: { 's3:prefix': 'mine/*' } },
      }),
    );
    const list = (Prefix?: string) =>
      outcome(store.as('lister').send(new ListObjectsV2Command({ Bucket: 'pictures', Prefix })));
    expect([await list('mine/a'), await list('yours/'), await list()]).toEqual([
      '200',
      '403 AccessDenied',
      '403 AccessDenied',
    ]);
  });
});
