import { BadOption } from '../badOption.ts';
import { type Chosen, optionsOf } from './options.ts';

/** Runs a command: usage when asked, one line for what was typed wrong. */
export function run(usage: string, command: (chosen: Chosen) => Promise<void>): void {
  const start = async (): Promise<void> => {
    const chosen = optionsOf(process.argv.slice(2));
    if (chosen.help) return console.log(usage);
    await command(chosen);
  };
  start().catch((error: unknown) => {
    if (!(error instanceof BadOption)) throw error;
    console.error(`error: ${error.message}\n\n${usage}`);
    process.exitCode = 2;
  });
}
