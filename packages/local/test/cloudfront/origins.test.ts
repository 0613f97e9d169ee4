import { describe, expect, test } from 'vitest';
import { AwsError } from '../../src/aws/error.ts';
import { matchesPath } from '../../src/services/cloudfront/pathPattern.ts';
import { cacheOf, kept, open, type Terraform } from './support.ts';

const distributionOf = (terraform: Terraform) => terraform.aws_cloudfront_distribution?.museum ?? {};

describe('a function URL as an origin', () => {
  test('gets an event of payload format 2.0', async () => {
    const { get, events } = await open();
    await get('/hours/%E5%BA%83?day=1&day=2');
    expect(events).toMatchObject([
      {
        version: '2.0',
        routeKey: '$default',
        rawPath: '/hours/広',
        rawQueryString: 'day=1&day=2',
        queryStringParameters: { day: '1,2' },
        headers: { 'user-agent': 'Amazon CloudFront', 'x-forwarded-for': '192.0.2.1', 'x-forwarded-proto': 'https' },
        requestContext: {
          accountId: '123456789012',
          http: { method: 'GET', path: '/hours/広', protocol: 'HTTP/1.1', sourceIp: '192.0.2.1' },
          time: '22/Nov/2026:00:00:00 +0000',
          timeEpoch: 1795305600000,
        },
        isBase64Encoded: false,
      },
    ]);
  });

  test.each([
    [{ statusCode: 201, headers: { 'X-One': 'a' }, body: 'made' }, 201, 'made', { 'x-one': 'a' }],
    [{ statusCode: 200, body: 'aGk=', isBase64Encoded: true }, 200, 'hi', {}],
    [{ hours: [10, 18] }, 200, '{"hours":[10,18]}', { 'content-type': 'application/json' }],
    ['text', 200, 'text', { 'content-type': 'application/json' }],
    [{ statusCode: 'many' }, 502, 'Internal Server Error', {}],
    [{ statusCode: 200, body: { no: 'text' } }, 502, 'Internal Server Error', {}],
  ])('that returns %j is answered %i', async (returned, status, body, headers) => {
    const { get, answer } = await open();
    answer(returned);
    const response = await get('/hours/today');
    expect([response.status, response.body.toString()]).toEqual([status, body]);
    expect(response.headers).toMatchObject(headers);
  });

  test('that fails is 502 without what it said, and one that is throttled 429', async () => {
    const { get, answer } = await open();
    answer({ errorMessage: 'secret' }, 'Unhandled');
    const failed = await get('/hours/a');
    expect([failed.status, failed.body.toString()]).toEqual([502, 'Internal Server Error']);
    answer(new AwsError('TooManyRequestsException', 'Rate Exceeded.', { statusCode: 429 }));
    expect((await get('/hours/b')).status).toBe(429);
  });

  test('gets what the response headers policy adds, and keeps its own where that does not insist', async () => {
    const { get, answer } = await open();
    answer({ statusCode: 200, headers: { server: 'function', 'x-content-type-options': 'sniff' }, body: '' });
    expect((await get('/hours/a')).headers).toMatchObject({ server: 'function', 'x-content-type-options': 'nosniff' });
    answer({ statusCode: 200, body: '' });
    expect((await get('/hours/b')).headers).toMatchObject({ server: 'museum' });
  });
});

describe('who may call the function', () => {
  test.each(['url', 'function'])('both permissions are needed: without "%s" the edge is forbidden to', async (name) => {
    const { get, events, lines } = await open((terraform) => {
      delete terraform.aws_lambda_permission?.[name];
    });
    const { status, body } = await get('/hours/today');
    expect([status, body.toString()]).toEqual([403, expect.stringContaining('Forbidden')]);
    expect(events).toEqual([]);
    expect(lines.join()).toContain('cloudfront.amazonaws.com is not authorized to perform: lambda:Invoke');
  });

  test('a permission for another distribution does not help', async () => {
    const { get } = await open((terraform) => {
      for (const permission of Object.values(terraform.aws_lambda_permission ?? {}))
        permission.source_arn = 'arn:aws:cloudfront::123456789012:distribution/EOTHER';
    });
    expect((await get('/hours/today')).status).toBe(403);
  });

  test('an origin whose requests are not signed is forbidden', async () => {
    const { get, lines } = await open((terraform) => {
      for (const access of Object.values(terraform.aws_cloudfront_origin_access_control ?? {}))
        access.signing_behavior = 'never';
    });
    expect((await get('/hours/today')).status).toBe(403);
    expect(lines).toEqual([
      'aws_cloudfront_distribution.museum may not call its origin: its origin has no origin access control that signs requests for Lambda',
    ]);
  });

  test('a function URL of another kind is a mistake in the Terraform', async () => {
    const opened = open((terraform) => {
      Object.assign(terraform.aws_lambda_function_url?.hours ?? {}, { authorization_type: 'KEY' });
    });
    await expect(opened).rejects.toThrow('aws_lambda_function_url.hours.authorization_type must be AWS_IAM or NONE');
  });
});

