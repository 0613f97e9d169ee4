import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { allTargets, type Target } from '../config.ts';
import { EXAMPLE_PUBLIC_KEY } from '../examplePublicKey.ts';
import { compareSynthesized, type Difference } from './compareSynthesized.ts';
import { endAll, run } from './run.ts';

/**
 * `npm run check:cdktn`: the same program with the packages that continue cdktf. They are 500 MB and no dependency, so they
 * are installed outside the repository, or taken from HIROBA_CDKTN, a folder whose node_modules has them.
 */
const PACKAGES = ['cdktn@0.24.0', '@cdktn/provider-aws@25.7.0', 'constructs@10.7.2'] as const;

const INSTALL_MS = 5 * 60_000;
const SYNTH_MS = 2 * 60_000;

/** What a deployment's environment would say. */
const EXAMPLE = {
  HIROBA_STATE_BUCKET: 'hiroba-terraform-state',
  HIROBA_DOMAIN: 'hiroba.example',
  HIROBA_REPOSITORY: 'hiroba-social/hiroba',
  HIROBA_CDN_PUBLIC_KEY: EXAMPLE_PUBLIC_KEY,
  SOURCE_DATE_EPOCH: '1795305600',
} as const;

/** What may differ in every stack, and nothing else. */
const EXPECTED = [
  '//.metadata.version',
  'terraform.required_providers.aws.source',
  'terraform.required_providers.aws.version',
] as const;

const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/[/\\]$/, '');
const seam = fileURLToPath(new URL('redirectSeam.ts', import.meta.url));

async function main(folder: string): Promise<number> {
  const packages = process.env.HIROBA_CDKTN ?? (await install(folder));
  if (packages === undefined) return 0;
  const failures: string[] = [];
  for (const target of endsOfLadder()) failures.push(...(await compare(folder, packages, target)));
  for (const line of failures) console.error(line.slice(0, 400));
  console.log(failures.length > 0 ? 'FAILED' : 'ok');
  return failures.length > 0 ? 1 : 0;
}

/** The fewest resources and the most. */
function endsOfLadder(): Target[] {
  const targets = allTargets();
  return [targets[0], targets.at(-1)].filter((target) => target !== undefined);
}

/** @returns a line for everything that differs and should not, or the other way round. */
async function compare(folder: string, packages: string, { stage, rung }: Target): Promise<string[]> {
  const outdir = (library: string): string => join(folder, `${stage}-${rung}-${library}`);
  const args = ['--stage', stage, '--rung', rung];
  const before = await synthesize([...args, '--outdir', outdir('cdktf')]);
  const after = await synthesize([...args, '--outdir', outdir('cdktn')], packages);
  const differences = compareSynthesized(outdir('cdktf'), outdir('cdktn'));
  const unexpected = differences.filter(({ path }) => !EXPECTED.some((expected) => expected === path));
  const stacks = [...new Set(differences.map(({ file }) => file))];
  const missing = stacks.flatMap((file) =>
    EXPECTED.filter((path) => !differences.some((found) => found.file === file && found.path === path)).map(
      (path) => `${file} ${path} does not differ`,
    ),
  );
  const counts = `${stacks.length} stacks, ${differences.length} values differ`;
  console.log(`${stage} ${rung}: ${counts}; cdktf took ${before} ms, cdktn ${after} ms`);
  if (stacks.length === 0) missing.push('nothing differs: cdktn was not used');
  return [...unexpected.map(lineOf), ...missing];
}

function lineOf({ file, path, was, is }: Difference): string {
  return `${file} ${path}: ${was} -> ${is}`;
}

/** @returns the folder, or nothing where there is no registry: then the check is skipped. */
async function install(folder: string): Promise<string | undefined> {
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  const args = ['install', '--no-audit', '--no-fund', '--ignore-scripts', '--fetch-retries=1', ...PACKAGES];
  const { code, stderr, timedOut, ms } = await run('npm', args, { cwd: folder, timeoutMs: INSTALL_MS });
  if (code === 0) {
    console.log(`installed ${PACKAGES.join(', ')} in ${Math.round(ms / 1000)} s`);
    return folder;
  }
  const reason = timedOut ? 'npm took too long' : (/npm error (code \S+)/.exec(stderr)?.[1] ?? 'npm failed');
  if (!timedOut && !/E(NOTFOUND|AI_AGAIN|CONNREFUSED|CONNRESET|TIMEDOUT)|network/.test(stderr)) {
    throw new Error(`npm install: ${stderr.slice(0, 2000)}`);
  }
  console.log(`SKIPPED check:cdktn: ${reason}; HIROBA_CDKTN names a folder that has ${PACKAGES.join(', ')}`);
  return undefined;
}

async function synthesize(flags: readonly string[], packages?: string): Promise<number> {
  const redirect = packages === undefined ? [] : ['--import', seam];
  const args = [...redirect, join(root, 'infra', 'main.ts'), ...flags];
  const env = { ...EXAMPLE, HIROBA_CDKTN: packages };
  const { code, stderr, ms } = await run(process.execPath, args, { cwd: root, env, timeoutMs: SYNTH_MS });
  if (code !== 0) throw new Error(`the synthesis ${packages ? 'with cdktn ' : ''}failed: ${stderr.slice(0, 4000)}`);
  return Math.round(ms);
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => process.exit(1));
const folder = mkdtempSync(join(tmpdir(), 'hiroba-cdktn-'));
process.on('exit', () => {
  endAll();
  rmSync(folder, { recursive: true, force: true });
});
process.exitCode = await main(folder);
