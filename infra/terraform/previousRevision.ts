import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Target } from '../config.ts';
import { SynthError } from '../synthError.ts';
import type * as targets from '../targets.ts';
import { run } from './run.ts';

/**
 * What this program said at an earlier revision of the repository, for the targets that existed then: its own sources
 * synthesize them, with the packages that are installed now.
 * @throws SynthError for a revision that git does not know.
 */
export async function previousRevision(
  root: string,
  revision: string,
  wanted: readonly Target[],
): Promise<targets.SynthesizedTarget[]> {
  const folder = mkdtempSync(join(tmpdir(), 'hiroba-previous-'));
  try {
    const archive = join(folder, 'archive.tar');
    await must(['git', 'archive', `--output=${archive}`, '--end-of-options', revision], root);
    await must(['tar', '-xf', archive, '-C', folder], root);
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
    const program = join(folder, 'infra', 'targets.ts');
    const { synthesizeTarget } = (await import(pathToFileURL(program).href)) as typeof targets;
    const synthesized: targets.SynthesizedTarget[] = [];
    for (const target of wanted) synthesized.push(await synthesizeTarget(target));
    return synthesized;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function must([command = '', ...args]: readonly string[], cwd: string): Promise<void> {
  const { code, stderr } = await run(command, args, { cwd, timeoutMs: 60_000 });
  if (code !== 0) throw new SynthError(`${command} ${args[0]}: ${stderr.trim()}`);
}
