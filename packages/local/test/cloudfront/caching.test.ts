import { describe, expect, test } from 'vitest';
import { cacheOf, cachePolicy, kept, open } from './support.ts';

describe('how long an answer is kept', () => {
  test.each([
    ['s-maxage=30', 29],
    ['max-age=5, s-maxage=30', 29],
    ['max-age=30', 29],
    ['s-maxage=3600', 59],
  ])(
    '%s: still after %i seconds and no longer a second on, since the policy allows 60',
    async (cacheControl, seconds) => {
      const { get, answer, clock } = await open();
      answer(kept(cacheControl));
      await get('/hours/today');
      clock.advance(seconds * 1000);
      const [fresh] = [await get('/hours/today')];
      clock.advance(1000);
      const old = await get('/hours/today');
      expect([cacheOf(fresh), fresh.headers['age'], cacheOf(old)]).toEqual([
        'Hit from cloudfront',
        String(seconds),
        'Miss from cloudfront',
      ]);
    },
  );

  test.each(['no-store', 'no-cache', 'private, max-age=30', 'max-age=0', ''])(
    '"%s": not at all',
    async (cacheControl) => {
      const { get, answer, events } = await open();
      answer(kept(cacheControl));
      expect([cacheOf(await get('/hours/today')), cacheOf(await get('/hours/today'))]).toEqual([
        'Miss from cloudfront',
        'Miss from cloudfront',
      ]);
      expect(events).toHaveLength(2);
    },
  );

  test('a minimum in the policy is stronger than no-store', async () => {
    const { get, answer } = await open((terraform) => {
      Object.assign(terraform.aws_cloudfront_cache_policy?.hours ?? {}, { min_ttl: 5 });
    });
    answer(kept('no-store'));
    await get('/hours/today');
    expect(cacheOf(await get('/hours/today'))).toBe('Hit from cloudfront');
  });

  test('nothing stays kept when the configuration is read again', async () => {
    const { get, answer, cloudfront, events } = await open();
    answer(kept('s-maxage=30'));
    await get('/hours/today');
    cloudfront.replace([]);
    expect(cloudfront.find('localhost', '/hours/today')).toBeNull();
    expect(events).toHaveLength(1);
  });
});

describe('what is asked again', () => {
  test('is asked with the ETag, and 304 makes it fresh', async () => {
    const { get, answer, clock, events } = await open();
    answer(kept('s-maxage=30'));
    await get('/hours/today');
    clock.advance(31_000);
    answer({ statusCode: 304, headers: { 'cache-control': 's-maxage=30', etag: '"one"' } });
    const renewed = await get('/hours/today');
    expect([cacheOf(renewed), renewed.status, renewed.body.toString()]).toEqual([
      'RefreshHit from cloudfront',
      200,
      'answer 200',
    ]);
    expect(events[1]).toMatchObject({ headers: { 'if-none-match': '"one"' } });
    expect(cacheOf(await get('/hours/today'))).toBe('Hit from cloudfront');
  });

  test('is replaced when it has changed', async () => {
    const { get, answer, clock } = await open();
    answer(kept('s-maxage=30'));
    await get('/hours/today');
    clock.advance(31_000);
    answer({ ...kept('s-maxage=30'), body: 'closed' });
    expect((await get('/hours/today')).body.toString()).toBe('closed');
    expect((await get('/hours/today')).body.toString()).toBe('closed');
  });
});

