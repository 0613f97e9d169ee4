import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { readMatrix } from '../access/matrix.ts';
import { BadInput } from '../badInput.ts';
import { readContract } from '../contract/readContract.ts';
import { changelog, type Release } from '../release/changelog.ts';
import { planRelease } from '../release/plan.ts';
import { packFiles } from './packFiles.ts';
import { PACKAGE } from './packageJson.ts';
import { tarball } from './tar.ts';

const USAGE = `Usage: npm run contract:pack -- [flags]

Builds the npm package ${PACKAGE} for front ends, from the working tree.

  --version X.Y.Z   default: what a release would be called (npm run contract:release)
  --out DIR         default .hiroba/contract
  --help`;

const root = resolve(import.meta.dirname, '../../../..');

/** Writes the tarball and tells where. */
export async function pack(out: string, version: string, releases: readonly Release[]): Promise<string> {
  const files = await packFiles(readContract(root), {
    version,
    matrix: readMatrix(root),
    changelog: changelog(releases),
    license: readFileSync(join(root, 'LICENSE'), 'utf8'),
  });
  const file = join(resolve(root, out), `hiroba-api-${version}.tgz`);
  mkdirSync(resolve(root, out), { recursive: true });
  writeFileSync(file, tarball(files));
  return relative(process.cwd(), file);
}

async function main(): Promise<void> {
  const { version, out, help } = flags();
  if (help) return console.log(USAGE);
  if (version !== undefined && !/^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/.test(version))
    throw new BadInput(`--version must be like 1.4.0, not "${version}".`);
  const plan = await planRelease(root, new Date());
  const file = await pack(out, version ?? plan.version, plan.releases);
  console.log(`${file}\ninstall it with: npm install ${file}`);
}

function flags() {
  const options = {
    version: { type: 'string' },
    out: { type: 'string', default: '.hiroba/contract' },
    help: { type: 'boolean', short: 'h', default: false },
  } as const;
  try {
    return parseArgs({ options }).values;
  } catch (error) {
    throw new BadInput(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
  }
}

if (process.argv[1] === import.meta.filename)
  main().catch((error: unknown) => {
    if (!(error instanceof BadInput)) throw error;
    console.error(`error: ${error.message}`);
    process.exitCode = 2;
  });
