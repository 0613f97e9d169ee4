import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { folderWith, write } from './testing/application.ts';
import { isSource, type Watching, watchFolders } from './watchFolders.ts';

let watching: Watching | undefined;
afterEach(() => watching?.close());

/** Watches `resolvers` of a new folder and hands out calls one by one. */
function watched(files: Readonly<Record<string, string>>) {
  const root = folderWith(files);
  const calls: (readonly string[])[] = [];
  let waiting: ((paths: readonly string[]) => void) | undefined;
  watching = watchFolders({
    root,
    folders: ['resolvers'],
    accepts: isSource,
    onChange(paths) {
      if (waiting) waiting(paths);
      else calls.push(paths);
      waiting = undefined;
    },
  });
  const next = (): Promise<readonly string[]> => {
    const call = calls.shift();
    return call ? Promise.resolve(call) : new Promise((resolve) => (waiting = resolve));
  };
  return { root, next };
}

/** As editors and git save: a new file takes the place of the old one. */
function replace(root: string, path: string, text: string): void {
  writeFileSync(join(root, `${path}~`), text);
  renameSync(join(root, `${path}~`), join(root, path));
}

describe('watching', () => {
  test('tells of a file that is written in place, also after it was replaced', async () => {
    const { root, next } = watched({ 'resolvers/Query.post.ts': '' });
    write(root, 'resolvers/Query.post.ts', 'one');
    expect(await next()).toEqual(['resolvers/Query.post.ts']);
    replace(root, 'resolvers/Query.post.ts', 'two');
    expect(await next()).toEqual(['resolvers/Query.post.ts']);
    write(root, 'resolvers/Query.post.ts', 'three');
    expect(await next()).toEqual(['resolvers/Query.post.ts']);
    replace(root, 'resolvers/Query.post.ts', 'four');
    expect(await next()).toEqual(['resolvers/Query.post.ts']);
  });

  test('tells of what is saved together in one call, without tests and temporary files', async () => {
    const { root, next } = watched({ 'resolvers/b.ts': '', 'resolvers/functions/a.ts': '' });
    write(root, 'resolvers/b.test.ts', 'changed');
    write(root, 'resolvers/b.ts~', 'changed');
    write(root, 'resolvers/4913', '');
    write(root, 'resolvers/b.ts', 'changed');
    write(root, 'resolvers/functions/a.ts', 'changed');
    expect(await next()).toEqual(['resolvers/b.ts', 'resolvers/functions/a.ts']);
  });

  test('follows folders that come, and tells of those that go', async () => {
    const { root, next } = watched({ 'resolvers/a.ts': '' });
    mkdirSync(join(root, 'resolvers/shared'));
    expect(await next()).toEqual(['resolvers/shared']);
    write(root, 'resolvers/shared/fail.ts', 'new');
    expect(await next()).toEqual(['resolvers/shared/fail.ts']);
    rmSync(join(root, 'resolvers/shared'), { recursive: true });
    expect(await next()).toContain('resolvers/shared');
  });
});