describe('an error', () => {
  test('is kept for ten seconds, whatever it says', async () => {
    const { get, answer, clock } = await open();
    answer(kept('no-store', 503));
    expect(cacheOf(await get('/hours/today'))).toBe('Error from cloudfront');
    answer(kept('no-store'));
    clock.advance(9_000);
    expect((await get('/hours/today')).status).toBe(503);
    clock.advance(1_000);
    expect((await get('/hours/today')).status).toBe(200);
  });

  test('is not kept when its custom error response says so', async () => {
    const { get, answer } = await open((terraform) => {
      Object.assign(terraform.aws_cloudfront_distribution?.museum ?? {}, {
        custom_error_response: [{ error_code: 503, error_caching_min_ttl: 0 }],
      });
    });
    answer(kept('no-store', 503));
    await get('/hours/today');
    answer(kept('no-store'));
    expect((await get('/hours/today')).status).toBe(200);
  });

  test('that has a page is answered with it, or stays when there is none', async () => {
    const { get, answer } = await open((terraform) => {
      Object.assign(terraform.aws_cloudfront_distribution?.museum ?? {}, {
        custom_error_response: [
          { error_code: 404, response_code: 200, response_page_path: '/hours/none' },
          { error_code: 410, response_code: 410, response_page_path: '/404.html' },
        ],
      });
    });
    answer(kept('s-maxage=30'));
    await get('/hours/none');
    answer(kept('no-store', 404));
    const shown = await get('/hours/never');
    expect([shown.status, shown.body.toString(), cacheOf(shown)]).toEqual([200, 'answer 200', 'Error from cloudfront']);
    answer(kept('no-store', 410));
    const bare = await get('/hours/gone');
    expect([bare.status, bare.body.toString()]).toEqual([410, 'answer 410']);
  });
});

describe('the key', () => {
  test('has the path and what the policy names, and the function gets no more', async () => {
    const { get, answer, events } = await open();
    answer(kept('s-maxage=30'));
    const results: (string | undefined)[] = [];
    for (const path of [
      '/hours/a',
      '/hours/a?utm=x',
      '/hours/a?day=1',
      '/hours/a?x=y&day=1',
      '/hours/a?day=2',
      '/hours/b',
    ])
      results.push(cacheOf(await get(path, { headers: { cookie: 'viewer=7', authorization: 'Bearer me' } })));
    const [miss, hit] = ['Miss from cloudfront', 'Hit from cloudfront'];
    expect(results).toEqual([miss, hit, miss, hit, miss, miss]);
    expect(events.map(({ rawQueryString }) => rawQueryString)).toEqual(['', 'day=1', 'day=2', '']);
    expect(JSON.stringify(events)).not.toMatch(/viewer|Bearer|utm/);
  });

  test('tells codings apart only as far as the policy knows them', async () => {
    const { get, answer, events } = await open();
    answer(kept('s-maxage=30'));
    for (const encoding of ['gzip, deflate, br', 'br;q=1.0, gzip;q=0.8', 'br', 'gzip;q=0', 'identity'])
      await get('/hours/a', { headers: { 'accept-encoding': encoding } });
    expect(events.map(({ headers }) => (headers as Record<string, string>)['accept-encoding'])).toEqual([
      'gzip',
      undefined,
    ]);
  });

  test('has cookies and headers that a policy names', async () => {
    const { get, answer, events } = await open((terraform) => {
      terraform.aws_cloudfront_cache_policy = {
        hours: cachePolicy({
          cookies_config: { cookie_behavior: 'whitelist', cookies: { items: ['language'] } },
          headers_config: { header_behavior: 'whitelist', headers: { items: ['Accept-Language'] } },
          query_strings_config: { query_string_behavior: 'allExcept', query_strings: { items: ['utm'] } },
        }),
      };
    });
    answer(kept('s-maxage=30'));
    await get('/hours/a?utm=1&b=2&a=1', { headers: { cookie: 'viewer=7; language=ja', 'accept-language': 'ja' } });
    expect(events[0]).toMatchObject({
      rawQueryString: 'b=2&a=1',
      cookies: ['language=ja'],
      headers: { 'accept-language': 'ja' },
    });
    const other = await get('/hours/a?b=2&a=1', { headers: { cookie: 'language=en', 'accept-language': 'ja' } });
    expect(cacheOf(other)).toBe('Miss from cloudfront');
  });
});

describe('HEAD', () => {
  test('is answered by what is kept for GET, without the body', async () => {
    const { get, answer } = await open();
    answer(kept('s-maxage=30'));
    await get('/hours/today');
    const head = await get('/hours/today', { method: 'HEAD' });
    expect([cacheOf(head), head.status, head.body.byteLength]).toEqual(['Hit from cloudfront', 200, 0]);
  });

  test('leaves nothing behind that GET would take for its answer', async () => {
    const { get, answer } = await open();
    answer(kept('s-maxage=30'));
    await get('/hours/today', { method: 'HEAD' });
    const full = await get('/hours/today');
    expect([cacheOf(full), full.body.toString()]).toEqual(['Miss from cloudfront', 'answer 200']);
  });
});
