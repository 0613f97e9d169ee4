import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where the contents of objects lie. */
export interface ObjectFolder {
  /** Made when it is first asked for. */
  path(): string;
  /** Removes it when it is a temporary one. */
  close(): void;
}

/** The folder `objects` of the data folder. */
export function keptObjectFolder(dataFolder: string): ObjectFolder {
  const path = join(dataFolder, OBJECTS);
  return {
    path() {
      mkdirSync(path, { recursive: true, mode: 0o700 });
      return path;
    },
    close: () => undefined,
  };
}

export const OBJECTS = 'objects';

/**
 * For a system without a data folder: contents in memory would grow the process by all that is uploaded. Gone when the
 * process ends, and when it was killed, at the next start of another.
 */
export function temporaryObjectFolder(parent = tmpdir()): ObjectFolder {
  let path: string | null = null;
  const remove = (): void => {
    if (path !== null) rmSync(path, { recursive: true, force: true });
    path = null;
    process.off('exit', remove);
  };
  return {
    path() {
      if (path === null) {
        removeAbandoned(parent);
        path = mkdtempSync(join(parent, `${PREFIX}${process.pid}-`));
        process.on('exit', remove);
      }
      return path;
    },
    close: remove,
  };
}

const PREFIX = 'hiroba-objects-';

/** Folders whose process is gone. One that belongs to another user stays: it cannot be removed. */
function removeAbandoned(parent: string): void {
  for (const name of readdirSync(parent)) {
    const pid = /^hiroba-objects-(\d{1,10})-\w+$/.exec(name)?.[1];
    if (pid === undefined || isRunning(Number(pid))) continue;
    try {
      rmSync(join(parent, name), { recursive: true, force: true });
    } catch {
      continue;
    }
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}
