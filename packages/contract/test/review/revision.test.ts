import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { newestTag, resolveBase } from '../../src/review/revision.ts';

let root: string;
const git = (cwd: string, ...args: string[]): string =>
  execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], {
    cwd,
    encoding: 'utf8',
  }).trim();

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'hiroba-revision-'));
  git(root, 'init', '-q');
  git(root, 'commit', '-q', '--allow-empty', '-m', 'one');
});
afterEach(() => rmSync(root, { recursive: true }));

test('the base is the newest release, by version', () => {
  for (const tag of ['contract/v1.9.0', 'contract/v1.10.0', 'contract/v1.2.30', 'contract/v2', 'v9.0.0'])
    git(root, 'tag', tag);
  expect(newestTag(root)).toBe('contract/v1.10.0');
  const commit = git(root, 'rev-parse', 'HEAD');
  expect(resolveBase(root, undefined)).toEqual({ kind: 'revision', name: 'contract/v1.10.0', commit });
});

test('without a release it is nothing, and says why', () => {
  expect(resolveBase(root, undefined)).toEqual({ kind: 'nothing', why: 'there is no tag contract/vX.Y.Z yet' });
});

test('in a shallow clone it says how to fetch', () => {
  writeFileSync(join(root, 'a'), 'a');
  git(root, 'add', '.');
  git(root, 'commit', '-q', '-m', 'two');
  const clone = mkdtempSync(join(tmpdir(), 'hiroba-shallow-'));
  git(tmpdir(), 'clone', '-q', '--depth', '1', pathToFileURL(root).href, clone);
  try {
    expect(resolveBase(clone, undefined)).toMatchObject({
      kind: 'nothing',
      why: expect.stringContaining('git fetch --tags --unshallow'),
    });
    expect(() => resolveBase(clone, 'HEAD~1')).toThrow('This clone is shallow: git fetch --unshallow.');
  } finally {
    rmSync(clone, { recursive: true });
  }
});

test('a name that looks like a flag is a name', () => {
  expect(() => resolveBase(root, '--all')).toThrow('git knows no revision "--all".');
});

test('a folder without git is refused', () => {
  const folder = mkdtempSync(join(tmpdir(), 'hiroba-no-git-'));
  try {
    expect(() => resolveBase(folder, undefined)).toThrow('is not a git repository');
  } finally {
    rmSync(folder, { recursive: true });
  }
});
