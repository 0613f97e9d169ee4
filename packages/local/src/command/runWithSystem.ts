import { spawn } from 'node:child_process';
import type { LocalSystem } from '../system/start.ts';
import { wordsOf } from './words.ts';

/** Runs a command that finds the system by `HIROBA_CONFIG_URL` and signs with AWS's variables. Resolves to its exit code. */
export function runWithSystem(
  { url, credentials: { accessKeyId, secretAccessKey } }: Pick<LocalSystem, 'url' | 'credentials'>,
  command: string,
): Promise<number | null> {
  const [program, ...args] = wordsOf(command);
  const child = spawn(program, args, {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: {
      ...process.env,
      HIROBA_CONFIG_URL: `${url}/config.json`,
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
    },
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', resolve);
  });
}
