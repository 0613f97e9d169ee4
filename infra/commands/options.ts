import { parseArgs } from 'node:util';
import { readConfig, type Config, type Environment } from '../config.ts';
import { SynthError } from '../synthError.ts';

/** What to do with a deployment. */
export const actions = ['bootstrap', 'deploy', 'plan', 'drift', 'destroy'] as const;

export type Action = (typeof actions)[number];

export interface CommandOptions {
  readonly action: Action;
  readonly config: Config;
  /** Stacks to restrict it to; empty: all. */
  readonly only: readonly string[];
  /** `--yes` of a deployment, `--yes STAGE` of a destruction: nobody is asked. */
  readonly yes: string | boolean;
}

/**
 * `ACTION --stage NAME [--rung NAME] [--yes [STAGE]] [STACK...]`. Each stage is written to a folder of its own, so that
 * Terraform's working files of one are never taken for another's; that of dev is the one that `npx cdktf` uses.
 * @throws SynthError in one line for what does not exist or is missing.
 */
export function readCommand(args: readonly string[], environment: Environment): CommandOptions {
  const [action, ...rest] = args;
  if (!isAction(action)) throw new SynthError(`"${action ?? ''}" is no command: they are ${actions.join(', ')}`);
  const { values, positionals } = readFlags(action, rest);
  const stage = values.stage ?? environment.HIROBA_STAGE;
  if (!stage) throw new SynthError(`say which stage: npm run ${action} -- --stage dev`);
  const flags = ['--stage', stage, ...(values.rung ? ['--rung', values.rung] : [])];
  const config = readConfig([...flags, '--outdir', outputOf(stage)], environment);
  if (NEEDS_KEY.has(action) && !config.cdnPublicKey) {
    throw new SynthError(
      'the CDN needs a key to verify cookies with: set HIROBA_CDN_PUBLIC_KEY, as docs/deploy.md says under "The key of the CDN"',
    );
  }
  return { action, config, only: positionals, yes: values.yes ?? false };
}

/** What makes the CDN, or compares it with what there is. */
const NEEDS_KEY: ReadonlySet<Action> = new Set(['deploy', 'plan', 'drift']);

export function outputOf(stage: string): string {
  return stage === 'dev' ? 'cdktf.out' : `cdktf.${stage}.out`;
}

function readFlags(action: Action, args: readonly string[]) {
  const options = {
    stage: { type: 'string' },
    rung: { type: 'string' },
    // To destroy is to name what is destroyed.
    yes: { type: action === 'destroy' ? 'string' : 'boolean' },
  } as const;
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, strict: true, allowPositionals: true });
    return { values: values as { stage?: string; rung?: string; yes?: string | boolean }, positionals };
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    const [reason] = error.message.split('. ');
    throw new SynthError(
      `${reason}: the flags are --stage NAME, --rung NAME, --yes${action === 'destroy' ? ' STAGE' : ''}`,
    );
  }
}

function isAction(value: string | undefined): value is Action {
  return actions.some((action) => action === value);
}
