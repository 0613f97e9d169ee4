import { rmSync } from 'node:fs';
import { afterEach, describe, expect, test } from 'vitest';
import { readPages } from './pages.ts';
import { folderWith, repository } from './testing/application.ts';

const folders: string[] = [];
afterEach(() => folders.splice(0).forEach((folder) => rmSync(folder, { recursive: true })));

function pagesOf(files: Readonly<Record<string, string>>) {
  const root = folderWith(files);
  folders.push(root);
  return readPages(root);
}

describe('the pages of the service', () => {
  test('are three, in both languages', () => {
    expect([...readPages(repository).keys()]).toEqual([
      'help.ja.md',
      'help.md',
      'privacy.ja.md',
      'privacy.md',
      'terms.ja.md',
      'terms.md',
    ]);
  });

  test('are none when there is no folder', () => {
    expect(pagesOf({ 'schema/x.graphql': '' })).toEqual(new Map());
  });

  test.each([
    ['Help.md', '# Help', 'error pages/Help.md is no page: name it with a-z, 0-9 and -, ending in .md or .ja.md'],
    ['help.fr.md', '# Aide', 'error pages/help.fr.md is no page: name it with a-z, 0-9 and -, ending in .md or .ja.md'],
    ['help.md', 'x'.repeat(65_537), 'error pages/help.md has 65537 bytes and the contract says 65536'],
    ['help.md', '# Help\n\nA <b>bold</b> word', 'error pages/help.md:3:3 holds HTML, which clients do not show'],
  ])('are refused as %s when no client could ask for or show them', (name, text, message) => {
    expect(() => pagesOf({ [`pages/${name}`]: text })).toThrow(message);
  });
});
