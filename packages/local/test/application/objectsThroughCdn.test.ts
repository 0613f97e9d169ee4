import { describe, expect, test } from 'vitest';
import { BUCKET, lettingIn, type Site, type SiteResources, startSite } from './cdnSite.ts';

const statusOf = async (site: Site, path: string) => {
  const { status, headers } = await site.get(path);
  return [status, headers['x-cache']];
};

describe('an object of a bucket', () => {
  test('is fetched once, with its headers and those of the policies', async () => {
    const site = await startSite();
    await site.put('plants/fern.txt', 'green', { ContentType: 'text/plain', CacheControl: 'max-age=60' });

    const first = await site.get('/plants/fern.txt');
    await site.put('plants/fern.txt', 'brown');
    const second = await site.get('/plants/fern.txt');

    expect(first).toMatchObject({
      status: 200,
      headers: {
        'content-type': 'text/plain',
        'content-length': '5',
        'cache-control': 'max-age=60',
        etag: '"9f27410725ab8cc8854a2769c7a516b8"',
        'x-cache': 'Miss from cloudfront',
        'x-content-type-options': 'nosniff',
        'strict-transport-security': 'max-age=31536000',
      },
      body: 'green',
    });
    expect([second.body, second.headers['x-cache'], second.headers.age]).toEqual(['green', 'Hit from cloudfront', '0']);
  });

  test('is asked for again by its ETag when its time is over', async () => {
    const site = await startSite();
    await site.put('plants/fern.txt', 'green', { CacheControl: 'max-age=60' });
    await site.get('/plants/fern.txt');
    site.system.clock.advance(61_000);
    expect(await statusOf(site, '/plants/fern.txt')).toEqual([200, 'RefreshHit from cloudfront']);
    await site.put('plants/fern.txt', 'brown', { CacheControl: 'max-age=60' });
    site.system.clock.advance(61_000);
    expect(await site.get('/plants/fern.txt')).toMatchObject({
      headers: { 'x-cache': 'Miss from cloudfront' },
      body: 'brown',
    });
  });

  test('is not sent to who has it', async () => {
    const site = await startSite();
    await site.put('plants/fern.txt', 'green');
    const { headers } = await site.get('/plants/fern.txt');
    const known = await site.get('/plants/fern.txt', { 'if-none-match': headers.etag ?? '' });
    expect([known.status, known.body, known.headers['content-length']]).toEqual([304, '', undefined]);
    const since = await site.get('/plants/fern.txt', { 'if-modified-since': headers['last-modified'] ?? '' });
    expect(since.status).toBe(304);
    const older = await site.get('/plants/fern.txt', { 'if-modified-since': 'Sun, 01 Jan 2023 00:00:00 GMT' });
    expect(older.status).toBe(200);
  });

  test.each([
    ['bytes=1-3', 206, 'ree', 'bytes 1-3/5'],
    ['bytes=3-', 206, 'en', 'bytes 3-4/5'],
    ['bytes=-2', 206, 'en', 'bytes 3-4/5'],
    ['bytes=0-99', 206, 'green', 'bytes 0-4/5'],
    ['bytes=5-', 416, '', 'bytes */5'],
    ['bytes=-0', 416, '', 'bytes */5'],
    ['bytes=3-1', 200, 'green', undefined],
    ['bytes=0-1,3-4', 200, 'green', undefined],
    ['lines=1-2', 200, 'green', undefined],
  ])('for %s is answered %i', async (range, status, body, contentRange) => {
    const site = await startSite();
    await site.put('plants/fern.txt', 'green');
    const answer = await site.get('/plants/fern.txt', { range });
    expect([answer.status, answer.body, answer.headers['content-range']]).toEqual([status, body, contentRange]);
    if (body !== '') expect(answer.headers['content-length']).toBe(String(body.length));
  });

  test('in part, of a version that has gone, is sent as a whole', async () => {
    const site = await startSite();
    await site.put('plants/fern.txt', 'green');
    const answer = await site.get('/plants/fern.txt', { range: 'bytes=1-3', 'if-range': '"other"' });
    expect([answer.status, answer.body]).toEqual([200, 'green']);
  });

  test('has a head with its length and no body', async () => {
    const site = await startSite();
    await site.put('plants/fern.txt', 'green');
    const head = await site.get('/plants/fern.txt', {}, 'HEAD');
    expect([head.status, head.headers['content-length'], head.body]).toEqual([200, '5', '']);
  });

  test('has the key that the path says', async () => {
    const site = await startSite();
    await site.put('plants/grüner Farn', 'green');
    await site.put('plants/a/../b', 'odd');
    expect((await site.get('/plants/gr%C3%BCner%20Farn')).body).toBe('green');
    // Dots are resolved on the way, as browsers do.
    expect((await site.get('/plants/a/../b')).status).toBe(403);
    expect((await site.get('/plants/a%2F..%2Fb')).body).toBe('odd');
  });
});

