import { buildSync } from 'esbuild';
import { describe, expect, test } from 'vitest';
import { manualClock } from '../../packages/local/src/clock.ts';
import { seededRandom } from '../../packages/local/src/random.ts';
import { createJavaScriptRuntime } from '../../packages/local/src/services/appsync/javascript/index.ts';

/** The helpers of the resolvers, run by the APPSYNC_JS runtime, which knows no other way in than a handler. */

const NOW = Date.parse('2026-01-31T12:00:00.000Z');
const runtime = createJavaScriptRuntime({ clock: manualClock(NOW), random: seededRandom('resolverCode') });

const helpers = runtime.load(
  bundle(`
    import { decodeBase64Url, encodeBase64Url } from './base64url.ts';
    import { mergeNewestFirst } from './feed.ts';
    import { globalId, parseGlobalId, soleKeyOf } from './globalId.ts';
    import { pageInfo, readPage, sliceOf } from './page.ts';
    import { byteLength, hashtagsIn, isHandle, normalizeHandle, normalizeHashtag } from './text.ts';
    import { checkIdempotencyKey, ulidTimeISO } from './ulid.ts';
    export function request(ctx) {
      const [a, b, c] = ctx.args.values;
      switch (ctx.args.helper) {
        case 'byteLength': return byteLength(a);
        case 'hashtagsIn': return hashtagsIn(a, b);
        case 'handle': return isHandle(normalizeHandle(a)) ? normalizeHandle(a) : null;
        case 'normalizeHashtag': return normalizeHashtag(a);
        case 'ulidTimeISO': return ulidTimeISO(a);
        case 'checkIdempotencyKey': checkIdempotencyKey(ctx.stash, a); return ctx.stash.userErrors ?? [];
        case 'base64url': return [encodeBase64Url(a), decodeBase64Url(encodeBase64Url(a))];
        case 'decodeBase64Url': return decodeBase64Url(a);
        case 'globalId': return globalId(a, b);
        case 'parseGlobalId': return parseGlobalId(a, 'id');
        case 'soleKeyOf': return soleKeyOf(a, b, 'id');
        case 'readPage': return readPage(a);
        case 'pageInfo': return pageInfo(a, sliceOf(a, b));
        case 'mergeNewestFirst': return mergeNewestFirst(a, b);
        default: return util.error('no such helper');
      }
    }
    export function response() { return null; }
  `),
  'helpers',
);

function bundle(contents: string): string {
  const { outputFiles } = buildSync({
    stdin: { contents, resolveDir: `${import.meta.dirname}/../../resolvers/shared`, loader: 'ts' },
    bundle: true,
    write: false,
    format: 'esm',
    target: 'esnext',
    external: ['@aws-appsync/utils'],
  });
  return outputFiles[0]?.text ?? '';
}

function evaluate(helper: string, values: unknown[]) {
  return helpers.evaluate('request', {
    args: { helper, values },
    identity: null,
    source: null,
    stash: {},
    request: { headers: {}, domainName: null },
    info: { fieldName: 'f', parentTypeName: 'Query', variables: {}, selectionSetList: [], selectionSetGraphQL: '' },
    env: {},
    outErrors: [],
  });
}

function call(helper: string, ...values: unknown[]): unknown {
  const { result, error } = evaluate(helper, values);
  if (error) throw new Error(`${error.errorType}: ${error.message}`);
  return result;
}

