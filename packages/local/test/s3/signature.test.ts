import { S3Client } from '@aws-sdk/client-s3';
import { beforeEach, describe, expect, it } from 'vitest';
import { openStore, put, raw, sendSigned, signedHeaders, type Signing, type Store } from './support.ts';

let store: Store;
beforeEach(async () => {
  store = await openStore();
  await put(store, 'a', 'content');
});

const path = '/pictures/a';
const MINUTE = 60_000;

describe('a signature in the header', () => {
  it.each<[string, (one: Store) => Signing, number, string | undefined]>([
    ['by the root key', () => ({}), 200, undefined],
    [
      'by a wrong secret',
      ({ rootKey }) => ({ key: { ...rootKey, secretAccessKey: 'guess' } }),
      403,
      'SignatureDoesNotMatch',
    ],
    [
      'by an unknown key',
      () => ({ key: { accessKeyId: 'AKIANOBODY', secretAccessKey: 'x' } }),
      403,
      'InvalidAccessKeyId',
    ],
    [
      'by a session with another token',
      (one) => ({ key: { ...one.keyOf('reader'), sessionToken: 'x' } }),
      400,
      'InvalidToken',
    ],
    [
      'by a session without its token',
      (one) => {
        const { accessKeyId, secretAccessKey } = one.keyOf('reader');
        return { key: { accessKeyId, secretAccessKey } };
      },
      400,
      'InvalidToken',
    ],
    ['for another region', () => ({ region: 'us-west-2' }), 400, 'AuthorizationHeaderMalformed'],
    ['14 minutes old', () => ({ date: new Date(Date.now() - 14 * MINUTE) }), 200, undefined],
    ['16 minutes old', () => ({ date: new Date(Date.now() - 16 * MINUTE) }), 403, 'RequestTimeTooSkewed'],
    ['16 minutes early', () => ({ date: new Date(Date.now() + 16 * MINUTE) }), 403, 'RequestTimeTooSkewed'],
    ["by the local system's clock", (one) => ({ date: new Date(one.clock.now()) }), 200, undefined],
  ])('%s: %i', async (_, signing, status, code) => {
    const answer = await sendSigned(store, { path }, signing(store));
    expect([answer.status, answer.code]).toEqual([status, code]);
  });

  it('names the region that it should be for, as SDKs read it', async () => {
    const { text } = await sendSigned(store, { path }, { region: 'us-west-2' });
    expect(text).toContain('<Region>eu-central-1</Region>');
  });

  it('shows what was signed when it does not match', async () => {
    const answer = await sendSigned(store, { path }, { key: { ...store.rootKey, secretAccessKey: 'guess' } });
    expect(answer.text).toContain('<AWSAccessKeyId>AKIAROOTROOTROOTROOT</AWSAccessKeyId>');
    expect(answer.text).toContain('<StringToSign>AWS4-HMAC-SHA256&#10;');
    expect(answer.text).toContain('<CanonicalRequest>GET&#10;/pictures/a&#10;');
    expect(answer.text).not.toContain('root-secret');
  });

  it.each<
    [
      string,
      (headers: Record<string, string>) => { path?: string; headers: Record<string, string>; method?: string },
      string,
    ]
  >([
    ['another object', (headers) => ({ path: '/pictures/b', headers }), 'SignatureDoesNotMatch'],
    ['another method', (headers) => ({ method: 'DELETE', headers }), 'SignatureDoesNotMatch'],
    ['a parameter more', (headers) => ({ path: `${path}?versionId=null`, headers }), 'SignatureDoesNotMatch'],
    ['a header of S3 more', (headers) => ({ headers: { ...headers, 'x-amz-meta-a': 'b' } }), 'AccessDenied'],
    [
      'another date',
      (headers) => ({ headers: { ...headers, 'x-amz-date': '20260101T000000Z' } }),
      'AuthorizationHeaderMalformed',
    ],
    ['no date', ({ 'x-amz-date': _, ...headers }) => ({ headers }), 'AuthorizationHeaderMalformed'],
    ['no hash of the body', ({ 'x-amz-content-sha256': _, ...headers }) => ({ headers }), 'InvalidRequest'],
    [
      'another hash of the body',
      (headers) => ({ headers: { ...headers, 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' } }),
      'SignatureDoesNotMatch',
    ],
    [
      'an invented hash of the body',
      (headers) => ({ headers: { ...headers, 'x-amz-content-sha256': 'SIGNED' } }),
      'InvalidArgument',
    ],
    [
      'half a credential',
      (headers) => ({ headers: { ...headers, authorization: 'AWS4-HMAC-SHA256 Credential=AKIA/s3' } }),
      'AuthorizationHeaderMalformed',
    ],
    [
      'the signature of version 2',
      (headers) => ({ headers: { ...headers, authorization: 'AWS AKIA:c2ln' } }),
      'InvalidRequest',
    ],
    ['no signature at all', ({ authorization: _, ...headers }) => ({ headers }), 'AccessDenied'],
  ])('does not go with %s', async (_, change, code) => {
    const headers = await signedHeaders(store, { path });
    const answer = await raw(store, { path, ...change(headers) });
    expect(answer.code).toBe(code);
    expect(store.lines).toEqual([]);
  });

  it('is not asked twice of the same request: a retry is a request like any other', async () => {
    const headers = await signedHeaders(store, { path });
    expect((await raw(store, { path, headers })).status).toBe(200);
    expect((await raw(store, { path, headers })).status).toBe(200);
  });

  it('belongs to the account that the client expects', async () => {
    const expected = (owner: string) => ({ path, headers: { 'x-amz-expected-bucket-owner': owner } });
    expect((await sendSigned(store, expected('123456789012'))).status).toBe(200);
    expect((await sendSigned(store, expected('999999999999'))).code).toBe('AccessDenied');
  });
});

describe('a signature for another service', () => {
  it('is not one for S3, whatever the path', async () => {
    const answer = await sendSigned(store, { path }, { service: 'dynamodb' });
    expect([answer.status, answer.headers['x-amzn-errortype']]).toEqual([404, 'UnknownOperationException']);
  });
});

describe('the SDK', () => {
  it('reaches a bucket below an address by path, without being told', async () => {
    const hosts: string[] = [];
    const client = new S3Client({ endpoint: store.url, region: 'eu-central-1', credentials: store.rootKey });
    client.middlewareStack.add(
      (next) => (args) => {
        const { hostname, path: sent } = args.request as { hostname: string; path: string };
        hosts.push(`${hostname}${sent}`);
        return next(args);
      },
      { step: 'finalizeRequest' },
    );
    await put({ root: client }, 'b');
    expect(hosts).toEqual(['127.0.0.1/pictures/b']);
    client.destroy();
  });
});
