import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type LocalSystem, startLocal } from '@hiroba/local';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { installedLayers } from '../infra/testing/installedLayers.ts';
import type { Manifest } from '../schema/persistedOperations.ts';
import { settled } from './support/aws.ts';
import { newMember } from './support/member.ts';
import { like, post } from './support/social.ts';
import { target } from './support/target.ts';

/** What a client is built with. */
const manifest = JSON.parse(
  readFileSync(fileURLToPath(new URL('../schema/operations/manifest.json', import.meta.url)), 'utf8'),
) as Manifest;

const hashOf = (name: string): string =>
  Object.entries(manifest).find(([, operation]) => operation.name === name)?.[0] ?? '';

const origin = (endpoint: string): string => new URL(endpoint).origin;
const urlOf = (name: string, variables?: object): string =>
  `/q/${hashOf(name)}${variables ? `?v=${encodeURIComponent(JSON.stringify(variables))}` : ''}`;

interface Read {
  readonly status: number;
  readonly cache: string | null;
  readonly headers: Headers;
  readonly body: {
    readonly data: unknown;
    readonly errors?: readonly { readonly errorType?: string; readonly message: string }[];
  };
}

async function read(path: string, init: RequestInit = {}, at: string = target.endpoint): Promise<Read> {
  const response = await fetch(`${origin(at)}${path}`, init);
  const text = await response.text();
  const body = (text === '' ? { data: null } : JSON.parse(text)) as Read['body'];
  return { status: response.status, cache: response.headers.get('x-cache'), headers: response.headers, body };
}

const MISS = 'Miss from cloudfront';
const HIT = 'Hit from cloudfront';

describe('a public read through the CDN', () => {
  it('is answered by the API once and by the edge from then on', async () => {
    const author = await newMember();
    const written = await post(author, { body: 'for everybody' });
    const path = urlOf('PublicPost', { id: written.id });

    const [first, second] = [await read(path), await read(path)];

    expect([first.status, first.cache, second.status, second.cache]).toEqual([200, MISS, 200, HIT]);
    expect(first.body).toMatchObject({
      data: { post: { id: written.id, body: 'for everybody', author: { handle: author.handle } } },
    });
    expect(second.body).toEqual(first.body);
    expect(first.headers.get('cache-control')).toBe('public, max-age=0, s-maxage=30');
    expect(second.headers.get('age')).toMatch(/^\d$/);
  });

  it('is the trending list with its variables as part of the key', async () => {
    const [author, reader] = [await newMember(), await newMember()];
    await like(reader, await post(author, { body: 'liked' }));
    await settled();

    const one = await read(urlOf('Trending', { first: 1 }));
    const again = await read(urlOf('Trending', { first: 1 }));
    const more = await read(urlOf('Trending', { first: 2 }));
    const otherwise = await read(`${urlOf('Trending', { first: 1 })}&utm_source=mail`);

    expect(one.body).toMatchObject({ data: { trending: { edges: [{ node: { id: expect.any(String) as string } }] } } });
    expect([again.cache, more.cache, otherwise.cache]).toEqual([HIT, MISS, HIT]);
  });

  it('costs no transfer when the browser has it already', async () => {
    const path = urlOf('PublicProfile', { handle: (await newMember()).handle });
    const etag = (await read(path)).headers.get('etag') ?? '';

    const { status, headers } = await read(path, { headers: { 'if-none-match': etag } });

    expect([status, headers.get('etag')]).toEqual([304, etag]);
    expect(etag).toMatch(/^"[\w-]{43}"$/);
  });

  it('may be read by pages of other sites, and says what browsers must not do with it', async () => {
    const { headers } = await read(urlOf('Trending'), { headers: { origin: 'http://localhost:3000' } });

    expect(headers.get('access-control-allow-origin')).toBe('*');
    expect(headers.get('strict-transport-security')).toBe('max-age=63072000; includeSubDomains');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-security-policy')).toBe("default-src 'none'; frame-ancestors 'none'");
  });
});

