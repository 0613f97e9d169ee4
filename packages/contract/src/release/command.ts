import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { BadInput } from '../badInput.ts';
import { pack } from '../pack/command.ts';
import { git } from '../review/revision.ts';
import { planRelease } from './plan.ts';

const USAGE = `Usage: npm run contract:release -- [flags]

Tags the commit as the next release of the contract, contract/vX.Y.Z, and packs it. The version follows from what changed since the
newest release: what breaks somebody is a major one, what adds a minor one, words a patch. Without --yes it only says what it would do.

  --yes       makes the tag; push it with git push origin TAG
  --out DIR   where the package goes, default .hiroba/contract
  --help`;

const root = resolve(import.meta.dirname, '../../../..');

async function main(): Promise<void> {
  const { yes, out, help } = flags();
  if (help) return console.log(USAGE);
  const { version, changes, text, releases } = await planRelease(root, new Date());
  if (!changes) return console.log(`Nothing that front ends see has changed since ${version}.`);
  const tag = `contract/v${version}`;
  console.log(`${tag}\n\n${text}\n`);
  if (!yes) return console.log('Nothing was done: --yes makes the tag.');
  const dirty = git(root, ['status', '--porcelain']);
  if (dirty !== '')
    throw new BadInput(`The working tree has changes, and a tag is of a commit. Commit them first:\n${dirty}`);
  requireReview();
  git(root, ['tag', '--annotate', tag, '--cleanup=verbatim', '-m', `Contract ${version}\n\n${text}`]);
  console.log(`tagged ${tag}; push it with: git push origin ${tag}\n${await pack(out, version, releases)}`);
}

/** What blocks in a review is not released. */
function requireReview(): void {
  try {
    execFileSync(process.execPath, [resolve(import.meta.dirname, '../review/command.ts')], {
      cwd: root,
      stdio: 'inherit',
    });
  } catch {
    throw new BadInput('The review blocks: see above. What is meant is approved or promised first.');
  }
}

function flags() {
  const options = {
    yes: { type: 'boolean', default: false },
    out: { type: 'string', default: '.hiroba/contract' },
    help: { type: 'boolean', short: 'h', default: false },
  } as const;
  try {
    return parseArgs({ options }).values;
  } catch (error) {
    throw new BadInput(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
  }
}

main().catch((error: unknown) => {
  if (!(error instanceof BadInput)) throw error;
  console.error(`error: ${error.message}`);
  process.exitCode = 2;
});
