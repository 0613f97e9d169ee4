import { fileURLToPath } from 'node:url';
import { readConfig } from './config.ts';
import { problemOf, SynthError } from './synthError.ts';

const root = fileURLToPath(new URL('..', import.meta.url)).replace(/[/\\]$/, '');

/** The rest is imported when the flags are known to be right: cdktf takes a while, and supervising needs none of it. */
async function main(): Promise<void> {
  const config = readConfig(process.argv.slice(2), process.env);
  if (config.watch === 'supervise') {
    const { supervise } = await import('./supervise.ts');
    supervise({ root, program: fileURLToPath(import.meta.url), args: process.argv.slice(2) });
    return;
  }
  if (config.watch === 'work') endWithSupervisor();
  const { synthesizeOnce, synthesizeOnChange } = await import('./program.ts');
  await (config.watch === 'work' ? synthesizeOnChange(root, config) : synthesizeOnce(root, config));
}

function endWithSupervisor(): void {
  process.on('disconnect', () => process.exit());
  // It may have ended while this process was starting.
  if (!process.connected) process.exit();
}

try {
  await main();
} catch (error) {
  console.error(error instanceof SynthError ? error.message : new SynthError([problemOf(error, root)]).message);
  // What is not a SynthError is a mistake in infra itself, and its stack says where.
  if (!(error instanceof SynthError)) console.error(error);
  process.exitCode = 1;
}
