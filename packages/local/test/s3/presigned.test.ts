import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { beforeEach, describe, expect, it } from 'vitest';
import { answerOf, openStore, put, read, roleWith, type Store } from './support.ts';

const target = { Bucket: 'pictures', Key: 'mine/ねこ 1.txt' };
let store: Store;
beforeEach(async () => {
  store = await openStore(
    roleWith('tickets', {
      Effect: 'Allow',
      Action: ['s3:GetObject', 's3:PutObject'],
      Resource: 'arn:aws:s3:::pictures/mine/*',
    }),
  );
  await put(store, target.Key, 'miaow');
});

const toGet = (expiresIn = 60) => getSignedUrl(store.root, new GetObjectCommand(target), { expiresIn });

describe('a presigned GET', () => {
  it('reads the object for whoever has it', async () => {
    const answer = await answerOf(fetch(await toGet()));
    expect([answer.status, answer.text]).toEqual([200, 'miaow']);
  });

  it('ends when it says, by the clock of the machine that signed', async () => {
    const url = await toGet(60);
    store.wallClock.advance(59_000);
    expect((await answerOf(fetch(url))).status).toBe(200);
    store.wallClock.advance(2_000);
    const answer = await answerOf(fetch(url));
    expect([answer.status, answer.code, answer.message]).toEqual([403, 'AccessDenied', 'Request has expired']);
    expect(answer.text).toContain('<X-Amz-Expires>60</X-Amz-Expires>');
  });

  it('of a function ends by the local clock, which is what functions see', async () => {
    const signingDate = new Date(store.clock.now());
    const url = await getSignedUrl(store.as('tickets'), new GetObjectCommand(target), { expiresIn: 60, signingDate });
    expect((await answerOf(fetch(url))).text).toBe('miaow');
    store.clock.advance(61_000);
    expect((await answerOf(fetch(url))).message).toBe('Request has expired');
  });

  it('is not valid before its time', async () => {
    const signingDate = new Date(Date.now() + 3_600_000);
    const url = await getSignedUrl(store.root, new GetObjectCommand(target), { signingDate });
    expect((await answerOf(fetch(url))).message).toBe('Request is not valid yet');
  });

  it('lives a week at most', async () => {
    const url = new URL(await toGet());
    url.searchParams.set('X-Amz-Expires', '604801');
    const answer = await answerOf(fetch(url));
    expect([answer.status, answer.code]).toEqual([400, 'AuthorizationQueryParametersError']);
  });

  it.each<[string, (url: URL) => void, string]>([
    ['another object', (url) => (url.pathname = '/pictures/mine/other'), 'SignatureDoesNotMatch'],
    ['another signature', (url) => url.searchParams.set('X-Amz-Signature', '0'.repeat(64)), 'SignatureDoesNotMatch'],
    ['more time', (url) => url.searchParams.set('X-Amz-Expires', '3600'), 'SignatureDoesNotMatch'],
    ['another type', (url) => url.searchParams.set('response-content-type', 'text/html'), 'SignatureDoesNotMatch'],
    ['no date', (url) => url.searchParams.delete('X-Amz-Date'), 'AuthorizationQueryParametersError'],
    ['no signature', (url) => url.searchParams.delete('X-Amz-Signature'), 'AuthorizationQueryParametersError'],
    [
      'another region',
      (url) =>
        url.searchParams.set(
          'X-Amz-Credential',
          (url.searchParams.get('X-Amz-Credential') ?? '').replace('eu-central-1', 'us-east-1'),
        ),
      'AuthorizationQueryParametersError',
    ],
    [
      'an unknown key',
      (url) =>
        url.searchParams.set(
          'X-Amz-Credential',
          (url.searchParams.get('X-Amz-Credential') ?? '').replace('AKIAROOT', 'AKIANONE'),
        ),
      'InvalidAccessKeyId',
    ],
  ])('does not go with %s', async (_, change, code) => {
    const url = new URL(await toGet());
    change(url);
    const answer = await answerOf(fetch(url));
    expect(answer.code).toBe(code);
    expect(answer.text).not.toContain('miaow');
  });

  it('does not take a header of S3 that was not signed', async () => {
    const answer = await answerOf(fetch(await toGet(), { headers: { 'x-amz-checksum-mode': 'ENABLED' } }));
    expect([answer.status, answer.code]).toEqual([403, 'AccessDenied']);
    expect(answer.text).toContain('<HeadersNotSigned>x-amz-checksum-mode</HeadersNotSigned>');
  });

  it('takes a range, which need not be signed', async () => {
    const answer = await answerOf(fetch(await toGet(), { headers: { range: 'bytes=0-1' } }));
    expect([answer.status, answer.text]).toEqual([206, 'mi']);
  });

  it('says how the object is to be shown', async () => {
    const command = new GetObjectCommand({ ...target, ResponseContentDisposition: 'attachment; filename="cat.txt"' });
    const { headers } = await answerOf(fetch(await getSignedUrl(store.root, command)));
    expect(headers['content-disposition']).toBe('attachment; filename="cat.txt"');
  });

  it('does what whoever signed it may do when it is used, and no more', async () => {
    const signingDate = new Date(store.clock.now());
    const url = await getSignedUrl(store.as('tickets'), new GetObjectCommand({ ...target, Key: 'yours/a' }), {
      signingDate,
    });
    expect((await answerOf(fetch(url))).code).toBe('AccessDenied');
    const allowed = await getSignedUrl(store.as('tickets'), new GetObjectCommand(target), { signingDate });
    expect((await answerOf(fetch(allowed))).status).toBe(200);
    await store.apply(roleWith('tickets', { Effect: 'Allow', Action: 's3:PutObject', Resource: '*' }));
    expect((await answerOf(fetch(allowed))).code).toBe('AccessDenied');
  });
});