describe('which paths the edge takes', () => {
  test('under its own name all, else those that have a behavior', async () => {
    const { cloudfront, get, domainName } = await open();
    expect(cloudfront.find('localhost', '/')).toBeNull();
    expect(cloudfront.find('localhost', '/graphql')).toBeNull();
    const host = domainName.replace('.net', '.localhost');
    expect((await get('/hours/today', { host })).status).toBe(200);
    await expect(get('/', { host })).rejects.toMatchObject({ code: 'NotEmulated', statusCode: 501 });
  });

  test('what another host has is not made up', async () => {
    const { get } = await open();
    await expect(get('/pictures/one.webp')).rejects.toThrow(
      'aws_cloudfront_distribution.museum: the origin pictures of /pictures/* (pictures.example) is not emulated',
    );
  });

  test.each(['function_association', 'lambda_function_association', 'origin_request_policy_id', 'trusted_signers'])(
    '%s refuses the requests of its behavior',
    async (argument) => {
      const { get, events } = await open((terraform) => {
        const [hours] = distributionOf(terraform).ordered_cache_behavior as Record<string, unknown>[];
        Object.assign(hours ?? {}, { [argument]: [{ event_type: 'viewer-request' }] });
      });
      await expect(get('/hours/today')).rejects.toThrow(`${argument} of /hours/* is not emulated`);
      expect(events).toEqual([]);
    },
  );

  test('a method that the behavior does not allow is refused at the edge', async () => {
    const { get, events } = await open();
    const refused = await get('/hours/today', { method: 'POST' });
    expect([refused.status, cacheOf(refused), events]).toEqual([403, 'Error from cloudfront', []]);
  });

  test('a behavior without its origin is a mistake in the Terraform', async () => {
    const opened = open((terraform) => void (distributionOf(terraform).origin = []));
    await expect(opened).rejects.toThrow('/hours/* has the origin "hours", which it lacks');
  });

  test('a distribution that is switched off takes none', async () => {
    const { cloudfront } = await open((terraform) => void (distributionOf(terraform).enabled = false));
    expect(cloudfront.find('localhost', '/hours/today')).toBeNull();
  });

  test.each([
    ['/q/*', '/q/', true],
    ['/q/*', '/q/a/b', true],
    ['/q/*', '/q', false],
    ['q/*', '/q/a', true],
    ['*.webp', '/media/a.webp', true],
    ['*.webp', '/media/a.webp/b', false],
    ['/a?c', '/abc', true],
    ['/a?c', '/ac', false],
    ['/*b*c', '/abbbc', true],
    ['/Q/*', '/q/a', false],
  ])('%s takes %s: %s', (pattern, path, expected) => {
    expect(matchesPath(pattern, path)).toBe(expected);
  });

  test('a long path costs no time that grows with its possible readings', () => {
    expect(matchesPath(`/${'*a'.repeat(20)}b`, `/${'a'.repeat(5_000)}`)).toBe(false);
  });
});

describe('a browser that has an answer', () => {
  test('is told so without being sent it again, also with a weak ETag', async () => {
    const { get, answer } = await open();
    answer(kept('s-maxage=30'));
    const [first, again] = [
      await get('/hours/a', { headers: { 'if-none-match': 'W/"one"' } }),
      await get('/hours/a', { headers: { 'if-none-match': '"other"' } }),
    ];
    expect([first.status, first.body.byteLength, again.status]).toEqual([304, 0, 200]);
  });
});
