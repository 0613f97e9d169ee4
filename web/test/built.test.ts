import { spawnSync } from 'node:child_process';
import { globSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import { siteObjects } from '../publish/objects.ts';

const folder = join(import.meta.dirname, '..');
const out = join(folder, 'out');

beforeAll(() => {
  // In a process of its own, as it is run.
  const { status, stderr } = spawnSync(process.execPath, [join(folder, 'build', 'build.ts')], { encoding: 'utf8' });
  expect([status, stderr]).toEqual([0, '']);
});

/** What a browser loads for a page that it has never seen, gzipped, without data. Most of it is React and aws-amplify. */
const BUDGET_KILOBYTES = 225;

const scriptsOf = (html: string): string[] =>
  [...html.matchAll(/<script[^>]*>/g)].map(([tag]) => tag).filter((tag) => !/noModule|application\/json/.test(tag));

describe('each page, as it is built,', () => {
  const pages = ['404', 'help', 'index', 'notifications', 'person', 'post', 'search', 'signin', 'signup', 'terms'];

  test('is one of these', () => {
    const built = readdirSync(out).filter((name) => name.endsWith('.html'));
    expect(built.toSorted()).toEqual(pages.map((page) => `${page}.html`));
  });

  test.each(pages)('%s: runs no script that is not a file, and is within its budget', (page) => {
    const html = readFileSync(join(out, `${page}.html`), 'utf8');
    const sources = scriptsOf(html).map((tag) => /src="\/assets\/([^"]+)"/.exec(tag)?.[1]);
    // The site's policy lets in nothing else.
    expect(sources).not.toContain(undefined);
    const styles = [...html.matchAll(/<link rel="stylesheet" href="\/assets\/([^"]+)"/g)].map(([, path]) => path);
    const bytes = [...sources, ...styles].map((path = '') => gzipSync(readFileSync(join(out, path))).byteLength);
    const kilobytes = bytes.reduce((sum, each) => sum + each, gzipSync(html).byteLength) / 1_000;
    expect(kilobytes).toBeLessThan(BUDGET_KILOBYTES);
  });
});

test('pages are published without an extension and asked for again, assets before them and for ever', () => {
  const objects = siteObjects(out);
  const of = (key: string) => objects.find((object) => object.key === key);
  expect(of('post')).toMatchObject({
    contentType: 'text/html; charset=utf-8',
    cacheControl: 'public, max-age=0, must-revalidate',
  });
  expect(of('index.html')?.contentType).toBe('text/html; charset=utf-8');
  expect(of('404.html')).toBeDefined();
  const isAsset = objects.map(({ key }) => key.startsWith('assets/_next/'));
  expect(isAsset.lastIndexOf(true)).toBeLessThan(isAsset.indexOf(false));
  const assets = objects.filter(({ key }) => key.startsWith('assets/'));
  expect(new Set(assets.map(({ cacheControl }) => cacheControl))).toEqual(
    new Set(['public, max-age=31536000, immutable']),
  );
});

test('every query of the site is a persisted operation that names it as a client', () => {
  const persisted = JSON.parse(
    readFileSync(join(folder, 'node_modules', '@hiroba', 'api', 'persisted.json'), 'utf8'),
  ) as Readonly<Record<string, { readonly clients: readonly string[] }>>;
  const sources = globSync('{pages,src}/**/*.{ts,tsx}', { cwd: folder }).map((path) =>
    readFileSync(join(folder, path), 'utf8'),
  );
  const imported = sources.flatMap((text) =>
    [...text.matchAll(/import \{([^}]+)\} from '@hiroba\/api\/amplify'/g)].flatMap(([, names = '']) =>
      names.split(',').map((name) => name.trim().split(' as ')[0] ?? ''),
    ),
  );
  const read = sources.flatMap((text) => [...text.matchAll(/publicRead\('(\w+)'/g)].map(([, name = '']) => name));
  const used = [...new Set([...imported.map((name) => `${name.charAt(0).toUpperCase()}${name.slice(1)}`), ...read])];
  expect(used).toContain('Feed');
  expect(used).toContain('Trending');
  expect(used.filter((name) => !persisted[name]?.clients.includes('web'))).toEqual([]);
  // Nobody writes a query of one's own.
  expect(sources.filter((text) => /\bgql`|graphql\(\s*\{\s*query:\s*[`'"]/.test(text))).toEqual([]);
});
