import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  globSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { dirname, join } from 'node:path';

/** What a description of a tree depends on, beside the code that describes it. */
const SOURCES = [
  'schema',
  'resolvers',
  'lambdas',
  'infra',
  'pages',
  'seed',
  'measure',
  'package.json',
  'package-lock.json',
];

/** Below the repository, so that a tree's commands find the same `node_modules`. */
export const REVIEW_FOLDER = '.hiroba/review';

/** The files of a commit, in a folder of their own; written once. */
export function layOut(root: string, commit: string): string {
  const folder = join(root, REVIEW_FOLDER, 'trees', commit);
  if (existsSync(folder)) return folder;
  const unfinished = `${folder}.${process.pid}`;
  mkdirSync(unfinished, { recursive: true });
  try {
    const archive = execFileSync('git', ['archive', '--format=tar', commit], { cwd: root, maxBuffer: 1 << 30 });
    execFileSync('tar', ['-x', '-C', unfinished], { input: archive });
    renameSync(unfinished, folder);
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
  return folder;
}

/** Trees of other commits go: laying one out takes a second, and each is tens of megabytes. */
export function keepOnlyTree(root: string, commit: string): void {
  const folder = join(root, REVIEW_FOLDER, 'trees');
  for (const name of readdirSync(folder))
    if (/^[0-9a-f]{40}/.test(name) && name !== commit) rmSync(join(folder, name), { recursive: true, force: true });
}

/**
 * The files of the working tree, copied beside the commits': bundlers write into their output where `node_modules` is, and of two
 * trees at different depths every function would look changed.
 */
export function layOutWorkingTree(root: string): string {
  const folder = join(root, REVIEW_FOLDER, 'trees', 'working');
  rmSync(folder, { recursive: true, force: true });
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: root });
  for (const path of listed.toString().split('\0')) {
    // What was deleted and not committed is listed, too.
    if (path === '' || !existsSync(join(root, path))) continue;
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    copyFileSync(join(root, path), join(folder, path));
  }
  return folder;
}

/** SHA-256 of the sources in a tree. */
export function sourcesHash(tree: string): string {
  return hashOfFiles(
    tree,
    SOURCES.filter((name) => existsSync(join(tree, name))).flatMap((name) =>
      statSync(join(tree, name)).isDirectory() ? filesBelow(tree, name) : [name],
    ),
  );
}

/** SHA-256 of the files below folders of a tree. */
export function foldersHash(tree: string, folders: readonly string[]): string {
  return hashOfFiles(
    tree,
    folders.flatMap((folder) => filesBelow(tree, folder)),
  );
}

function filesBelow(tree: string, folder: string): string[] {
  return globSync(`${folder}/**/*`, { cwd: tree, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.includes('node_modules'))
    .map((entry) => join(entry.parentPath, entry.name).slice(tree.length + 1));
}

function hashOfFiles(tree: string, paths: readonly string[]): string {
  const hash = createHash('sha256');
  for (const path of [...paths].sort()) {
    const content = readFileSync(join(tree, path));
    hash.update(`${path}\0${content.byteLength}\0`).update(content);
  }
  return hash.digest('hex');
}