describe('text', () => {
  test.each([
    ['', 0],
    ['a', 1],
    ['ab', 2],
    ['abc', 3],
    ['あ', 3],
    ['𠮷', 4],
    ['é', 2],
    ['あ'.repeat(333), 999],
  ])('%j is measured in bytes', (text, bytes) => {
    expect(call('byteLength', text)).toBe(bytes);
  });

  test.each([
    ['#cat and #Dog', ['cat', 'dog']],
    ['今日は＃猫、#犬。', ['猫', '犬']],
    ['＃ｃａｔ #cat', ['cat']],
    ['#𠮷野家!', ['𠮷野家']],
    ['# #! no', []],
    ['##twice', ['twice']],
    ['#がぎ #ｶﾞｷﾞ', ['がぎ', 'ガギ']],
    [`#${'x'.repeat(51)}`, []],
    [`#${'x'.repeat(50)}`, ['x'.repeat(50)]],
  ])('hashtags in %j', (text, names) => {
    expect(call('hashtagsIn', text, 10)).toEqual(names);
  });

  test('hashtags are collected up to one more than the limit', () => {
    expect(call('hashtagsIn', '#a #b #c #d', 2)).toEqual(['a', 'b', 'c']);
  });

  test('a text of nothing but marks stays within the loop limit', () => {
    expect(call('hashtagsIn', '#'.repeat(1_000), 10)).toEqual([]);
  });

  test.each([
    ['@Taro', 'taro'],
    ['Ｔａｒｏ＿１', 'taro_1'],
    ['花子', '花子'],
    ['a', null],
    ['a b', null],
    ['a-b', null],
    ['x'.repeat(30), 'x'.repeat(30)],
    ['x'.repeat(31), null],
    ['HANDLE#x', null],
  ])('the handle %j', (text, handle) => {
    expect(call('handle', text)).toBe(handle);
  });
});

describe('idempotency keys', () => {
  /** 2026-01-31T12:00:00.000Z is 01KG9YS7G0 in Crockford's alphabet. */
  const key = (time: string) => `${time}${'0'.repeat(16)}`;

  test('carry their time', () => {
    expect(call('ulidTimeISO', key('01KG9YS7G0'))).toBe('2026-01-31T12:00:00.000Z');
    expect(call('ulidTimeISO', key('0000000000'))).toBe('1970-01-01T00:00:00.000Z');
    expect(call('ulidTimeISO', '01ARZ3NDEKTSV4RRFFQ69G5FAV')).toBe('2016-07-30T23:54:10.259Z');
  });

  test.each([
    ['of now', '01KG9YS7G0', []],
    ['5 minutes old', '01KG9YG2H0', []],
    ['older than that', '01KG9YG2GZ', ['IDEMPOTENCY_KEY_INVALID']],
    ['5 minutes ahead', '01KG9Z2CF0', []],
    ['further ahead', '01KG9Z2CF1', ['IDEMPOTENCY_KEY_INVALID']],
  ])('%s', (_, time, codes) => {
    const errors = call('checkIdempotencyKey', key(time)) as { code: string }[];
    expect(errors.map(({ code }) => code)).toEqual(codes);
  });

  test.each(['', 'x', key('01kg9ys7g0'), key('81KG9YS7G0'), `${key('01KG9YS7G0')}0`, 'ILOU'.repeat(6)])(
    '%j is none',
    (text) => {
      expect(call('checkIdempotencyKey', text)).toMatchObject([
        { code: 'IDEMPOTENCY_KEY_INVALID', field: ['input', 'idempotencyKey'] },
      ]);
    },
  );
});

describe('ids', () => {
  test.each(['', 'a', 'ab', 'abc', '猫', '>>>???', '𠮷'])('%j survives base64url', (text) => {
    const [encoded, decoded] = call('base64url', text) as [string, string | null];
    expect(encoded).toBe(Buffer.from(text).toString('base64url'));
    expect(decoded).toBe(text === '' ? null : text);
  });

  test.each(['', 'a', 'YQ==', 'Y Q', 'YR', '!!', 'A'.repeat(257)])('%j is not base64url of ours', (text) => {
    expect(call('decodeBase64Url', text)).toBeNull();
  });

  test('carry the type and the whole key', () => {
    expect(call('globalId', 'Comment', ['P', 'C'])).toBe(Buffer.from('Comment:P:C').toString('base64url'));
    expect(call('parseGlobalId', Buffer.from('Notification:u:2026-01-31#LIKE#p').toString('base64url'))).toEqual({
      type: 'Notification',
      key: ['u', '2026-01-31#LIKE#p'],
    });
  });

  test.each([
    'Post',
    'Post:',
    'Comment:P',
    'Post:a:b',
    'User:HANDLE#x',
    'Hashtag:a b',
    'Nonsense:x',
    'toString:x',
    '__proto__:x',
    ':x',
  ])('%j is no id', (text) => {
    const id = Buffer.from(text).toString('base64url');
    expect(() => call('parseGlobalId', id)).toThrow(`InvalidArgument: id: '${id}' is not an id of this service`);
  });

  test('of another type are named as such', () => {
    const id = Buffer.from('User:u').toString('base64url');
    expect(() => call('soleKeyOf', 'Post', id)).toThrow('is the id of a User, not of a Post');
  });
});

