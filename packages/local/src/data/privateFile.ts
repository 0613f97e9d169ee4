import { chmodSync, closeSync, fsyncSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * The text of a file that its owner alone may read; made with `create` when it is missing. Two processes that start at once
 * end up with one text.
 */
export function readOrCreatePrivateFile(path: string, create: () => string): string {
  mkdirSync(dirname(path), { recursive: true });
  const text = create();
  if (createFile(path, text)) return text;
  // A file copied or unpacked by hand may have become readable by others.
  chmodSync(path, 0o600);
  return readFileSync(path, 'utf8');
}

/** False when the file exists. */
function createFile(path: string, text: string): boolean {
  let file: number;
  try {
    file = openSync(path, 'wx', 0o600);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
  try {
    writeSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  return true;
}
