import { mkdir, rm } from 'node:fs/promises';
import type { TestProject } from 'vitest/node';

/** What the tests of this project leave in the folder for temporary files (vitest.config.ts names one) goes when all are done. */
export async function setup({ config }: TestProject): Promise<() => Promise<void>> {
  const folder = config.env['TMPDIR'];
  if (folder === undefined) throw new Error('vitest.config.ts gives the project no TMPDIR');
  await mkdir(folder, { recursive: true });
  return () => rm(folder, { recursive: true, force: true });
}
