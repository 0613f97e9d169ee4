import { relative } from 'node:path';
import type { Config } from '../config.ts';
import { SynthError } from '../synthError.ts';
import type { CommandOptions } from './options.ts';

/** One program to run, from the repository's root. */
export interface Step {
  readonly program: 'node' | 'cdktf' | 'terraform';
  readonly args: readonly string[];
  /** Added to this process's environment. */
  readonly environment: Readonly<Record<string, string>>;
  /** The step's exit code 2 says that something differs, not that it failed. */
  readonly twoMeansDifferent?: boolean;
}

/** Stacks that a destruction leaves: without Terraform's state there is nothing to destroy by, or to make anew from. */
const KEPT = new Set(['bootstrap']);

/**
 * What a command runs, in order.
 * @param stacks those of the synthesized manifest, what others depend on first.
 * @throws SynthError for a stack that does not exist, and for the destruction of a protected stage.
 */
export function stepsOf(options: CommandOptions, stacks: readonly string[]): Step[] {
  const { action, config } = options;
  const chosen = chosenStacks(options, stacks);
  switch (action) {
    case 'bootstrap':
      return bootstrap(config, stacks);
    case 'deploy':
      return [cdktf(config, ['deploy', ...(options.only.length > 0 ? chosen : ['*']), ...approval(options.yes)])];
    case 'plan':
      // cdktf compares one stack at a time; nobody else's deployment has to wait for a comparison.
      return chosen.flatMap((stack) => [
        initialize(config, stack),
        terraform(config, stack, ['plan', '-input=false', '-lock=false']),
      ]);
    case 'drift':
      return chosen.flatMap((stack) => [
        initialize(config, stack),
        {
          ...terraform(config, stack, ['plan', '-input=false', '-lock=false', '-detailed-exitcode']),
          twoMeansDifferent: true,
        },
      ]);
    case 'destroy':
      return [cdktf(config, ['destroy', ...destroyable(config, chosen), '--auto-approve'])];
  }
}

/** Writes the Terraform JSON, which says which stacks there are. */
export function synthesis(config: Config, extra: Readonly<Record<string, string>> = {}): Step {
  return {
    program: 'node',
    args: ['infra/main.ts', '--outdir', folder(config)],
    environment: { ...target(config), ...extra },
  };
}

function chosenStacks({ only }: CommandOptions, stacks: readonly string[]): readonly string[] {
  const unknown = only.filter((stack) => !stacks.includes(stack));
  if (unknown.length > 0)
    throw new SynthError(`there is no stack ${unknown.join(', ')}: the stacks are ${stacks.join(', ')}`);
  return only.length > 0 ? only : stacks;
}

function destroyable({ stage, deletionProtection }: Config, stacks: readonly string[]): readonly string[] {
  if (deletionProtection) {
    throw new SynthError(
      `stage "${stage}" is protected: set its deletionProtection to false in infra/stages.ts and deploy that first`,
    );
  }
  return stacks.filter((stack) => !KEPT.has(stack));
}

/**
 * The bucket of the state is made with its state in a file, which then moves into the bucket. Once it has moved, Terraform
 * itself refuses to begin again: the working folder says where the state is.
 */
function bootstrap(config: Config, stacks: readonly string[]): Step[] {
  if (!stacks.includes('bootstrap'))
    throw new SynthError(
      'there is nothing to bootstrap: set HIROBA_STATE_BUCKET to a name for the bucket of the state',
    );
  return [
    synthesis(config, { HIROBA_BOOTSTRAPPING: 'yes' }),
    initialize(config, 'bootstrap'),
    terraform(config, 'bootstrap', ['apply', '-input=false', '-auto-approve']),
    synthesis(config),
    terraform(config, 'bootstrap', ['init', '-input=false', '-migrate-state', '-force-copy']),
  ];
}

function approval(yes: string | boolean): string[] {
  return yes ? ['--auto-approve'] : [];
}

function cdktf(config: Config, args: readonly string[]): Step {
  return { program: 'cdktf', args: [...args, '--output', folder(config)], environment: target(config) };
}

function initialize(config: Config, stack: string): Step {
  return terraform(config, stack, ['init', '-input=false']);
}

function terraform(config: Config, stack: string, args: readonly string[]): Step {
  return {
    program: 'terraform',
    args: [`-chdir=${folder(config)}/stacks/${stack}`, ...args],
    environment: target(config),
  };
}

/** cdktf runs the program anew, and that reads its target from here. */
function target({ stage, rung }: Config): Record<string, string> {
  return { HIROBA_STAGE: stage, HIROBA_RUNG: rung };
}

function folder({ outdir }: Config): string {
  return relative(process.cwd(), outdir);
}
