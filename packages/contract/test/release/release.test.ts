import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { changelog } from '../../src/release/changelog.ts';
import { planRelease } from '../../src/release/plan.ts';
import { nextVersion } from '../../src/release/version.ts';
import { add, drop, type Edit, within } from '../changes/edits.ts';
import { NOW } from '../changes/sides.ts';

const repository = join(import.meta.dirname, '../../../..');
let root: string;
const git = (...args: string[]): string =>
  execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], {
    cwd: root,
    encoding: 'utf8',
  }).trim();

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'hiroba-release-'));
  cpSync(join(repository, 'schema'), join(root, 'schema'), { recursive: true });
  git('init', '-q');
  git('add', '.');
  git('commit', '-q', '-m', 'one');
});
afterEach(() => rmSync(root, { recursive: true }));

const change = ({ file, apply }: Edit): void =>
  writeFileSync(join(root, file), apply(readFileSync(join(root, file), 'utf8')));

describe('the next release', () => {
  test('is the first where there is none', async () => {
    expect(await planRelease(root, NOW)).toMatchObject({ version: '1.0.0', changes: true, text: 'The first release.' });
  });

  test.each<[string, Edit, string]>([
    ['breaks somebody', drop('schema/viewer.graphql', 'Settings.digest'), '2.0.0'],
    [
      'adds something',
      add('schema/viewer.graphql', 'Settings', '"""What pages look like."""\n  theme: String'),
      '1.1.0',
    ],
    ['tells somebody of a value', add('schema/post.graphql', 'PostVisibility', '"""Nobody."""\n  NOBODY'), '1.1.0'],
    [
      'says it in other words',
      within('schema/post.graphql', 'Post', 'Text with up to 4 photos.', 'A text and 4 photos.'),
      '1.0.1',
    ],
    [
      'lets somebody in',
      within('schema/viewer.graphql', 'Query.viewer', '@aws_cognito_user_pools', '@aws_cognito_user_pools @aws_iam'),
      '2.0.0',
    ],
  ])('when it %s', async (_, edit, version) => {
    git('tag', '-a', 'contract/v1.0.0', '-m', 'Contract 1.0.0\n\nThe first release.');
    change(edit);
    const plan = await planRelease(root, NOW);
    expect(plan.version).toBe(version);
    expect(plan.releases.map((release) => release.version)).toEqual([version, '1.0.0']);
  });

  test('is none where nothing changed that front ends see', async () => {
    git('tag', '-a', 'contract/v1.4.2', '-m', 'Contract 1.4.2\n\nWords.');
    expect(await planRelease(root, NOW)).toMatchObject({ version: '1.4.2', changes: false });
  });

  test('has a changelog of what was tagged, the newest first', async () => {
    git('tag', '-a', 'contract/v1.0.0', '-m', 'Contract 1.0.0\n\nThe first release.');
    change(add('schema/viewer.graphql', 'Settings', '"""What pages look like."""\n  theme: String'));
    const { releases } = await planRelease(root, NOW);
    const text = changelog(releases);
    expect(text.split('\n').slice(0, 9)).toEqual([
      '# Changelog',
      '',
      '## 1.1.0 (2026-11-27)',
      '',
      '### Added and changed',
      '',
      "- `Settings.theme`: Field 'theme' was added to object type 'Settings'",
      '- `Settings.theme`: it is new, and open to members',
      '',
    ]);
    expect(text).toMatch(/## 1\.0\.0 \(\d{4}-\d\d-\d\d\)\n\nThe first release\./);
  });
});

test.each([
  [null, 'none', '1.0.0'],
  ['1.4.2', 'major', '2.0.0'],
  ['1.4.2', 'minor', '1.5.0'],
  ['1.4.2', 'patch', '1.4.3'],
  ['1.4.2', 'none', '1.4.2'],
] as const)('after %s, %s is %s', (version, bump, next) => {
  expect(nextVersion(version, bump)).toBe(next);
});