describe('the whole distribution, by its own name', () => {
  /** The name depends on the data folder; an object says it. */
  async function named(change: (resources: SiteResources) => void = () => undefined) {
    const site = await startSite((resources) => {
      change(resources);
      const content = '${aws_cloudfront_distribution.site.domain_name}';
      resources.aws_s3_object = { name: { bucket: BUCKET, key: 'plants/name', content } };
    });
    const { body } = await site.get('/plants/name');
    return { site, host: body.replace(/\.net$/, '.localhost') };
  }

  test('shows the root object at /', async () => {
    const { site, host } = await named();
    await site.put('index.html', '<h1>Plants</h1>', { ContentType: 'text/html' });
    expect(await site.get('/', { host })).toMatchObject({
      status: 200,
      headers: { 'content-type': 'text/html' },
      body: '<h1>Plants</h1>',
    });
  });

  test('shows the page of an error, kept apart from what was asked for', async () => {
    const { site } = await named(({ aws_cloudfront_distribution: distribution }) => {
      Object.assign(distribution?.site ?? {}, {
        custom_error_response: [{ error_code: 403, response_code: 404, response_page_path: '/404.html' }],
      });
    });
    expect((await site.get('/plants/none')).status).toBe(403);
    await site.put('404.html', 'There is no such plant.', { ContentType: 'text/html' });
    site.system.clock.advance(10_000);
    expect(await site.get('/plants/none')).toMatchObject({
      status: 404,
      headers: { 'content-type': 'text/html', 'x-cache': 'Error from cloudfront' },
      body: 'There is no such plant.',
    });
  });
});

describe('the policy of the bucket', () => {
  test('tells nobody what there is not', async () => {
    const site = await startSite();
    const { status, body } = await site.get('/plants/none');
    expect([status, body]).toEqual([403, expect.stringContaining('<Code>AccessDenied</Code>')]);
  });

  test.each<[string, (resources: SiteResources) => void]>([
    [
      'another distribution',
      ({ aws_s3_bucket_policy: policies }) => {
        const other = lettingIn('arn:aws:cloudfront::000000000000:distribution/EOTHER');
        Object.assign(policies?.site ?? {}, { policy: JSON.stringify({ Version: '2012-10-17', Statement: [other] }) });
      },
    ],
    [
      'nobody, since requests are not signed',
      ({ aws_cloudfront_origin_access_control: access }) => {
        Object.assign(access?.site ?? {}, { signing_behavior: 'never' });
      },
    ],
  ])('that lets in %s keeps this one out', async (_, change) => {
    const site = await startSite(change);
    await site.put('plants/fern.txt', 'green');
    expect(await statusOf(site, '/plants/fern.txt')).toEqual([403, 'Error from cloudfront']);
  });
});

test('the path of an origin comes before every key', async () => {
  const site = await startSite(({ aws_cloudfront_distribution: distribution }) => {
    const [origin] = distribution?.site?.origin as Record<string, unknown>[];
    Object.assign(origin ?? {}, { origin_path: '/v2' });
  });
  await site.put('v2/plants/fern.txt', 'green');
  expect((await site.get('/plants/fern.txt')).body).toBe('green');
});
