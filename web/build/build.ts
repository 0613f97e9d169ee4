import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { installContract } from './contract.ts';

const folder = join(import.meta.dirname, '..');
/** What was built last, by what it was built from. */
const STAMP = join(folder, 'out', '.built-from');

const SOURCES = [
  'web/pages/**/*',
  'web/src/**/*',
  'web/styles/**/*',
  'web/build/*',
  'web/*.{json,mjs}',
  'schema/**/*.graphql',
  'packages/contract/src/pack/*',
  'package-lock.json',
];

/** Builds the static files in `out/`, unless they were built from what is there now. Resolves to whether it built. */
export async function buildSite(progress: (line: string) => void): Promise<boolean> {
  const stamp = stampOf(join(folder, '..'));
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === stamp) return false;
  progress('site       building (first time, or its sources have changed) ...');
  await installContract();
  await next(stamp.slice(0, 16));
  writeFileSync(STAMP, stamp);
  return true;
}

function stampOf(root: string): string {
  const digest = createHash('sha256');
  for (const path of globSync(SOURCES, { cwd: root, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted())
    digest.update(path.slice(root.length)).update(readFileSync(path));
  return digest.digest('hex');
}

async function next(buildId: string): Promise<void> {
  const command = join(folder, 'node_modules', 'next', 'dist', 'bin', 'next');
  const child = spawn(process.execPath, [command, 'build', '--webpack'], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1', NODE_ENV: 'production', HIROBA_SITE_BUILD: buildId },
  });
  const said: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => said.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => said.push(chunk));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', resolve);
  });
  if (code !== 0) throw new Error(`next build ended with ${code}:\n${Buffer.concat(said).toString()}`);
}

if (import.meta.main) console.log((await buildSite(console.log)) ? 'built' : 'as it was');
