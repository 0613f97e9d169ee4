import '../testing/environment.ts';
import type { LambdaFunctionURLEvent } from 'aws-lambda';
import { afterEach, describe, expect, test, vi } from 'vitest';
import manifest from '../../schema/operations/manifest.json' with { type: 'json' };
import { handler } from './handler.ts';

for (const method of ['log', 'warn', 'error'] as const) vi.spyOn(console, method).mockReturnValue();
const appsync = vi.spyOn(globalThis, 'fetch');
afterEach(() => void appsync.mockReset());

const hashNamed = (name: string): string =>
  Object.entries(manifest).find(([, operation]) => operation.name === name)?.[0] ?? `no operation ${name}`;

const TRENDING = `/q/${hashNamed('Trending')}`;
const NOTHING_TRENDS = '{"data":{"trending":{"edges":[]}}}';
const answers = (body: string, status = 200) => appsync.mockImplementation(async () => new Response(body, { status }));

interface Asked {
  readonly path?: string;
  readonly query?: string;
  readonly method?: string;
  readonly headers?: Record<string, string>;
}

const ask = ({ path = TRENDING, query = '', method = 'GET', headers = {} }: Asked = {}) =>
  handler({
    rawPath: path,
    rawQueryString: query,
    headers,
    requestContext: { http: { method } },
  } as unknown as LambdaFunctionURLEvent);

const v = (text: string): string => `v=${encodeURIComponent(text)}`;
const messageOf = ({ body }: { body?: string }) => {
  const { errors } = JSON.parse(body ?? '') as { errors: { message: string }[] };
  return errors[0]?.message;
};

describe('a public operation', () => {
  test('is asked of AppSync with the API key and nothing of the caller', async () => {
    answers(NOTHING_TRENDS);
    await ask({ query: v('{"first":5}'), headers: { authorization: 'Bearer viewer', 'x-api-key': 'theirs' } });
    const [url, init] = appsync.mock.calls[0] ?? [];
    expect(url).toBe('https://example.appsync-api.us-east-1.amazonaws.com/graphql');
    expect(init?.headers).toEqual({ 'content-type': 'application/json', 'x-api-key': 'da2-example' });
    const body = JSON.parse(String(init?.body)) as { query: string; variables: object };
    expect(body.variables).toEqual({ first: 5 });
    expect(body.query).toMatch(/^query Trending\(\$first:Int\$after:String\)\{trending\(/);
  });

  test('is answered with what AppSync said, to be kept by shared caches for its own time', async () => {
    answers(NOTHING_TRENDS);
    expect(await ask()).toEqual({
      statusCode: 200,
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'cache-control': 'public, max-age=0, s-maxage=15',
        etag: '"d6_FQHQxTdqBYFZ1Mb0UtwdAANPQvMGu0nR9ixVxPqU"',
      },
      body: NOTHING_TRENDS,
    });
  });

  test('has the same ETag for the same answer, which saves sending it again', async () => {
    answers(NOTHING_TRENDS);
    const etag = String((await ask()).headers?.etag);
    for (const known of [etag, `W/${etag}`, `"other", ${etag}`]) {
      expect(await ask({ headers: { 'if-none-match': known } })).toEqual({
        statusCode: 304,
        headers: { 'cache-control': 'public, max-age=0, s-maxage=15', etag },
      });
    }
    expect(await ask({ headers: { 'if-none-match': '"other"' } })).toMatchObject({ statusCode: 200 });
  });

  test('answers HEAD without a body', async () => {
    answers(NOTHING_TRENDS);
    expect(await ask({ method: 'HEAD' })).toMatchObject({ statusCode: 200, body: '' });
  });
});

describe('an answer with errors', () => {
  test('is passed on and never kept', async () => {
    const partial = '{"data":{"trending":null},"errors":[{"message":"slow"}]}';
    answers(partial);
    expect(await ask()).toEqual({
      statusCode: 200,
      headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' },
      body: partial,
    });
  });

  test.each([
    [429, '{}', 429],
    [401, '{"errors":[{"message":"key ended"}]}', 502],
    [500, 'oops', 502],
    [200, 'no json', 502],
    [200, '{"errors":[{"message":"invalid document"}]}', 502],
  ])('AppSync answering %i %s is %i here, without its words', async (status, body, expected) => {
    answers(body, status);
    const answer = await ask();
    expect(answer.statusCode).toBe(expected);
    expect(answer.headers).toMatchObject({ 'cache-control': 'no-store', 'retry-after': '1' });
    expect(answer.body).not.toContain('key ended');
  });

  test('is 504 when there is none in time and 502 when there is no connection', async () => {
    appsync.mockRejectedValueOnce(new DOMException('timed out', 'TimeoutError'));
    expect(await ask()).toMatchObject({ statusCode: 504 });
    appsync.mockRejectedValueOnce(new TypeError('fetch failed'));
    expect(await ask()).toMatchObject({ statusCode: 502 });
  });
});

describe('what is not a public operation', () => {
  test.each([
    ['/q/', 'no hash'],
    [`/q/${'0'.repeat(64)}`, 'an unknown hash'],
    [`/q/${hashNamed('Viewer')}`, 'an operation of members'],
    [`/q/${hashNamed('CreatePost')}`, 'a mutation'],
    [`${TRENDING}/`, 'another path'],
    ['/q/__proto__', 'a name of JavaScript'],
  ])('%s (%s) is 404 and asks nobody', async (path) => {
    expect(await ask({ path })).toMatchObject({ statusCode: 404, headers: { 'cache-control': 'no-store' } });
    expect(appsync).not.toHaveBeenCalled();
  });

  test('POST is 405', async () => {
    expect(await ask({ method: 'POST' })).toMatchObject({ statusCode: 405, headers: { allow: 'GET, HEAD' } });
  });
});

describe('variables', () => {
  test.each([
    ['{', '"v" is not JSON'],
    ['[1]', '"v" must be a JSON object'],
    ['null', '"v" must be a JSON object'],
    ['{}', 'leave "v" out when there are no variables'],
    ['{"first": 5}', '"v" must be written as {"first":5}: keys sorted, no spaces'],
    ['{"first":5,"after":"a"}', '"v" must be written as {"after":"a","first":5}: keys sorted, no spaces'],
    ['{"first":5,"first":6}', '"v" must be written as {"first":6}: keys sorted, no spaces'],
    ['{"first":5.0}', '"v" must be written as {"first":5}: keys sorted, no spaces'],
    ['{"nonce":1}', 'the operation has no variable nonce'],
    ['{"__proto__":1}', 'the operation has no variable __proto__'],
  ])('%s is refused with the reason', async (text, message) => {
    const answer = await ask({ query: v(text) });
    expect([answer.statusCode, messageOf(answer)]).toEqual([400, message]);
    expect(appsync).not.toHaveBeenCalled();
  });

  test('of more than 2,048 bytes are refused', async () => {
    const answer = await ask({ query: v(`{"after":"${'あ'.repeat(680)}"}`) });
    expect([answer.statusCode, messageOf(answer)]).toEqual([400, '"v" is longer than 2048 bytes']);
  });

  test('given twice are refused', async () => {
    const answer = await ask({ query: `${v('{"first":5}')}&${v('{"first":6}')}` });
    expect([answer.statusCode, messageOf(answer)]).toEqual([400, '"v" is given more than once']);
  });
});
