import { createHmac } from 'node:crypto';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { createPresignedPost, type PresignedPost, type PresignedPostOptions } from '@aws-sdk/s3-presigned-post';
import { beforeEach, describe, expect, it } from 'vitest';
import { answerOf, elementOf, filesOf, openStore, raw, read, roleWith, type Store, type XmlAnswer } from './support.ts';

let store: Store;
beforeEach(async () => {
  store = await openStore(
    roleWith('tickets', { Effect: 'Allow', Action: 's3:PutObject', Resource: 'arn:aws:s3:::pictures/mine/*' }),
  );
});

type Change = Partial<PresignedPostOptions>;

const ticket = (options: Change = {}): Promise<PresignedPost> =>
  createPresignedPost(store.root, { Bucket: 'pictures', Key: 'mine/cat.txt', Expires: 60, ...options });

/** Sends the form as a browser does; null leaves a field out. */
function post(
  { url, fields }: PresignedPost,
  content = 'miaow',
  change: Record<string, string | null> = {},
): Promise<XmlAnswer> {
  const form = new FormData();
  for (const [name, value] of Object.entries({ ...fields, ...change })) if (value !== null) form.append(name, value);
  form.append('file', new Blob([content], { type: 'image/webp' }), 'C:\\pictures\\my cat.txt');
  return answerOf(fetch(url, { method: 'POST', body: form, redirect: 'manual' }));
}

describe('a form that was signed', () => {
  it('puts its file under the name that it says', async () => {
    const answer = await post(await ticket());
    expect([answer.status, answer.text]).toEqual([204, '']);
    expect(answer.headers).toMatchObject({
      etag: '"d52cc7e73b4bd32c49ef6e911bcc18e9"',
      location: `${store.url}/pictures/mine/cat.txt`,
    });
    expect(await read(store, 'mine/cat.txt')).toBe('miaow');
  });

  it('gives the object the type and metadata of its fields', async () => {
    const Fields = { 'Content-Type': 'image/webp', 'x-amz-meta-owner': 'sei', 'Cache-Control': 'max-age=60' };
    await post(await ticket({ Fields }));
    const found = await store.root.send(new GetObjectCommand({ Bucket: 'pictures', Key: 'mine/cat.txt' }));
    expect(found).toMatchObject({ ContentType: 'image/webp', CacheControl: 'max-age=60', Metadata: { owner: 'sei' } });
  });

  it('may leave the name to the file', async () => {
    await post(await ticket({ Key: 'mine/${filename}' }));
    expect(await read(store, 'mine/my cat.txt')).toBe('miaow');
  });

  it('takes a file of no bytes', async () => {
    expect((await post(await ticket(), '')).status).toBe(204);
    expect(await read(store, 'mine/cat.txt')).toBe('');
  });

  it('takes a file that looks like a form', async () => {
    const content = '\r\n--\r\n------formdata-undici-0\r\nContent-Disposition: form-data; name="file"\r\n\r\nx\r\n-';
    await post(await ticket(), content);
    expect(await read(store, 'mine/cat.txt')).toBe(content);
  });

  it.each(['200', '201', '204', '418'])('is answered as it asks: %s', async (success_action_status) => {
    const answer = await post(await ticket({ Fields: { success_action_status } }));
    expect(answer.status).toBe(success_action_status === '418' ? 204 : Number(success_action_status));
    if (success_action_status !== '201') return expect(answer.text).toBe('');
    expect(['Location', 'Bucket', 'Key', 'ETag'].map((name) => elementOf(answer.text, name))).toEqual([
      `${store.url}/pictures/mine/cat.txt`,
      'pictures',
      'mine/cat.txt',
      '"d52cc7e73b4bd32c49ef6e911bcc18e9"',
    ]);
  });

  it('goes on to the page that it names', async () => {
    const page = 'http://localhost:3000/done?step=2';
    const { status, headers } = await post(await ticket({ Fields: { success_action_redirect: page } }));
    expect([status, headers['location']]).toEqual([
      303,
      `${page}&bucket=pictures&key=mine%2Fcat.txt&etag=%22d52cc7e73b4bd32c49ef6e911bcc18e9%22`,
    ]);
  });

  it('does not go on to what is no page', async () => {
    const Fields = { success_action_redirect: 'javascript:alert(1)' };
    expect((await post(await ticket({ Fields }))).status).toBe(204);
  });

  it('verifies a checksum that a field says', async () => {
    const right = await ticket({ Fields: { 'x-amz-checksum-sha256': 'tmNYo0pxjSr31QHypR/i9hDAghgPnW7po6KOiIHSkN0=' } });
    const wrong = await ticket({ Fields: { 'x-amz-checksum-crc32': 'AAAAAA==' } });
    const answers = [await post(right, 'purr'), await post(wrong)];
    expect(answers.map(({ status, code }) => [status, code])).toEqual([
      [204, undefined],
      [400, 'BadDigest'],
    ]);
  });
});