describe('pages', () => {
  const cursor = Buffer.from('K').toString('base64url');

  test.each([
    [{}, { size: 20, forward: true, cursor: null }],
    [
      { first: 50, after: cursor },
      { size: 50, forward: true, cursor: 'K' },
    ],
    [
      { last: 1, before: cursor },
      { size: 1, forward: false, cursor: 'K' },
    ],
    [
      { first: null, after: null, last: null, before: null },
      { size: 20, forward: true, cursor: null },
    ],
  ])('%j is accepted', (args, page) => {
    expect(call('readPage', args)).toEqual(page);
  });

  test.each([
    [{ first: 0 }, 'first: 0 is not within 1-50'],
    [{ first: 51 }, 'first: 51 is not within 1-50'],
    [{ last: -1 }, 'last: -1 is not within 1-50'],
    [{ first: 1, last: 1 }, 'give first and after, or last and before, not both'],
    [{ after: cursor, before: cursor }, 'give first and after, or last and before, not both'],
    [{ before: cursor }, 'before: give last, too'],
    [{ after: 'not a cursor' }, "after: 'not a cursor' is not a cursor of this service"],
  ])('%j is refused', (args, message) => {
    expect(() => call('readPage', args)).toThrow(`InvalidArgument: ${message}`);
  });

  const entries = (keys: string) => [...keys].map((key) => ({ sortKey: key, id: key, at: '' }));
  const encoded = (key: string) => Buffer.from(key).toString('base64url');

  test('a forward page has one more behind it when one more was read', () => {
    expect(call('pageInfo', { size: 2, forward: true, cursor: null }, entries('cba'))).toEqual({
      hasNextPage: true,
      hasPreviousPage: false,
      startCursor: encoded('c'),
      endCursor: encoded('b'),
    });
  });

  test('a backward page is turned into the order of the list', () => {
    expect(call('pageInfo', { size: 2, forward: false, cursor: 'a' }, entries('bcd'))).toEqual({
      hasNextPage: true,
      hasPreviousPage: true,
      startCursor: encoded('c'),
      endCursor: encoded('b'),
    });
  });

  test('an empty page has no cursors', () => {
    expect(call('pageInfo', { size: 2, forward: true, cursor: null }, [])).toEqual({
      hasNextPage: false,
      hasPreviousPage: false,
      startCursor: null,
      endCursor: null,
    });
  });
});

describe('merging the feed', () => {
  const lists = [
    ['f', 'c', 'a'],
    ['e', 'b'],
    ['d', 'c'],
  ];
  const merge = (size: number, forward: boolean, cursor: string | null, of: string[][] = lists) =>
    call('mergeNewestFirst', { size, forward, cursor }, of);

  test('takes the newest of all lists, each once, and one more', () => {
    expect(merge(3, true, null)).toEqual(['f', 'e', 'd', 'c']);
    expect(merge(9, true, null)).toEqual(['f', 'e', 'd', 'c', 'b', 'a']);
  });

  test('goes on behind the cursor', () => {
    expect(merge(2, true, 'd')).toEqual(['c', 'b', 'a']);
    expect(merge(2, true, 'a')).toEqual([]);
  });

  test('goes on behind a cursor whose post is gone', () => {
    expect(merge(2, true, 'cc')).toEqual(['c', 'b', 'a']);
  });

  test('goes back to what is newer, nearest first', () => {
    expect(merge(2, false, 'b')).toEqual(['c', 'd', 'e']);
    expect(merge(2, false, 'f')).toEqual([]);
  });

  test('begins at the oldest when it goes back from the end', () => {
    expect(merge(2, false, null)).toEqual(['a', 'b', 'c']);
  });

  test('of 100 full digests stays within the loop limit', () => {
    const full = Array.from({ length: 100 }, (_, author) =>
      Array.from({ length: 100 }, (_, post) => `${String(999 - post).padStart(3, '0')}-${author}`),
    );
    expect(merge(50, true, null, full)).toHaveLength(51);
  });
});
