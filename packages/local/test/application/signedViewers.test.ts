import { generateKeyPairSync } from 'node:crypto';
import { getSignedCookies, getSignedUrl } from '@aws-sdk/cloudfront-signer';
import { GetParameterCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { describe, expect, test } from 'vitest';
import { type Answer, request, type Site, type SiteResources, startSite } from './cdnSite.ts';
import { temporaryFolder } from './start.ts';

const newPair = () =>
  generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
const pair = newPair();
const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** `/plants/*` is for who is signed in; an object elsewhere says the id of the key. */
const forMembers =
  (encodedKey: string, comment = '') =>
  (resources: SiteResources): void => {
    resources.aws_cloudfront_public_key = { members: { name: 'members', encoded_key: encodedKey, comment } };
    resources.aws_cloudfront_key_group = {
      members: { name: 'members', items: ['${aws_cloudfront_public_key.members.id}'] },
    };
    const distribution = resources.aws_cloudfront_distribution?.site as Record<string, Record<string, unknown>[]>;
    const [plants] = distribution.ordered_cache_behavior ?? [];
    distribution.ordered_cache_behavior = [
      { ...plants, trusted_key_groups: ['${aws_cloudfront_key_group.members.id}'] },
      { ...plants, path_pattern: '/open/*' },
    ];
    resources.aws_s3_object = {
      key: { bucket: 'greenhouse-site', key: 'open/key', content: '${aws_cloudfront_public_key.members.id}' },
      name: {
        bucket: 'greenhouse-site',
        key: 'open/name',
        content: '${aws_cloudfront_distribution.site.domain_name}',
      },
    };
  };

interface Members {
  readonly site: Site;
  readonly keyPairId: string;
  readonly url: (path: string) => string;
  readonly now: number;
}

async function startMembers(change = forMembers(pair.publicKey)): Promise<Members> {
  const site = await startSite(change);
  await site.put('plants/fern.txt', 'green');
  const { body: keyPairId } = await site.get('/open/key');
  // Signatures end at whole seconds, which the signer gets by rounding: up, in half of all cases.
  const now = Math.floor(site.system.clock.now() / SECOND) * SECOND;
  site.system.clock.set(now);
  return { site, keyPairId, url: (path) => `${site.system.url}${path}`, now };
}

const cookieHeader = (cookies: object): { cookie: string } => ({
  cookie: Object.entries(cookies)
    .map(([name, value]) => `${name}=${String(value)}`)
    .join('; '),
});

const textsOf = (cookies: object): Record<string, string> =>
  Object.fromEntries(Object.entries(cookies).map(([name, value]) => [name, String(value)]));

const outcome = ({ status, body }: Answer) => [status, /<Code>(\w+)/.exec(body)?.[1] ?? body];

describe('a signed URL', () => {
  test('lets in until its end, and the edge keeps the object without the signature', async () => {
    const { site, keyPairId, url, now } = await startMembers();
    const dateLessThan = new Date(now + MINUTE).toISOString();
    const signed = getSignedUrl({ url: url('/plants/fern.txt'), keyPairId, privateKey: pair.privateKey, dateLessThan });

    expect(signed).toMatch(/\?Expires=\d+&Key-Pair-Id=K[A-Z0-9]{13}&Signature=/);
    expect(await request(signed)).toMatchObject({
      status: 200,
      body: 'green',
      headers: { 'x-cache': 'Miss from cloudfront' },
    });
    expect(await request(signed)).toMatchObject({ status: 200, headers: { 'x-cache': 'Hit from cloudfront' } });
    site.system.clock.advance(MINUTE + 1);
    expect(outcome(await request(signed))).toEqual([403, 'AccessDenied']);
  });

  test('is for that URL, with its parameters', async () => {
    const { keyPairId, url, now } = await startMembers();
    const dateLessThan = new Date(now + MINUTE).toISOString();
    const signed = getSignedUrl({
      url: url('/plants/fern.txt?size=2'),
      keyPairId,
      privateKey: pair.privateKey,
      dateLessThan,
    });
    expect(outcome(await request(signed))).toEqual([200, 'green']);
    expect(outcome(await request(signed.replace('size=2', 'size=3')))).toEqual([403, 'AccessDenied']);
    expect(outcome(await request(signed.replace('fern', 'moss')))).toEqual([403, 'AccessDenied']);
    expect(outcome(await request(signed.replace(/Expires=\d+/, 'Expires=4102444800')))).toEqual([403, 'AccessDenied']);
  });

  test('may be by SHA-256', async () => {
    const { keyPairId, url, now } = await startMembers();
    const dateLessThan = new Date(now + MINUTE).toISOString();
    const signed = getSignedUrl({
      url: url('/plants/fern.txt'),
      keyPairId,
      privateKey: pair.privateKey,
      dateLessThan,
      algorithm: 'SHA256',
    });
    expect(signed).toContain('Hash-Algorithm=SHA256');
    expect(outcome(await request(signed))).toEqual([200, 'green']);
    expect(outcome(await request(signed.replace('&Hash-Algorithm=SHA256', '')))).toEqual([403, 'AccessDenied']);
  });

  test('counts before cookies', async () => {
    const { keyPairId, url, now } = await startMembers();
    const dateLessThan = new Date(now + MINUTE).toISOString();
    const signer = { url: url('/plants/fern.txt'), keyPairId, dateLessThan };
    const cookies = cookieHeader(getSignedCookies({ ...signer, privateKey: pair.privateKey }));
    const forged = getSignedUrl({ ...signer, privateKey: newPair().privateKey });
    expect(outcome(await request(signer.url, cookies))).toEqual([200, 'green']);
    expect(outcome(await request(forged, cookies))).toEqual([403, 'AccessDenied']);
  });

  test('may say the name at AWS', async () => {
    const { site, keyPairId, now } = await startMembers();
    const { body: name } = await site.get('/open/name');
    const dateLessThan = new Date(now + MINUTE).toISOString();
    const path = '/plants/fern.txt';
    const signed = getSignedUrl({
      url: `https://${name}${path}`,
      keyPairId,
      privateKey: pair.privateKey,
      dateLessThan,
    });
    expect(outcome(await site.get(signed.slice(`https://${name}`.length)))).toEqual([200, 'green']);
  });
});

describe('signed cookies', () => {
  interface Wanted {
    readonly Resource?: string;
    readonly DateLessThan?: number;
    readonly DateGreaterThan?: number;
    readonly IpAddress?: string;
  }

  function policy({ Resource, DateLessThan, DateGreaterThan, IpAddress }: Wanted): string {
    const epoch = (time: number | undefined) =>
      time === undefined ? undefined : { 'AWS:EpochTime': Math.floor(time / 1000) };
    const Condition = {
      DateLessThan: epoch(DateLessThan),
      DateGreaterThan: epoch(DateGreaterThan),
      IpAddress: IpAddress === undefined ? undefined : { 'AWS:SourceIp': IpAddress },
    };
    return JSON.stringify({ Statement: [{ Resource, Condition }] });
  }

  test.each<[string, (now: number, url: (path: string) => string) => Wanted, (string | number)[]]>([
    [
      'for all below a path',
      (now, url) => ({ Resource: url('/plants/*'), DateLessThan: now + MINUTE }),
      [200, 'green'],
    ],
    [
      'for either scheme',
      (now) => ({ Resource: 'http*://localhost:*/plants/f??n.txt', DateLessThan: now + MINUTE }),
      [200, 'green'],
    ],
    ['for everything', (now) => ({ DateLessThan: now + MINUTE }), [200, 'green']],
    [
      'for another path',
      (now, url) => ({ Resource: url('/flowers/*'), DateLessThan: now + MINUTE }),
      [403, 'AccessDenied'],
    ],
    [
      'for another host',
      (now) => ({ Resource: 'https://example.org/plants/*', DateLessThan: now + MINUTE }),
      [403, 'AccessDenied'],
    ],
    ['for the past', (now) => ({ Resource: '*', DateLessThan: now - MINUTE }), [403, 'AccessDenied']],
    [
      'for the future',
      (now) => ({ Resource: '*', DateLessThan: now + 2 * MINUTE, DateGreaterThan: now + MINUTE }),
      [403, 'AccessDenied'],
    ],
    [
      'for now',
      (now) => ({ Resource: '*', DateLessThan: now + MINUTE, DateGreaterThan: now - MINUTE }),
      [200, 'green'],
    ],
    [
      'for this address',
      (now) => ({ Resource: '*', DateLessThan: now + MINUTE, IpAddress: '127.0.0.0/8' }),
      [200, 'green'],
    ],
    [
      'for every address',
      (now) => ({ Resource: '*', DateLessThan: now + MINUTE, IpAddress: '0.0.0.0/0' }),
      [200, 'green'],
    ],
    [
      'for another address',
      (now) => ({ Resource: '*', DateLessThan: now + MINUTE, IpAddress: '192.0.2.7' }),
      [403, 'AccessDenied'],
    ],
    ['without an end', () => ({ Resource: '*' }), [403, 'MalformedPolicy']],
  ])('with a policy %s', async (_, wanted, expected) => {
    const { keyPairId, url, now } = await startMembers();
    const cookies = getSignedCookies({ keyPairId, privateKey: pair.privateKey, policy: policy(wanted(now, url)) });
    expect(Object.keys(cookies).sort()).toEqual([
      'CloudFront-Key-Pair-Id',
      'CloudFront-Policy',
      'CloudFront-Signature',
    ]);
    expect(outcome(await request(url('/plants/fern.txt'), cookieHeader({ theme: 'dark', ...cookies })))).toEqual(
      expected,
    );
  });

  test.each<[string, (cookies: Record<string, string>) => object, string, string]>([
    ['nothing', () => ({}), 'MissingKey', 'Missing Key-Pair-Id query parameter or cookie value'],
    [
      'no key',
      ({ ...cookies }) => ({ ...cookies, 'CloudFront-Key-Pair-Id': '' }),
      'MissingKey',
      'Missing Key-Pair-Id query parameter or cookie value',
    ],
    [
      'a key that is not trusted',
      (cookies) => ({ ...cookies, 'CloudFront-Key-Pair-Id': 'KOTHER' }),
      'InvalidKey',
      'Unknown Key',
    ],
    [
      'no signature',
      (cookies) => ({ ...cookies, 'CloudFront-Signature': '' }),
      'MissingSignature',
      'Missing Signature query parameter or cookie value',
    ],
    [
      'a signature that is none',
      (cookies) => ({ ...cookies, 'CloudFront-Signature': '%' }),
      'MalformedSignature',
      'Could not unencode Signature',
    ],
    [
      'no policy',
      (cookies) => ({ ...cookies, 'CloudFront-Policy': '' }),
      'MissingPolicy',
      'Missing Policy query parameter or cookie value',
    ],
    [
      'a policy that is none',
      (cookies) => ({ ...cookies, 'CloudFront-Policy': 'e30_' }),
      'MalformedPolicy',
      'Malformed Policy',
    ],
    [
      'another policy than was signed',
      (cookies) => ({
        ...cookies,
        'CloudFront-Policy': btoa(policy({ DateLessThan: Date.UTC(2100, 0) })).replaceAll('=', '_'),
      }),
      'AccessDenied',
      'Access denied',
    ],
  ])('of which there is %s are refused in XML', async (_, change, code, message) => {
    const { keyPairId, url, now } = await startMembers();
    const cookies = getSignedCookies({
      keyPairId,
      privateKey: pair.privateKey,
      policy: policy({ DateLessThan: now + MINUTE }),
    });
    const answer = await request(url('/plants/fern.txt'), cookieHeader(change(textsOf(cookies))));
    expect(answer).toMatchObject({
      status: 403,
      headers: { 'content-type': 'text/xml', server: 'CloudFront', 'x-cache': 'Error from cloudfront' },
      body: `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message>${message}</Message></Error>`,
    });
  });

  test.each(['/plants/fern%2Etxt', '/pl%61nts/fern.txt', '/open/../plants/fern.txt', '/open/%2e%2e/plants/fern.txt'])(
    'are asked for however the path is spelled: %s',
    async (path) => {
      const { site } = await startMembers();
      expect(outcome(await site.get(path))).toEqual([403, 'MissingKey']);
    },
  );

  test('are asked for by what is kept, too', async () => {
    const { site, keyPairId, url, now } = await startMembers();
    const cookies = getSignedCookies({
      keyPairId,
      privateKey: pair.privateKey,
      policy: policy({ DateLessThan: now + MINUTE }),
    });
    await request(url('/plants/fern.txt'), cookieHeader(cookies));
    expect(outcome(await site.get('/plants/fern.txt'))).toEqual([403, 'MissingKey']);
    expect(outcome(await site.get('/plants/fern.txt', {}, 'HEAD'))).toEqual([403, '']);
  });
});

describe('a pair that is made here', () => {
  const PARAMETER = '/greenhouse/cdn-private-key';
  const named = forMembers('made by whoever runs it', `Private key: parameter ${PARAMETER}`);

  const ssmOf = ({ system: { endpoints, credentials } }: Site) =>
    new SSMClient({ endpoint: endpoints.aws, region: 'eu-central-1', credentials });
  const privateKeyOf = async (site: Site): Promise<string> => {
    const { Parameter } = await ssmOf(site).send(new GetParameterCommand({ Name: PARAMETER, WithDecryption: true }));
    return Parameter?.Value ?? '';
  };
  const ask = async ({ keyPairId, url, now }: Members, privateKey: string) => {
    const dateLessThan = new Date(now + MINUTE).toISOString();
    return outcome(await request(getSignedUrl({ url: url('/plants/fern.txt'), keyPairId, privateKey, dateLessThan })));
  };

  test('has its private half in the parameter that the comment of the public key names', async () => {
    const members = await startMembers(named);
    expect(await ask(members, await privateKeyOf(members.site))).toEqual([200, 'green']);
    expect(await ask(members, pair.privateKey)).toEqual([403, 'AccessDenied']);
  });

  test('is another one when somebody puts a key of their own', async () => {
    const members = await startMembers(named);
    const own = { Name: PARAMETER, Value: pair.privateKey, Overwrite: true } as const;
    await ssmOf(members.site).send(new PutParameterCommand(own));
    expect(await ask(members, pair.privateKey)).toEqual([200, 'green']);
    await ssmOf(members.site).send(new PutParameterCommand({ ...own, Value: 'no key' }));
    expect(await ask(members, pair.privateKey)).toEqual([403, 'AccessDenied']);
  });

  test('stays the same over restarts', async () => {
    const dataDirectory = await temporaryFolder('hiroba-keys-');
    const first = await startSite(named, { dataDirectory });
    const made = await privateKeyOf(first);
    await first.stop();
    expect(await privateKeyOf(await startSite(named, { dataDirectory }))).toBe(made);
  });
});