describe('a policy', () => {
  it('ends when it says', async () => {
    const signed = await ticket({ Expires: 60 });
    store.wallClock.advance(61_000);
    const answer = await post(signed);
    expect([answer.status, answer.code, answer.message]).toEqual([
      403,
      'AccessDenied',
      'Invalid according to Policy: Policy expired.',
    ]);
  });

  it.each<[string, Change, Record<string, string | null>, string, string | null]>([
    ['an exact value', { Conditions: [{ 'x-amz-meta-a': '1' }], Fields: { 'x-amz-meta-a': '1' } }, {}, 'miaow', null],
    [
      'another value than the exact one',
      { Conditions: [{ 'x-amz-meta-a': '1' }], Fields: { 'x-amz-meta-a': '1' } },
      { 'x-amz-meta-a': '2' },
      'miaow',
      'Invalid according to Policy: Policy Condition failed: ["eq","$x-amz-meta-a","1"]',
    ],
    ['eq', { Conditions: [['eq', '$Content-Type', 'image/png']] }, { 'Content-Type': 'image/png' }, 'miaow', null],
    [
      'not eq',
      { Conditions: [['eq', '$Content-Type', 'image/png']] },
      { 'Content-Type': 'text/html' },
      'miaow',
      'Invalid according to Policy: Policy Condition failed: ["eq","$Content-Type","image/png"]',
    ],
    [
      'starts-with',
      { Conditions: [['starts-with', '$Content-Type', 'image/']] },
      { 'Content-Type': 'image/gif' },
      'miaow',
      null,
    ],
    [
      'each of a list of types',
      { Conditions: [['starts-with', '$Content-Type', 'image/']] },
      { 'Content-Type': 'image/gif,image/png' },
      'miaow',
      null,
    ],
    [
      'one of a list of types',
      { Conditions: [['starts-with', '$Content-Type', 'image/']] },
      { 'Content-Type': 'image/gif,text/html' },
      'miaow',
      'Invalid according to Policy: Policy Condition failed: ["starts-with","$Content-Type","image/"]',
    ],
    ['anything at all', { Conditions: [['starts-with', '$x-amz-meta-a', '']] }, { 'x-amz-meta-a': 'x' }, 'miaow', null],
    [
      'a field that is left out',
      { Conditions: [['starts-with', '$x-amz-meta-a', '']] },
      {},
      'miaow',
      'Invalid according to Policy: Policy Condition failed: ["starts-with","$x-amz-meta-a",""]',
    ],
    [
      'another name',
      {},
      { key: 'mine/dog.txt' },
      'miaow',
      'Invalid according to Policy: Policy Condition failed: ["eq","$key","mine/cat.txt"]',
    ],
    [
      'a name outside of its folder',
      { Key: 'mine/${filename}' },
      { key: 'yours/x' },
      'miaow',
      'Invalid according to Policy: Policy Condition failed: ["starts-with","$key","mine/"]',
    ],
    [
      'a field that nobody allowed',
      {},
      { 'x-amz-meta-b': '1' },
      'miaow',
      'Invalid according to Policy: Extra input fields: x-amz-meta-b',
    ],
    ['a field that is to be ignored', {}, { 'x-ignore-this': '1' }, 'miaow', null],
    ['another bucket', {}, { bucket: 'other' }, 'miaow', null],
    ['enough bytes', { Conditions: [['content-length-range', 5, 5]] }, {}, 'miaow', null],
    [
      'too few bytes',
      { Conditions: [['content-length-range', 6, 9]] },
      {},
      'miaow',
      'Your proposed upload is smaller than the minimum allowed size',
    ],
    [
      'too many bytes',
      { Conditions: [['content-length-range', 0, 4]] },
      {},
      'miaow',
      'Your proposed upload exceeds the maximum allowed size',
    ],
  ])('with %s', async (_, options, change, content, refusal) => {
    const answer = await post(await ticket(options), content, change);
    expect(answer.message ?? null).toBe(refusal);
    expect(answer.status === 204).toBe(refusal === null);
    await expect.poll(() => filesOf(store)).toBe(refusal === null ? 1 : 0);
  });

  it('names the limits when the file is not within them', async () => {
    const large = await post(await ticket({ Conditions: [['content-length-range', 2, 3]] }));
    expect([large.status, large.code, elementOf(large.text, 'MaxSizeAllowed')]).toEqual([400, 'EntityTooLarge', '3']);
    const small = await post(await ticket({ Conditions: [['content-length-range', 2, 3]] }), '1');
    expect([small.status, small.code, elementOf(small.text, 'MinSizeAllowed')]).toEqual([400, 'EntityTooSmall', '2']);
  });

  it.each<[string, Record<string, string | null>, number, string]>([
    ['another signature', { 'X-Amz-Signature': '0'.repeat(64) }, 403, 'SignatureDoesNotMatch'],
    [
      'another policy',
      { Policy: Buffer.from('{"expiration":"2099-01-01T00:00:00Z","conditions":[]}').toString('base64') },
      403,
      'SignatureDoesNotMatch',
    ],
    [
      'an unknown key',
      { 'X-Amz-Credential': 'AKIANOBODY/20261122/eu-central-1/s3/aws4_request' },
      400,
      'InvalidArgument',
    ],
    ['no credential', { 'X-Amz-Credential': null }, 400, 'InvalidArgument'],
    ['no date', { 'X-Amz-Date': null }, 400, 'InvalidArgument'],
    ['another algorithm', { 'X-Amz-Algorithm': 'AWS2' }, 400, 'InvalidRequest'],
    ['no policy, so from nobody', { Policy: null, 'X-Amz-Signature': null }, 403, 'AccessDenied'],
    ['no name', { key: null }, 400, 'InvalidArgument'],
    ['an access list', { acl: 'public-read' }, 403, 'AccessDenied'],
  ])('does not go with %s', async (_, change, status, code) => {
    const answer = await post(await ticket(), 'miaow', change);
    expect([answer.status, answer.code]).toEqual([status, code]);
    await expect.poll(() => filesOf(store)).toBe(0);
  });

  it.each([
    ['no JSON', 'Zm9v', 'Invalid Policy: Invalid JSON.'],
    ['no expiration', { conditions: [] }, 'Invalid Policy: Policy missing expiration.'],
    [
      'a wrong expiration',
      { expiration: 'tomorrow', conditions: [] },
      "Invalid Policy: Invalid 'expiration' value: 'tomorrow'",
    ],
    ['no conditions', { expiration: '2099-01-01T00:00:00Z' }, 'Invalid Policy: Policy missing conditions.'],
    [
      'an unknown condition',
      { expiration: '2099-01-01T00:00:00Z', conditions: [['ends-with', '$key', 'x']] },
      'Invalid Policy: Invalid Condition: ["ends-with","$key","x"]',
    ],
    [
      'a condition that is none',
      { expiration: '2099-01-01T00:00:00Z', conditions: ['key'] },
      'Invalid Policy: Invalid Condition: "key"',
    ],
  ])('with %s is none', async (_, policy, message) => {
    const text = typeof policy === 'string' ? policy : Buffer.from(JSON.stringify(policy)).toString('base64');
    const signed = await ticket();
    const answer = await post(signed, 'miaow', { Policy: text, 'X-Amz-Signature': signatureOf(text, signed) });
    expect([answer.status, answer.code, answer.message]).toEqual([400, 'InvalidPolicyDocument', message]);
  });

  it('allows what whoever signed it may do, and no more', async () => {
    const signer = store.as('tickets');
    store.clock.set(Date.now());
    const mine = await createPresignedPost(signer, { Bucket: 'pictures', Key: 'mine/a' });
    const yours = await createPresignedPost(signer, { Bucket: 'pictures', Key: 'yours/a' });
    expect((await post(mine)).status).toBe(204);
    expect((await post(yours)).code).toBe('AccessDenied');
  });

  it('of a function ends by the local clock, which is what functions see', async () => {
    store.clock.set(Date.now());
    const signed = await createPresignedPost(store.as('tickets'), { Bucket: 'pictures', Key: 'mine/a', Expires: 60 });
    store.clock.advance(61_000);
    expect((await post(signed)).message).toBe('Invalid according to Policy: Policy expired.');
  });
});

