import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readMatrix } from '../../packages/contract/src/access/matrix.ts';
import { readContract } from '../../packages/contract/src/contract/readContract.ts';
import { packFiles } from '../../packages/contract/src/pack/packFiles.ts';

const root = join(import.meta.dirname, '..', '..');

/** Installs the contract's package of this working tree, as its tarball would be: the site is typed by what the API says now. */
export async function installContract(): Promise<void> {
  const files = await packFiles(readContract(root), {
    version: '0.0.0-local',
    matrix: readMatrix(root),
    changelog: '',
    license: readFileSync(join(root, 'LICENSE'), 'utf8'),
  });
  const folder = join(root, 'web', 'node_modules', '@hiroba', 'api');
  rmSync(folder, { recursive: true, force: true });
  for (const [path, text] of files) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}

if (import.meta.main) await installContract();
