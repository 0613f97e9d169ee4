import { fork, type ChildProcess } from 'node:child_process';
import { isSource, watchFolders } from './watchFolders.ts';

export interface Supervised {
  readonly root: string;
  /** The module to run; it finds HIROBA_SYNTH_WORKER in its environment. */
  readonly program: string;
  readonly args: readonly string[];
}

/**
 * Runs the program and starts it anew when its own code changes, since a process never loads a module twice. A program
 * that failed is started again at the next change. Ends with the process that started it, when that keeps a channel open.
 */
export function supervise({ root, program, args }: Supervised): void {
  let child: ChildProcess | undefined;
  const start = (): void => {
    child = fork(program, [...args], { cwd: root, env: { ...process.env, HIROBA_SYNTH_WORKER: '1' } });
  };
  const stop = (): void => {
    child?.removeAllListeners();
    child?.kill();
  };
  const quit = (): void => {
    stop();
    process.exit();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, quit);
  if (process.connected) process.on('disconnect', quit);
  watchFolders({
    root,
    folders: ['infra', 'schema'],
    accepts: (path) => isSource(path) && path.endsWith('.ts'),
    onChange(paths) {
      console.log(`restarting ${paths.join(' ')}`);
      stop();
      start();
    },
  });
  start();
}