describe('a body that is no form', () => {
  const send = (body: string, contentType?: string) =>
    raw(store, {
      method: 'POST',
      path: '/pictures',
      body,
      headers: contentType === undefined ? {} : { 'content-type': contentType },
    });
  const part = (name: string, value: string) =>
    `--B\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;

  it.each([
    ['no form', 'x', 'text/plain', 412, 'PreconditionFailed'],
    ['no boundary', 'x', 'multipart/form-data', 400, 'MalformedPOSTRequest'],
    ['another boundary', part('key', 'a'), 'multipart/form-data; boundary=C', 400, 'MalformedPOSTRequest'],
    ['no end', part('key', 'a'), 'multipart/form-data; boundary=B', 400, 'MalformedPOSTRequest'],
    ['no file', `${part('key', 'a')}--B--\r\n`, 'multipart/form-data; boundary=B', 400, 'InvalidArgument'],
    [
      'a file without end',
      `${part('key', 'a')}${part('file', 'x').slice(0, -2)}`,
      'multipart/form-data; boundary=B',
      403,
      'AccessDenied',
    ],
    [
      'a part without a name',
      '--B\r\nContent-Type: text/plain\r\n\r\nx\r\n--B--',
      'multipart/form-data; boundary=B',
      400,
      'MalformedPOSTRequest',
    ],
    ['something behind a boundary', '--Bx\r\n\r\n', 'multipart/form-data; boundary=B', 400, 'MalformedPOSTRequest'],
    [
      'too much before the file',
      `${part('key', 'a'.repeat(21_000))}${part('file', 'x')}--B--`,
      'multipart/form-data; boundary=B',
      400,
      'MaxPostPreDataLengthExceeded',
    ],
    [
      'too many fields',
      `${Array.from({ length: 3_000 }, (_, n) => part(`x-ignore-${n}`, 'x')).join('')}--B--`,
      'multipart/form-data; boundary=B',
      400,
      'MaxPostPreDataLengthExceeded',
    ],
  ])('%s', async (_, body, contentType, status, code) => {
    const answer = await send(body, contentType);
    expect([answer.status, answer.code]).toEqual([status, code]);
    expect(store.lines).toEqual([]);
  });

  it('and names a bucket that is not there', async () => {
    const answer = await raw(store, {
      method: 'POST',
      path: '/no-such-bucket',
      headers: { 'content-type': 'multipart/form-data; boundary=B' },
      body: '--B--',
    });
    expect([answer.status, answer.code]).toEqual([404, 'NoSuchBucket']);
  });
});

describe('names that a form gives', () => {
  it.each([
    ['../../etc/passwd', 400, 'InvalidURI'],
    ['a\0b', 400, 'InvalidURI'],
    ['k'.repeat(1025), 400, 'KeyTooLongError'],
  ])('%j is refused', async (key, status, code) => {
    const signed = await createPresignedPost(store.root, { Bucket: 'pictures', Key: key });
    const answer = await post(signed);
    expect([answer.status, answer.code]).toEqual([status, code]);
  });

  it('headers of the object cannot begin other headers', async () => {
    const Fields = { 'Content-Type': 'text/html\r\nSet-Cookie: a=b' };
    expect((await post(await ticket({ Fields }))).code).toBe('InvalidArgument');
    expect((await post(await ticket({ Fields: { 'x-amz-meta-a b': '1' } }))).code).toBe('InvalidArgument');
  });
});

/** The signature of another policy by the same key, as whoever has the key would make it. */
function signatureOf(policy: string, { fields }: PresignedPost): string {
  const [, day = '', region = '', service = ''] = (fields['X-Amz-Credential'] ?? '').split('/');
  const key = [day, region, service, 'aws4_request'].reduce<Buffer | string>(
    (secret, part) => createHmac('sha256', secret).update(part).digest(),
    `AWS4${store.rootKey.secretAccessKey}`,
  );
  return createHmac('sha256', key).update(policy).digest('hex');
}
