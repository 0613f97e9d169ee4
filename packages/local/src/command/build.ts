import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { UsageError } from './options.ts';
import { wordsOf } from './words.ts';

export interface BuildCommand {
  /** Resolves when the folder is written. */
  readonly firstBuilt: Promise<void>;
  stop(): void;
}

/** The line with which a build says that the folder holds the present sources. */
const BUILT = /^(synthesized|unchanged)\b/;

/**
 * Starts the command that writes the folder and, if it likes, goes on writing it. It has written it when it prints a line
 * that begins with `synthesized` or `unchanged`, or when it ends with success. What it prints is shown.
 */
export function startBuild(command: string): BuildCommand {
  const [program, ...args] = wordsOf(command);
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] });
  const firstBuilt = new Promise<void>((resolve, reject) => {
    if (!child.stdout) throw new Error('stdout is piped, so it is there');
    createInterface({ input: child.stdout }).on('line', (line) => {
      console.log(line);
      if (BUILT.test(line)) resolve();
    });
    child.on('error', (cause) =>
      reject(new UsageError(`--build "${command}" cannot be started: ${cause.message}`, { cause })),
    );
    child.on('exit', (code) => {
      if (code === 0) resolve();
      else reject(new UsageError(`--build "${command}" ended with exit code ${code}; its output above says why.`));
    });
  });
  return {
    firstBuilt,
    stop: () => {
      child.removeAllListeners('exit');
      // The build ends by itself when this channel closes, also when this process is killed.
      if (child.connected) child.disconnect();
      child.kill();
    },
  };
}
