import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LocalSystem } from '@hiroba/local';
import { connect, type SeededSystem } from '../seed/system.ts';

/** Speaks to a system of this process as a seed does. @param folder of the caller's own: the root key is kept there. */
export async function connectTo({ url, credentials }: LocalSystem, folder: string): Promise<SeededSystem> {
  const { accessKeyId, secretAccessKey } = credentials;
  const file = join(folder, 'credentials');
  const profile = `[default]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`;
  await writeFile(file, profile, { mode: 0o600 });
  return connect(`${url}/config.json`, file);
}
