import { type FSWatcher, readdirSync, watch } from 'node:fs';
import { join } from 'node:path';

/** An editor writes a file in several steps; they are one change. */
const SETTLE_MS = 20;

export interface WatchOptions {
  readonly root: string;
  /** Relative to `root`; they are watched with all that is below them. */
  readonly folders: readonly string[];
  /** Whether a changed file matters; its path is relative to `root`. */
  readonly accepts: (path: string) => boolean;
  readonly onChange: (paths: readonly string[]) => void | Promise<void>;
}

export interface Watching {
  /** Calls `onChange` without a change. */
  run(): Promise<void>;
  close(): void;
}

/**
 * Calls `onChange` after files or folders changed, never twice at a time: what changes meanwhile makes one more call.
 * Keeps the process alive.
 */
export function watchFolders({ root, folders, accepts, onChange }: WatchOptions): Watching {
  const pending = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  let running = false;

  const run = async (paths: readonly string[]): Promise<void> => {
    running = true;
    try {
      await onChange(paths);
    } finally {
      running = false;
    }
    settle();
  };
  const settle = (): void => {
    clearTimeout(timer);
    if (pending.size === 0 || running) return;
    timer = setTimeout(() => {
      const paths = [...pending].sort();
      pending.clear();
      void run(paths);
    }, SETTLE_MS);
  };
  const tree = watchTree(root, folders, (path, isFolder) => {
    if (!isFolder && !accepts(path)) return;
    pending.add(path);
    settle();
  });
  return {
    run: () => run([]),
    close() {
      clearTimeout(timer);
      tree.close();
    },
  };
}

/**
 * One watcher for each folder. Node's `recursive` option watches each file on Linux, and goes on watching the old one when
 * an editor or git replaces it: the next save is not seen.
 */
function watchTree(
  root: string,
  folders: readonly string[],
  onEvent: (path: string, isFolder: boolean) => void,
): { close(): void } {
  const watchers = new Map<string, FSWatcher>();
  const follow = (folder: string): void => {
    watchers.set(
      folder,
      watch(join(root, folder), (event, file) => {
        // A folder that came or went is told of by its parent.
        if (event === 'rename') refresh();
        onEvent(file === null ? folder : `${folder}/${file}`, false);
      }).on('error', refresh),
    );
  };
  const refresh = (): void => {
    const present = new Set(folders.flatMap((folder) => [folder, ...foldersBelow(root, folder)]));
    for (const [folder, watcher] of watchers) {
      if (present.has(folder)) continue;
      watcher.close();
      watchers.delete(folder);
      onEvent(folder, true);
    }
    for (const folder of present) {
      if (watchers.has(folder)) continue;
      follow(folder);
      onEvent(folder, true);
    }
  };
  for (const folder of folders.flatMap((each) => [each, ...foldersBelow(root, each)])) follow(folder);
  return {
    close() {
      for (const watcher of watchers.values()) watcher.close();
    },
  };
}

function foldersBelow(root: string, folder: string): string[] {
  const own = foldersIn(join(root, folder)).map((each) => `${folder}/${each}`);
  return own.flatMap((each) => [each, ...foldersBelow(root, each)]);
}

function foldersIn(path: string): string[] {
  try {
    const entries = readdirSync(path, { withFileTypes: true });
    return entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  } catch (error) {
    // It went away since its parent was read; the parent's event follows.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

/** What goes into the output: not tests, nor the temporary files of editors. */
export function isSource(path: string): boolean {
  return /^[^~]+\.(ts|graphql|json)$/.test(path) && !path.endsWith('.test.ts');
}
