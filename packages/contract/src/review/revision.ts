import { execFileSync } from 'node:child_process';
import { BadInput } from '../badInput.ts';

/** What the working tree is compared with. */
export type Base =
  | { readonly kind: 'revision'; readonly name: string; readonly commit: string }
  /** Nothing was released yet, or the history is not here. */
  | { readonly kind: 'nothing'; readonly why: string };

const TAG = /^contract\/v(\d+)\.(\d+)\.(\d+)$/;

/**
 * The revision that was asked for, or else the newest release of the contract (a tag `contract/vX.Y.Z`).
 * @throws BadInput for a revision that git does not know, and for a folder without git.
 */
export function resolveBase(root: string, asked: string | undefined): Base {
  if (asked !== undefined) return { kind: 'revision', name: asked, commit: commitOf(root, asked) };
  const tag = newestTag(root);
  if (tag !== undefined) return { kind: 'revision', name: tag, commit: commitOf(root, tag) };
  const why = isShallow(root)
    ? 'this clone is shallow and has no tag contract/vX.Y.Z: fetch them (git fetch --tags --unshallow)'
    : 'there is no tag contract/vX.Y.Z yet';
  return { kind: 'nothing', why };
}

/** By version, not by date. */
export function newestTag(root: string): string | undefined {
  const versions = git(root, ['tag', '--list', 'contract/v*'])
    .split('\n')
    .flatMap((tag) => {
      const [, ...parts] = TAG.exec(tag) ?? [];
      return parts.length === 3 ? [{ tag, parts: parts.map(Number) }] : [];
    });
  return versions.sort((a, b) => compare(b.parts, a.parts))[0]?.tag;
}

function compare(a: readonly number[], b: readonly number[]): number {
  const index = a.findIndex((part, at) => part !== b[at]);
  return index < 0 ? 0 : (a[index] ?? 0) - (b[index] ?? 0);
}

function commitOf(root: string, revision: string): string {
  try {
    // A name that begins with a dash would be read as a flag.
    return git(root, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`]);
  } catch {
    const hint = isShallow(root)
      ? 'This clone is shallow: git fetch --unshallow.'
      : 'git log and git tag list what there is.';
    throw new BadInput(`git knows no revision "${revision}". ${hint}`);
  }
}

const isShallow = (root: string): boolean => git(root, ['rev-parse', '--is-shallow-repository']) === 'true';

export function git(root: string, args: readonly string[]): string {
  try {
    return execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim();
  } catch (error) {
    if (/not a git repository|ENOENT/.test(String(error)))
      throw new BadInput(`${root} is not a git repository: a review compares with one of its revisions.`);
    throw error;
  }
}
