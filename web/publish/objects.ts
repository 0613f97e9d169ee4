import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** An object of the site's bucket. */
export interface SiteObject {
  readonly key: string;
  readonly body: Buffer;
  readonly contentType: string;
  readonly cacheControl: string;
}

const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  json: 'application/json',
  svg: 'image/svg+xml',
};

/** What has its content in its name never changes. */
const FOR_EVER = 'public, max-age=31536000, immutable';
/** Browsers ask whether a page is still the same; the CDN keeps it as its policy says. */
const ASK_AGAIN = 'public, max-age=0, must-revalidate';
/** Found by these names: by the distribution as its root, and as what is shown for what is not there. */
const NAMED = new Set(['index.html', '404.html']);

/**
 * The files of `out/` as objects: pages are found at `/post` and not at `/post.html`, since a bucket has no rules for names; files with
 * their content in their name are below `/assets`. Pages come last: what they ask for is there before them.
 */
export function siteObjects(out: string): readonly SiteObject[] {
  const paths = globSync('**/*', { cwd: out, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(out.length + 1)
        .replaceAll('\\', '/'),
    );
  const objects = paths.map((path): SiteObject => {
    const isAsset = path.startsWith('_next/');
    return {
      key: isAsset ? `assets/${path}` : NAMED.has(path) ? path : path.replace(/\.html$/, ''),
      body: readFileSync(join(out, path)),
      contentType: TYPES[path.split('.').pop() ?? ''] ?? 'application/octet-stream',
      cacheControl: isAsset ? FOR_EVER : ASK_AGAIN,
    };
  });
  return objects.toSorted((a, b) => rank(a) - rank(b) || (a.key < b.key ? -1 : 1));
}

const rank = ({ key }: SiteObject): number => (key.startsWith('assets/') ? 0 : 1);

/** `/config.json`: what the site has to know of the system that it is part of. */
export const configurationObject = (configuration: object): SiteObject => ({
  key: 'config.json',
  body: Buffer.from(JSON.stringify(configuration)),
  contentType: 'application/json',
  cacheControl: ASK_AGAIN,
});
