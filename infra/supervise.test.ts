import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, expect, test } from 'vitest';
import { folderWith, repository, write } from './testing/application.ts';

let supervisor: ChildProcess | undefined;
afterEach(() => supervisor?.kill());

test('starts the program anew when its code changes, also after it failed', async () => {
  const root = folderWith({
    'infra/main.ts': "import { word } from './word.ts';\nconsole.log(word);\nsetInterval(() => {}, 1000);\n",
    'infra/word.ts': "export const word = 'first';\n",
    'schema/merge.ts': '',
  });
  const starter = `
    import { supervise } from ${JSON.stringify(join(repository, 'infra/supervise.ts'))};
    supervise({ root: ${JSON.stringify(root)}, program: ${JSON.stringify(join(root, 'infra/main.ts'))}, args: [] });`;
  write(root, 'start.ts', starter);
  supervisor = spawn(process.execPath, [join(root, 'start.ts')], { stdio: ['ignore', 'pipe', 'pipe'] });
  const lines = createInterface({ input: supervisor.stdout! })[Symbol.asyncIterator]();
  const next = async (): Promise<string> => String((await lines.next()).value);

  expect(await next()).toBe('first');
  write(root, 'infra/word.ts', 'export const = ;\n');
  expect(await next()).toBe('restarting infra/word.ts');
  const [failure] = await once(supervisor.stderr!, 'data');
  expect(String(failure)).toContain('infra/word.ts:1');
  write(root, 'infra/word.ts', "export const word = 'second';\n");
  expect(await next()).toBe('restarting infra/word.ts');
  expect(await next()).toBe('second');
});
