import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Review } from '../../src/review/review.ts';
import type { Edit } from '../changes/edits.ts';

const repository = join(import.meta.dirname, '../../../..');

/** A clone of the last commit, in which a person would make the change. */
export interface Clone {
  /** Makes edits for both sides, and then those of the change, and runs `npm run review -- HEAD --json`. */
  review(
    given: readonly Edit[],
    edits: readonly Edit[],
  ): { readonly status: number | null; readonly review: Review; readonly stderr: string };
  remove(): void;
}

export function cloneOf(): Clone {
  const root = mkdtempSync(join(tmpdir(), 'hiroba-clone-'));
  const git = (...args: string[]): void =>
    void execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], {
      cwd: root,
      stdio: 'ignore',
    });
  execFileSync('git', ['clone', '-q', '--no-hardlinks', repository, root]);
  symlinkSync(join(repository, 'node_modules'), join(root, 'node_modules'));
  writeFileSync(join(root, '.git/info/exclude'), 'node_modules\n');
  const head = execFileSync('git', ['rev-parse', 'HEAD'], { cwd: root, encoding: 'utf8' }).trim();
  return {
    review(given, edits) {
      git('reset', '-q', '--hard', head);
      git('clean', '-q', '-f', '-d');
      apply(root, given);
      if (given.length > 0) git('add', '-A');
      if (given.length > 0) git('commit', '-q', '-m', 'given');
      apply(root, edits);
      const { status, stdout, stderr } = spawnSync(
        process.execPath,
        ['packages/contract/src/review/command.ts', 'HEAD', '--json'],
        { cwd: root, encoding: 'utf8', maxBuffer: 1 << 28 },
      );
      if (stdout === '') throw new Error(`the review ended with ${status}: ${stderr}`);
      return { status, review: JSON.parse(stdout) as Review, stderr };
    },
    remove: () => rmSync(root, { recursive: true }),
  };
}

function apply(root: string, edits: readonly Edit[]): void {
  for (const { file, apply: change } of edits) {
    const path = join(root, file);
    const text = change(existsSync(path) ? readFileSync(path, 'utf8') : '');
    mkdirSync(dirname(path), { recursive: true });
    if (text === '') rmSync(path);
    else writeFileSync(path, text);
  }
}
