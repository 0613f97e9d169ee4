import { spawn } from 'node:child_process';
import type { LocalSystem } from '../system/start.ts';
import { wordsOf } from './words.ts';

/** Kept with the data when it has been seeded. */
const MARK = 'seeded';

/** Runs the seed command once per data folder. It finds the system by `HIROBA_CONFIG_URL` and signs with the AWS variables. */
export async function seedWhenEmpty(system: LocalSystem, command: string | null): Promise<void> {
  if (command === null || system.marks.read(MARK) !== null) return;
  const [program, ...args] = wordsOf(command);
  const { accessKeyId, secretAccessKey } = system.credentials;
  const child = spawn(program, args, {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: {
      ...process.env,
      HIROBA_CONFIG_URL: `${system.url}/config.json`,
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
    },
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', resolve);
  });
  system.clock.release();
  if (code === 0) system.marks.write(MARK, new Date().toISOString());
  else console.error(`error: --seed "${command}" ended with exit code ${code}. It is tried again at the next start.`);
}
