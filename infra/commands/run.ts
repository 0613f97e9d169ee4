import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { SynthError } from '../synthError.ts';
import { readCommand, type CommandOptions } from './options.ts';
import { type Step, stepsOf, synthesis } from './steps.ts';
import { requireTools } from './tools.ts';

/** Exit code of `drift` when a stack differs from its Terraform, as of `terraform plan -detailed-exitcode`. */
const DIFFERS = 2;

async function main(): Promise<number> {
  const options = readCommand(process.argv.slice(2), process.env);
  requireTools();
  const synthesized = run(synthesis(options.config));
  if (synthesized !== 0) return synthesized;
  const steps = stepsOf(options, stacksOf(options.config.outdir));
  if (options.action === 'destroy') await confirm(options);
  let differs = false;
  for (const step of steps) {
    const code = run(step);
    if (code === DIFFERS && step.twoMeansDifferent) differs = true;
    else if (code !== 0) return code;
  }
  if (options.action === 'drift') console.log(differs ? 'The stage differs from its Terraform.' : 'Nothing differs.');
  return differs ? DIFFERS : 0;
}

function run({ program, args, environment }: Step): number {
  const given = Object.entries(environment).map(([name, value]) => `${name}=${value}`);
  console.log(`> ${[...given, program, ...args].join(' ')}`);
  const { status, error } = spawnSync(program === 'node' ? process.execPath : program, args, {
    stdio: 'inherit',
    env: { ...process.env, ...environment },
  });
  if (error) throw new SynthError(`${program} could not be started: ${error.message}`);
  return status ?? 1;
}

/** In the order in which they are deployed, which is that of the manifest. */
function stacksOf(outdir: string): string[] {
  const manifest = JSON.parse(readFileSync(join(outdir, 'manifest.json'), 'utf8')) as {
    readonly stacks: Readonly<Record<string, unknown>>;
  };
  return Object.keys(manifest.stacks);
}

async function confirm({ config, yes }: CommandOptions): Promise<void> {
  if (yes === config.stage) return;
  if (typeof yes === 'string')
    throw new SynthError(`--yes ${yes} is not the stage "${config.stage}": nothing is destroyed`);
  if (!process.stdin.isTTY)
    throw new SynthError(`nobody is there to ask: add --yes ${config.stage} to destroy the stage "${config.stage}"`);
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await terminal.question(
    `This destroys the stage "${config.stage}" with all that its members wrote. Its name, to go on: `,
  );
  terminal.close();
  if (answer.trim() !== config.stage) throw new SynthError('that is not its name: nothing is destroyed');
}

try {
  process.exitCode = await main();
} catch (error) {
  if (!(error instanceof SynthError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
