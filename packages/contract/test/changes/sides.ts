import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { readApprovals } from '../../src/access/approvals.ts';
import { readMatrix } from '../../src/access/matrix.ts';
import { readContract } from '../../src/contract/readContract.ts';
import type { Description } from '../../src/review/description.ts';
import { review, type Review, type Tree } from '../../src/review/review.ts';
import { readMeasured } from '../../../../infra/bill/measured.ts';
import type { Edit } from './edits.ts';

const root = join(import.meta.dirname, '../../../..');

/** Of the Terraform nothing: these changes are of files. What operations use is what was measured for the bill. */
const description: Description = { stacks: { problem: 'nobody asked' }, measured: readMeasured().operations };

export const NOW = new Date('2026-11-27T00:00:00Z');

/** Reviews edits of the repository's schema, operations and matrix, in folders that are gone afterwards. */
export async function reviewOf(given: readonly Edit[], edits: readonly Edit[]): Promise<Review> {
  const folders = [given, [...given, ...edits]].map(edited);
  try {
    const [before, after] = folders.map(treeOf);
    if (!before || !after) throw new Error('two folders are two trees');
    return await review({
      base: { kind: 'revision', name: 'contract/v1.0.0', commit: '0'.repeat(40) },
      before,
      after,
      approvals: readApprovals(folders[1] ?? ''),
      now: NOW,
    });
  } finally {
    for (const folder of folders) rmSync(folder, { recursive: true });
  }
}

export function edited(edits: readonly Edit[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'hiroba-review-'));
  for (const part of ['schema', 'test/authorization/matrix'])
    cpSync(join(root, part), join(folder, part), { recursive: true });
  for (const { file, apply } of edits) {
    const path = join(folder, file);
    const text = apply(existsSync(path) ? readFileSync(path, 'utf8') : '');
    if (text === '') rmSync(path);
    else {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
    }
  }
  return folder;
}

export const treeOf = (folder: string): Tree => ({
  contract: readContract(folder),
  matrix: readMatrix(folder),
  description,
});
