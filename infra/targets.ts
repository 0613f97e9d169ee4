import { fileURLToPath } from 'node:url';
import { readConfig, type Config, type Environment, type Target } from './config.ts';
import { EXAMPLE_PUBLIC_KEY } from './examplePublicKey.ts';
import { hiroba } from './hiroba.ts';
import { lambdaPackager, type LambdaPackager } from './lambdaPackages.ts';
import { readSchema } from './schema.ts';
import { handlerEntries, synthesizer, type OutputFiles } from './synthesize.ts';

/** A target's Terraform, as bytes and parsed. */
export interface SynthesizedTarget {
  readonly target: Target;
  readonly config: Config;
  /** Path, relative and with `/`, to content, assets included. */
  readonly files: OutputFiles;
  /** `bootstrap`, `data`, `api`, `edge`, `observability` to the stack's `cdk.tf.json`. */
  readonly stacks: ReadonlyMap<string, TerraformDocument>;
}

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
export type Block = { readonly [key: string]: Json };

/** A `cdk.tf.json`: `resource` and `data` are by type, then by id. */
export interface TerraformDocument {
  readonly resource?: { readonly [type: string]: { readonly [id: string]: Block } };
  readonly data?: { readonly [type: string]: { readonly [id: string]: Block } };
  readonly variable?: { readonly [id: string]: Block };
  readonly output?: { readonly [id: string]: Block };
  readonly provider: { readonly [name: string]: readonly Block[] };
  readonly terraform: Block;
}

/** Names that a real deployment is given by its environment. */
const EXAMPLE: Environment = {
  HIROBA_STATE_BUCKET: 'hiroba-terraform-state',
  HIROBA_REPOSITORY: 'hiroba-social/hiroba',
  HIROBA_CDN_PUBLIC_KEY: EXAMPLE_PUBLIC_KEY,
  SOURCE_DATE_EPOCH: String(Date.UTC(2026, 10, 22) / 1000),
};

const SIGN_IN_WITH =
  'Google=1234-abcd.apps.googleusercontent.com,LINE=1650000000,SignInWithApple=example.hiroba.web/TEAM000000/KEY0000000';

const root = fileURLToPath(new URL('..', import.meta.url)).replace(/[/\\]$/, '');
const synthesized = new Map<string, Promise<SynthesizedTarget>>();

/**
 * The Terraform of a stage at a rung with example names for what the environment would say: for checks, the bill and the
 * drawing. The lowest rung has no domain. One synthesis per target and process; it is the same on every day.
 */
export function synthesizeTarget({ stage, rung }: Target): Promise<SynthesizedTarget> {
  const key = `${stage} ${rung}`;
  const known = synthesized.get(key) ?? synthesizeAnew({ stage, rung });
  synthesized.set(key, known);
  return known;
}

/** The configuration that `synthesizeTarget` uses. */
export function exampleConfig({ stage, rung }: Target): Config {
  // Where there is a domain, the login page has somewhere to return to.
  const name =
    rung === 'users'
      ? { HIROBA_MAIL_FROM: 'mail@hiroba.example' }
      : { HIROBA_DOMAIN: 'hiroba.example', HIROBA_SIGN_IN_WITH: SIGN_IN_WITH };
  const environment = { ...EXAMPLE, ...name };
  return readConfig(['--stage', stage, '--rung', rung], environment);
}

async function synthesizeAnew(target: Target): Promise<SynthesizedTarget> {
  const config = exampleConfig(target);
  const synth = synthesizer({
    config,
    root,
    wiring: hiroba,
    readSchema: () => readSchema(root),
    packages: sharedPackages(),
  });
  try {
    const files = await synth.synthesize();
    return { target, config, files, stacks: documentsOf(files) };
  } finally {
    await synth.dispose();
  }
}

let packages: LambdaPackager | undefined;

/** Handlers are the same at every target, and packing them takes longer than all else. */
function sharedPackages(): LambdaPackager {
  if (packages) return packages;
  const packager = lambdaPackager({ root, entries: handlerEntries(hiroba) });
  // esbuild's process is let go after the one build.
  const built = packager.build().finally(() => packager.dispose());
  packages = { build: () => built, dispose: () => Promise.resolve() };
  return packages;
}

function documentsOf(files: OutputFiles): ReadonlyMap<string, TerraformDocument> {
  const found = [...files].flatMap(([path, content]) => {
    const [, stack] = /^stacks\/(\w+)\/cdk\.tf\.json$/.exec(path) ?? [];
    return stack ? [[stack, JSON.parse(Buffer.from(content).toString()) as TerraformDocument] as const] : [];
  });
  return new Map(found);
}
