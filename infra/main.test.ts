import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folderWith, repository } from './testing/application.ts';

test('a wrong flag ends the program with one line and writes nothing', () => {
  const outdir = join(folderWith({}), 'out');
  const args = [join(repository, 'infra/main.ts'), '--outdir', outdir, '--stage', 'test'];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', env: {} });
  expect({ status, stdout, stderr }).toEqual({
    status: 1,
    stdout: '',
    stderr: 'error stage "test" does not exist: the stages are dev, staging, prod\n',
  });
  expect(existsSync(outdir)).toBe(false);
});
