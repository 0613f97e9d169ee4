import { existsSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { openDataFolder } from './data/folder.ts';
import { OBJECTS } from './data/objectFolder.ts';
import { SEALING_KEY_FILE } from './data/sealing.ts';
import { systemRandom } from './random.ts';

const USAGE = `Usage: npm run reset -- [--data DIR] [--yes]

Removes the data of the local system (default .hiroba): tables, users, objects, keys. Asks first, unless --yes is given.`;

/** What a data folder holds; nothing else in it is touched. */
const FILES = ['local.db', 'local.db-wal', 'local.db-shm', 'credentials', SEALING_KEY_FILE, OBJECTS] as const;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      data: { type: 'string', default: '.hiroba' },
      yes: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) return console.log(USAGE);
  const directory = resolve(values.data);
  const files = FILES.map((name) => join(directory, name)).filter((path) => existsSync(path));
  if (files.length === 0) return console.log(`${directory} holds no data.`);
  if (!values.yes && !(await confirmed(directory))) return console.log('Nothing was removed.');
  // Refuses while a process uses the folder: it would go on with files that are gone.
  openDataFolder(directory, systemRandom).close();
  for (const path of files) rmSync(path, { recursive: true });
  console.log(`Removed the data in ${directory}.`);
}

async function confirmed(directory: string): Promise<boolean> {
  if (!process.stdin.isTTY)
    throw new Error('There is nobody to ask: give --yes to remove the data without a question.');
  const prompt = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await prompt.question(`Remove everything in ${directory}, for good? Type yes: `);
  prompt.close();
  return answer.trim() === 'yes';
}

main().catch((error: unknown) => {
  console.error(`error: ${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
});
