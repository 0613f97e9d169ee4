import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DeleteObjectCommand, GetObjectCommand, ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStore, outcome, put, raw, read, sendSigned, type Store } from './support.ts';

let store: Store;
beforeEach(async () => {
  store = await openStore();
});

/** Every file below the data folder has a name of ours. */
afterEach(() => {
  const files = readdirSync(store.folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(store.folder.length));
  for (const file of files) expect(file).toMatch(/^\/(local\.db(-wal|-shm)?|objects\/[0-9a-f]{2}\/[0-9a-f]{32})$/);
});

const ODD_NAMES = [
  'a b',
  'a+b',
  'a%2Fb',
  '%2e%2e%2f',
  'a/../b',
  'a/./b',
  './a',
  'a//b',
  '/a',
  '//',
  'a/',
  '.',
  '...',
  'C:\\windows\\system32',
  '~root',
  '$HOME',
  '${filename}',
  'a?b=c',
  'a#b',
  'a&b=c',
  'a\'b"c`d',
  '<a href="x">&amp;</a>',
  ']]>',
  'a*b?c',
  'a:b|c',
  'a;b,c',
  'ねこ',
  'é',
  'e\u0301',
  '😀👩‍👩‍👧',
  '\u202Etxt.exe',
  '\ufeffa',
  '\uffff',
  'a\tb',
  'a\nb\rc',
  '\u0001\u001f\u007f',
  '__proto__',
  'constructor',
  'null',
  'a'.repeat(1024),
  'あ'.repeat(341),
];

describe('a name', () => {
  it.each(ODD_NAMES)('may be %j: it is written, listed, read and deleted as it is', async (Key) => {
    const { root } = store;
    await put(store, Key, `content of ${Key}`);
    const { Contents = [] } = await root.send(new ListObjectsV2Command({ Bucket: 'pictures', EncodingType: 'url' }));
    expect(Contents.map((entry) => decodeURIComponent(entry.Key ?? ''))).toEqual([Key]);
    expect(await read(store, Key)).toBe(`content of ${Key}`);
    await root.send(new DeleteObjectCommand({ Bucket: 'pictures', Key }));
    expect(await outcome(root.send(new GetObjectCommand({ Bucket: 'pictures', Key })))).toBe('404 NoSuchKey');
  });

  it('is told apart from every other, whatever a file system would say', async () => {
    for (const key of ODD_NAMES) await put(store, key, key);
    const found = await Promise.all(ODD_NAMES.map((key) => read(store, key)));
    expect(found).toEqual(ODD_NAMES);
  });

  it.each([
    ['k'.repeat(1025), '400 KeyTooLongError'],
    ['あ'.repeat(342), '400 KeyTooLongError'],
    ['a\0b', '400 InvalidURI'],
    ['..', '400 InvalidURI'],
    ['../a', '400 InvalidURI'],
    ['../../../../etc/passwd', '400 InvalidURI'],
    ['a/../../b', '400 InvalidURI'],
  ])('may not be %j', async (Key, expected) => {
    expect(await outcome(store.root.send(new PutObjectCommand({ Bucket: 'pictures', Key, Body: 'x' })))).toBe(expected);
  });

  it.each([
    '/pictures/..%2f..%2f..%2fetc%2fpasswd',
    '/pictures/%2e%2e/%2e%2e/local.db',
    '/pictures/../../local.db',
    '/pictures/%00',
    '/pictures/%ff',
    '/pictures/%',
    '/../local.db',
    '/..%2flocal.db/a',
    '/objects/../local.db',
  ])('in the path %s leads nowhere', async (path) => {
    const answer = await sendSigned(store, { path }).catch(() => raw(store, { path, headers: SIGNED_LOOK }));
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
    expect(store.lines).toEqual([]);
  });
});

/** Enough for the port to take a request for one of S3. */
const SIGNED_LOOK = {
  authorization:
    'AWS4-HMAC-SHA256 Credential=AKIAROOTROOTROOTROOT/20261122/eu-central-1/s3/aws4_request, SignedHeaders=host, Signature=00',
};

describe('an object and a "folder" of the same name', () => {
  it('know nothing of each other', async () => {
    await put(store, 'a', 'file');
    await put(store, 'a/b', 'inside');
    await put(store, 'a/', 'folder');
    expect([await read(store, 'a'), await read(store, 'a/b'), await read(store, 'a/')]).toEqual([
      'file',
      'inside',
      'folder',
    ]);
  });
});
