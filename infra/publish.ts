import { existsSync, globSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { OutputFiles } from './synthesize.ts';

const MANIFEST = 'manifest.json';

/**
 * Makes the output folder hold these files. Each is replaced whole; the manifest is replaced last, after any change and
 * only then, so that who sees it change sees everything else in place.
 * @returns the paths that changed, the manifest excepted.
 */
export function publish(outdir: string, files: OutputFiles): string[] {
  const changed = [...files].filter(([path, content]) => path !== MANIFEST && !holds(join(outdir, path), content));
  for (const [path, content] of changed) replace(join(outdir, path), content);
  const manifest = files.get(MANIFEST);
  if (manifest && (changed.length > 0 || !holds(join(outdir, MANIFEST), manifest)))
    replace(join(outdir, MANIFEST), manifest);
  return changed.map(([path]) => path);
}

/** Removes assets that no file refers to. Not while someone may still be reading the last generation. */
export function removeStaleAssets(outdir: string, files: OutputFiles): void {
  // Beside them Terraform keeps its own files (`.terraform`, lock files), which stay.
  for (const path of globSync('stacks/*/assets/*/*', { cwd: outdir })) {
    if (!files.has(path.replaceAll('\\', '/'))) rmSync(join(outdir, path), { recursive: true });
  }
}

function holds(path: string, content: Uint8Array): boolean {
  return existsSync(path) && readFileSync(path).equals(content);
}

function replace(path: string, content: Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true });
  const temporary = `${path}.${process.pid}.tmp`;
  writeFileSync(temporary, content);
  renameSync(temporary, path);
}