describe('a presigned PUT', () => {
  const toPut = (
    input: Partial<ConstructorParameters<typeof PutObjectCommand>[0]> = {},
    signed: readonly string[] = [],
  ) =>
    getSignedUrl(store.root, new PutObjectCommand({ ...target, ...input }), {
      expiresIn: 60,
      signableHeaders: new Set(signed),
    });

  it('takes any content when nothing was said of it, also with the checksum of nothing that the SDK puts into the URL', async () => {
    const url = await toPut();
    expect(new URL(url).searchParams.get('x-amz-checksum-crc32')).toBe('AAAAAA==');
    const answer = await answerOf(fetch(url, { method: 'PUT', body: 'purr' }));
    expect([answer.status, answer.headers.etag]).toEqual([200, '"19fbb238f0ff2df60984f6129a3797ac"']);
    expect(await read(store, target.Key)).toBe('purr');
  });

  it('takes the type and length that were signed, and no other', async () => {
    const url = await toPut({ ContentType: 'image/webp', ContentLength: 4 }, ['content-type', 'content-length']);
    const send = (body: string, type: string) =>
      answerOf(fetch(url, { method: 'PUT', body, headers: { 'content-type': type } }));
    expect((await send('purr', 'text/html')).code).toBe('SignatureDoesNotMatch');
    expect((await send('purr!', 'image/webp')).code).toBe('SignatureDoesNotMatch');
    expect((await send('purr', 'image/webp')).status).toBe(200);
  });

  it('brings metadata and encryption along in its query', async () => {
    const url = await toPut({ Metadata: { owner: 'sei' } });
    expect((await answerOf(fetch(url, { method: 'PUT', body: 'purr' }))).status).toBe(200);
    const found = await store.root.send(new GetObjectCommand(target));
    expect(found.Metadata).toEqual({ owner: 'sei' });
  });

  it('is no right to read', async () => {
    expect((await answerOf(fetch(await toPut()))).code).toBe('SignatureDoesNotMatch');
  });

  it('writes once when it says so', async () => {
    const url = await toPut({ Key: 'mine/once', IfNoneMatch: '*' }, ['if-none-match']);
    const send = () => answerOf(fetch(url, { method: 'PUT', body: 'purr', headers: { 'if-none-match': '*' } }));
    expect([(await send()).status, (await send()).status]).toEqual([200, 412]);
  });
});
