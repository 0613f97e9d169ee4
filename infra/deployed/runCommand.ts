import type { Deployment } from './deployment.ts';
import { explain, OperatorError } from './operatorError.ts';

/** The command line is not one of the command's; its usage says what is. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export interface Command {
  readonly deployment: Deployment;
  /** Sets `process.exitCode` when something is to be seen to. */
  run(): Promise<void>;
}

/** Runs a command of an operator, and says in a line what kept it from its work. Exit code 1: it was kept. */
export async function runCommand(usage: string, read: (args: readonly string[]) => Promise<Command>): Promise<void> {
  const args = process.argv.slice(2);
  if (args.includes('--help')) return console.log(usage);
  let command: Command | null = null;
  try {
    command = await read(args);
    await command.run();
  } catch (error) {
    process.exitCode = 1;
    if (error instanceof UsageError || isOfParseArgs(error))
      return console.error(`error: ${error.message}\n\n${usage}`);
    const reason =
      command === null ? (error instanceof OperatorError ? error : null) : explain(error, command.deployment);
    if (reason === null) throw error;
    console.error(`error: ${reason.message}`);
  }
}

const isOfParseArgs = (error: unknown): error is Error =>
  error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
