import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDataFolder } from '../../src/data/folder.ts';
import { seededRandom } from '../../src/random.ts';
import { afterEach, beforeEach, expect, test } from 'vitest';

const reset = join(import.meta.dirname, '../../src/reset.ts');
let data: string;

beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), 'reset-'));
  openDataFolder(data, seededRandom('reset')).close();
  for (const name of ['credentials', 'notes.txt']) await writeFile(join(data, name), 'x');
});
afterEach(() => rm(data, { recursive: true }));

function run(...args: string[]): Promise<{ code: number; output: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [reset, ...args], (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code) : 0, output: stdout + stderr });
    });
  });
}

test('with --yes the data goes, and what is not ours stays', async () => {
  expect(await run('--data', data, '--yes')).toEqual({ code: 0, output: `Removed the data in ${data}.\n` });
  expect(await readdir(data)).toEqual(['notes.txt']);
});

test('without a terminal to ask on, nothing is removed', async () => {
  const { code, output } = await run('--data', data);
  expect(code).toBe(1);
  expect(output).toContain('give --yes to remove the data without a question');
  expect(await readdir(data)).toHaveLength(3);
});

test('while a process uses the folder, nothing is removed', async () => {
  const folder = openDataFolder(data, seededRandom('reset'));
  const { code, output } = await run('--data', data, '--yes');
  folder.close();
  expect(code).toBe(1);
  expect(output).toContain(`${data} is in use by another process`);
  expect(await readdir(data)).toContain('local.db');
});
