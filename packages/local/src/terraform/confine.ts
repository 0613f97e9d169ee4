import { realpathSync } from 'node:fs';
import { isAbsolute, relative, resolve, sep } from 'node:path';

/**
 * The absolute path of a file below a directory, or undefined when the path leads out of it, also through a symbolic
 * link. A path that does not exist is judged as it is written.
 */
export function confine(directory: string, path: string): string | undefined {
  const target = resolve(directory, path);
  if (path.includes('\0') || !isBelow(resolve(directory), target)) return undefined;
  return isBelow(realPath(directory), realPath(target)) ? target : undefined;
}

function isBelow(directory: string, target: string): boolean {
  const path = relative(directory, target);
  return path !== '..' && !path.startsWith(`..${sep}`) && !isAbsolute(path);
}

/** Resolves the links of the deepest part that exists, since a missing file may stand below a linked folder. */
function realPath(path: string): string {
  const absolute = resolve(path);
  try {
    return realpathSync(absolute);
  } catch {
    const parent = resolve(absolute, '..');
    return parent === absolute ? absolute : resolve(realPath(parent), relative(parent, absolute));
  }
}
