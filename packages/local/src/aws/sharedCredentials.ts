import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readOrCreatePrivateFile } from '../data/privateFile.ts';
import type { Random } from '../random.ts';
import { newLongLivedKey, type AccessKey } from './credentials.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The developer's root key: `AWS_ACCESS_KEY_ID` and `AWS_SECRET_ACCESS_KEY` (and `AWS_SESSION_TOKEN`) when they are set,
 * else profile `default` of `DIRECTORY/credentials`, which is made at random, readable by its owner only, when missing.
 * The format is AWS's shared credentials file, so that `AWS_SHARED_CREDENTIALS_FILE` can point at it.
 *
 * Throws `Error` when only one of the two variables is set, or when the file holds no key.
 */
export function loadOrCreateSharedCredentials(
  directory: string,
  { random, environment = process.env }: { readonly random: Random; readonly environment?: Environment },
): AccessKey {
  return keyFromEnvironment(environment) ?? keyFromFile(join(directory, 'credentials'), random);
}

/**
 * The key of a system that runs already, from where `loadOrCreateSharedCredentials` has it.
 *
 * Throws `Error` when there is none.
 */
export function readSharedCredentials(directory: string, environment: Environment = process.env): AccessKey {
  const key = keyFromEnvironment(environment);
  if (key) return key;
  const path = join(directory, 'credentials');
  if (!existsSync(path)) {
    throw new Error(
      `${path} does not exist. Is --data right? A system that keeps nothing takes its key from AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.`,
    );
  }
  return parseSharedCredentials(readFileSync(path, 'utf8'), path);
}

/** The key in the environment alone, for a system without a data folder; a random one when there is none. */
export function environmentOrRandomKey(random: Random, environment: Environment = process.env): AccessKey {
  return keyFromEnvironment(environment) ?? newLongLivedKey(random);
}

function keyFromEnvironment(environment: Environment): AccessKey | null {
  const accessKeyId = environment.AWS_ACCESS_KEY_ID;
  const secretAccessKey = environment.AWS_SECRET_ACCESS_KEY;
  if (!accessKeyId && !secretAccessKey) return null;
  if (!accessKeyId || !secretAccessKey) {
    throw new Error('Set both AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or neither');
  }
  const sessionToken = environment.AWS_SESSION_TOKEN;
  return sessionToken ? { accessKeyId, secretAccessKey, sessionToken } : { accessKeyId, secretAccessKey };
}

function keyFromFile(path: string, random: Random): AccessKey {
  const text = readOrCreatePrivateFile(path, () => formatSharedCredentials(newLongLivedKey(random)));
  return parseSharedCredentials(text, path);
}

function formatSharedCredentials({ accessKeyId, secretAccessKey }: AccessKey): string {
  return `[default]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`;
}

function parseSharedCredentials(text: string, path: string): AccessKey {
  const settings = new Map<string, string>();
  let profile = '';
  for (const line of text.split(/\r?\n/)) {
    const header = /^\s*\[\s*([^\]]+?)\s*\]/.exec(line);
    const setting = /^\s*([a-z_]+)\s*=\s*(\S+)\s*$/.exec(line);
    if (header) profile = header[1]!;
    else if (setting && profile === 'default') settings.set(setting[1]!, setting[2]!);
  }
  const accessKeyId = settings.get('aws_access_key_id');
  const secretAccessKey = settings.get('aws_secret_access_key');
  if (!accessKeyId || !secretAccessKey) {
    throw new Error(
      `${path} has no aws_access_key_id and aws_secret_access_key under [default]; delete it to make a new one`,
    );
  }
  return { accessKeyId, secretAccessKey };
}
