import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where all processes on this machine keep it, beside the bundled console. */
export const PASSED_FILE = fileURLToPath(
  new URL('../../../../../node_modules/.cache/resolver-types/passed.txt', import.meta.url),
);

/** Remembers, on disk, which modules had nothing to refuse, so that only what was edited is checked again. */
export interface Passed {
  /** Those of which nothing is known. */
  newAmong(codes: readonly string[]): string[];
  add(codes: readonly string[]): void;
}

/** Some dozen versions of a large API; about 200 KB. */
const MAX_REMEMBERED = 5_000;

/** @param versions what else the answer depends on: another compiler begins anew. */
export function rememberPassed(file: string, versions: string): Passed {
  const seed = createHash('sha256').update(versions).digest('hex');
  const keyOf = (code: string): string =>
    createHash('sha256').update(seed).update(code).digest('base64url').slice(0, 32);
  return {
    newAmong(codes) {
      // Read anew each time: the process that bundles has often checked what this one is about to load.
      const keys = read(file);
      return codes.filter((code) => !keys.has(keyOf(code)));
    },
    add(codes) {
      if (codes.length === 0) return;
      // Of two processes that write at once, what one added is forgotten and checked again.
      write(file, [...new Set([...read(file), ...codes.map(keyOf)])].slice(-MAX_REMEMBERED));
    },
  };
}

function read(file: string): Set<string> {
  try {
    return new Set(readFileSync(file, 'utf8').split('\n'));
  } catch {
    return new Set();
  }
}

/** A folder that cannot be written to costs time only. */
function write(file: string, keys: readonly string[]): void {
  try {
    mkdirSync(dirname(file), { recursive: true });
    const temporary = `${file}.${process.pid}`;
    writeFileSync(temporary, keys.join('\n'));
    renameSync(temporary, file);
  } catch {
    return;
  }
}