describe('what the edge must not keep', () => {
  it.each([
    ['an unknown hash', `/q/${'0'.repeat(64)}`, 404, 'No public operation has this hash.'],
    ['an operation of members', `/q/${hashOf('Viewer')}`, 404, 'No public operation has this hash.'],
    [
      'variables in another form',
      `/q/${hashOf('Trending')}?v={%22first%22:%201}`,
      400,
      '"v" must be written as {"first":1}: keys sorted, no spaces',
    ],
    ['a variable that is made up', urlOf('Trending', { nonce: 1 }), 400, 'the operation has no variable nonce'],
  ])('%s is refused each time anew', async (_, path, status, message) => {
    const answers = [await read(path), await read(path)];

    for (const answer of answers) {
      expect([answer.status, answer.cache]).toEqual([status, 'Error from cloudfront']);
      expect(answer.body.errors?.[0]?.message).toBe(message);
    }
  });

  it('an answer with errors is passed on and asked for again', async () => {
    const path = urlOf('Hashtag', { name: 'not a tag' });

    const answers = [await read(path), await read(path)];

    for (const answer of answers) {
      expect([answer.status, answer.cache, answer.headers.get('cache-control')]).toEqual([200, MISS, 'no-store']);
      expect(answer.body.errors?.[0]?.errorType).toBe('InvalidArgument');
    }
  });

  it('writing is not possible', async () => {
    expect(await read(urlOf('Trending'), { method: 'POST' })).toMatchObject({
      status: 403,
      cache: 'Error from cloudfront',
    });
  });
});

describe('a viewer who is signed in', () => {
  it('finds what everybody finds, and leaves nothing of their own for others', async () => {
    const [author, viewer] = [await newMember(), await newMember()];
    const secret = await post(author, { body: 'for followers', visibility: 'FOLLOWERS' });
    const path = urlOf('PublicPost', { id: secret.id });
    const own = { authorization: author.authorization, cookie: `session=${author.authorization}` };

    // The author may read it, and asks first.
    const asAuthor = await read(path, { headers: own });
    const asStranger = await read(path, { headers: { authorization: viewer.authorization } });

    expect(asAuthor.body).toEqual({ data: { post: null } });
    expect([asStranger.cache, asStranger.body]).toEqual([HIT, asAuthor.body]);
  });

  it('has no operation there that could tell who they are', () => {
    const open = Object.values(manifest).filter((operation) => operation.public);
    expect(open.length).toBeGreaterThanOrEqual(6);
    expect(open.filter(({ document }) => /\bviewer/.test(document))).toEqual([]);
  });
});

describe('time at the edge', () => {
  let system: LocalSystem;
  beforeAll(async () => {
    system = await startLocal({
      from: target.terraform,
      port: 0,
      awsPort: 0,
      dataDirectory: null,
      layers: installedLayers,
    });
  });
  afterAll(() => system.close());
  beforeEach(() => system.clock.set(Date.UTC(2026, 10, 22)));

  it('ends what is kept after the seconds that the operation says', async () => {
    const at = system.endpoints.graphql;
    const path = urlOf('Trending');
    await read(path, {}, at);

    system.clock.advance(14_000);
    const fresh = await read(path, {}, at);
    system.clock.advance(2_000);
    const old = await read(path, {}, at);
    const renewed = await read(path, {}, at);

    expect([fresh.cache, fresh.headers.get('age')]).toEqual([HIT, '14']);
    expect([old.cache, old.status, old.headers.get('age')]).toEqual(['RefreshHit from cloudfront', 200, '0']);
    expect([renewed.cache, renewed.headers.get('age')]).toEqual([HIT, '0']);
  });
});

describe('the rest of the distribution', () => {
  it('reads photos from their bucket, which tells nobody what there is not', async () => {
    const response = await fetch(`${origin(target.endpoint)}/media/public/photo.webp`);

    expect([response.status, response.headers.get('x-cache')]).toEqual([403, 'Error from cloudfront']);
    expect(await response.text()).toContain('<Code>AccessDenied</Code>');
  });
});
