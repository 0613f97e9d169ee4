import { BadOption } from '../badOption.ts';
import { type Chosen, optionsOf } from './options.ts';

/** Runs a command: usage when asked, one line for what was typed wrong. */
export function run(usage: string, command: (chosen: Chosen) => Promise<void>): void {
  endingWithUsage(usage, async () => {
    const chosen = optionsOf(process.argv.slice(2));
    if (chosen.help) return console.log(usage);
    await command(chosen);
  });
}

/** What was typed wrong is said in a line, with the usage below it, and ends with 2. */
export function endingWithUsage(usage: string, start: () => Promise<void>): void {
  start().catch((error: unknown) => {
    if (!(error instanceof BadOption)) throw error;
    console.error(`error: ${error.message}\n\n${usage}`);
    process.exitCode = 2;
  });
}
