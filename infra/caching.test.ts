import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { cachedFields } from './caching.ts';

test('docs/caching.md lists the fields that are cached, with their seconds and keys', () => {
  const page = readFileSync(new URL('../docs/caching.md', import.meta.url), 'utf8');
  const listed = [...page.matchAll(/^\| `(\w+\.\w+)` +\| +(\d+) +\| (.+?) +\|$/gm)].map(([, field, seconds, keys]) => ({
    field,
    seconds: Number(seconds),
    keys: keys?.split(', ').map((key) => `$context.${key.replaceAll('`', '')}`),
  }));

  expect(listed).toEqual(
    Object.entries(cachedFields).map(([field, { ttlSeconds, keys }]) => ({
      field,
      seconds: ttlSeconds,
      keys: [...keys],
    })),
  );
});
