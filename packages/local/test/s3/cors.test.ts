import { beforeEach, describe, expect, it } from 'vitest';
import { openStore, put, raw, sendSigned, type Store } from './support.ts';

let store: Store;
beforeEach(async () => {
  store = await openStore({
    aws_s3_bucket: { pictures: { bucket: 'pictures' }, silent: { bucket: 'silent' } },
    aws_s3_bucket_cors_configuration: {
      pictures: {
        bucket: 'pictures',
        cors_rule: [
          {
            allowed_origins: ['https://*.example.com', 'http://localhost:3000'],
            allowed_methods: ['PUT', 'POST'],
            allowed_headers: ['content-type', 'x-amz-*'],
            expose_headers: ['ETag'],
            max_age_seconds: 600,
          },
          { allowed_origins: ['*'], allowed_methods: ['GET'] },
        ],
      },
    },
  });
  await put(store, 'a', 'content');
});

const CORS_HEADERS = /^(access-control-|vary)/;
const corsOf = (headers: NodeJS.Dict<string | string[]>) =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => CORS_HEADERS.test(name)));

const preflight = (origin: string, method: string, requested?: string, path = '/pictures/a') =>
  raw(store, {
    method: 'OPTIONS',
    path,
    headers: {
      origin,
      'access-control-request-method': method,
      ...(requested === undefined ? {} : { 'access-control-request-headers': requested }),
    },
  });

describe('a preflight', () => {
  it('is answered by the rule that fits', async () => {
    const answer = await preflight('http://localhost:3000', 'PUT', 'Content-Type, X-Amz-Meta-A');
    expect([answer.status, answer.text, corsOf(answer.headers)]).toEqual([
      200,
      '',
      {
        'access-control-allow-origin': 'http://localhost:3000',
        'access-control-allow-methods': 'PUT, POST',
        'access-control-allow-headers': 'content-type, x-amz-meta-a',
        'access-control-expose-headers': 'ETag',
        'access-control-max-age': '600',
        'access-control-allow-credentials': 'true',
        vary: 'Origin, Access-Control-Request-Headers, Access-Control-Request-Method',
      },
    ]);
  });

  it('of a rule for everybody names nobody', async () => {
    const answer = await preflight('https://anywhere.example.org', 'GET');
    expect(corsOf(answer.headers)).toEqual({
      'access-control-allow-origin': '*',
      'access-control-allow-methods': 'GET',
      vary: 'Origin, Access-Control-Request-Headers, Access-Control-Request-Method',
    });
  });

  it.each([
    ['https://www.example.com', 'PUT', undefined, 200],
    ['https://example.com', 'PUT', undefined, 403],
    ['https://www.example.com.evil.net', 'PUT', undefined, 403],
    ['http://www.example.com', 'PUT', undefined, 403],
    ['http://localhost:3001', 'PUT', undefined, 403],
    ['http://localhost:3000', 'DELETE', undefined, 403],
    ['http://localhost:3000', 'PUT', 'x-amz-meta-a, authorization', 403],
    ['http://localhost:3000', 'GET', 'x-amz-meta-a', 403],
    ['null', 'PUT', undefined, 403],
  ])('from %s for %s with %s: %i', async (origin, method, requested, status) => {
    const answer = await preflight(origin, method, requested);
    expect(answer.status).toBe(status);
    if (status === 403) {
      expect(answer.code).toBe('AccessForbidden');
      expect(corsOf(answer.headers)).toEqual({});
    }
  });

  it('of a bucket without rules says that there are none', async () => {
    const answer = await preflight('http://localhost:3000', 'PUT', undefined, '/silent/a');
    expect([answer.status, answer.message]).toEqual([403, 'CORSResponse: CORS is not enabled for this bucket.']);
  });

  it('must say where it comes from and what for', async () => {
    const ask = (headers: Record<string, string>) => raw(store, { method: 'OPTIONS', path: '/pictures/a', headers });
    expect((await ask({})).status).toBe(400);
    expect((await ask({ origin: 'http://localhost:3000' })).status).toBe(400);
  });
});

describe('a request of a page', () => {
  it('has the headers of its rule, also when it is refused', async () => {
    const origin = 'http://localhost:3000';
    const written = await sendSigned(store, { method: 'PUT', path: '/pictures/b', headers: { origin }, body: 'x' });
    expect([written.status, written.headers['access-control-allow-origin']]).toEqual([200, origin]);
    const refused = await raw(store, { method: 'PUT', path: '/pictures/b', headers: { origin }, body: 'x' });
    expect([refused.status, refused.headers['access-control-allow-origin']]).toEqual([403, origin]);
  });

  it('of a page that no rule names is answered without, and the browser keeps the answer', async () => {
    const headers = { origin: 'http://localhost:3001' };
    const answer = await sendSigned(store, { method: 'PUT', path: '/pictures/b', headers, body: 'x' });
    expect([answer.status, corsOf(answer.headers)]).toEqual([200, {}]);
  });

  it('to a bucket without rules has nothing of the rules of the port', async () => {
    const headers = { origin: 'http://localhost:3000' };
    const answer = await sendSigned(store, { method: 'PUT', path: '/silent/b', headers, body: 'x' });
    expect([answer.status, corsOf(answer.headers)]).toEqual([200, {}]);
  });

  it('without an origin has none', async () => {
    const answer = await sendSigned(store, { path: '/pictures/a' });
    expect(corsOf(answer.headers)).toEqual({});
  });
});
