import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { devNull, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SynthesizedTarget, TerraformDocument } from '../targets.ts';
import type { Terraform } from './locate.ts';
import { run, type RunResult } from './run.ts';
import { isStateful } from './statefulChanges.ts';
import { stateAfter, type PlanJson, type ResourceSchema } from './stateFile.ts';
import { cliConfig, destroyable, forPlan, forValidate, mockTest, writeJson, writeStack } from './workingCopy.ts';

/** A stack that Terraform refuses; the message is what to read. */
export class Refused extends Error {
  override readonly name = 'Refused';
}

/** No time was left, or one command took more than its own. */
export class OutOfTime extends Error {
  override readonly name = 'OutOfTime';
}

export interface Workspace {
  readonly terraform: Terraform;
  /** A temporary folder for everything. */
  readonly folder: string;
  /** In milliseconds of `performance.now()`. */
  readonly deadline: number;
}

const CLI_CONFIG = 'terraformrc';

/** Variables without a value of their own. */
const SECRETS = ['google_client_secret', 'line_channel_secret', 'apple_private_key'] as const;

/** A temporary folder for stacks; `deadline` in milliseconds of `performance.now()`. */
export function openWorkspace(terraform: Terraform, deadline: number): Workspace {
  const folder = mkdtempSync(join(tmpdir(), 'hiroba-terraform-'));
  writeFileSync(join(folder, CLI_CONFIG), cliConfig(terraform));
  return { terraform, folder, deadline };
}

/** Milliseconds of one command, on a machine with other things to do. */
const LIMIT = { init: 60_000, validate: 120_000, test: 180_000, plan: 180_000, show: 60_000, schema: 60_000 } as const;

/** Makes a stack's folder ready for commands. The document is the stack's own for this provider. */
export async function prepare(
  workspace: Workspace,
  name: string,
  stack: string,
  of: SynthesizedTarget,
): Promise<Stack> {
  const folder = join(workspace.folder, name);
  mkdirSync(folder, { recursive: true });
  writeStack(folder, stack, of);
  const document = of.stacks.get(stack);
  if (!document) throw new Error(`There is no stack ${stack}.`);
  const checked = forValidate(document, workspace.terraform.providerVersion);
  writeJson(join(folder, 'cdk.tf.json'), checked.document);
  await terraform(workspace, folder, 'init', ['-backend=false', '-input=false']);
  return { ...workspace, stackFolder: folder, document: checked.document, stripped: checked.stripped.length };
}

export interface Stack extends Workspace {
  readonly stackFolder: string;
  readonly document: TerraformDocument;
  readonly stripped: number;
}

/** @throws Refused with one paragraph for each mistake: the construct, the address, and the provider's words. */
export async function validate(stack: Stack): Promise<void> {
  const { stdout } = await terraform(stack, stack.stackFolder, 'validate', ['-json'], { mayFail: true });
  const { valid, diagnostics } = JSON.parse(stdout) as { valid: boolean; diagnostics: readonly Diagnostic[] };
  if (!valid) throw new Refused(diagnostics.map((diagnostic) => explain(diagnostic, stack.document)).join('\n'));
}

interface Diagnostic {
  readonly severity: string;
  readonly summary: string;
  readonly detail?: string;
  readonly address?: string;
  readonly snippet?: { readonly context?: string };
}

/** Terraform points at a column of one long line; the path of the construct is what a person can find. */
export function explain({ summary, detail, address, snippet }: Diagnostic, document: TerraformDocument): string {
  const place = address ?? snippet?.context?.replace(/^(resource|data)\./, '') ?? 'the stack';
  const [type = '', id = ''] = place.split('.');
  const metadata = document.resource?.[type]?.[id]?.['//'] as { metadata?: { path?: string } } | undefined;
  const construct = metadata?.metadata?.path;
  return [`${place}${construct ? ` (construct ${construct})` : ''}: ${summary}`, detail].filter(Boolean).join(' ');
}

/** Applies the stack with a mock provider: every reference gets a value, and every output one. */
export async function test(stack: Stack): Promise<void> {
  const document = destroyable(forPlan(stack.document));
  writeJson(join(stack.stackFolder, 'cdk.tf.json'), document);
  writeJson(join(stack.stackFolder, 'generated.tftest.json'), mockTest(document));
  await terraform(stack, stack.stackFolder, 'test', []);
}

/** A plan from nothing, or from a state; without asking AWS for anything. */
export async function plan(stack: Stack, state?: unknown): Promise<PlanJson> {
  writeJson(join(stack.stackFolder, 'cdk.tf.json'), forPlan(stack.document));
  if (state !== undefined) writeJson(join(stack.stackFolder, 'terraform.tfstate'), state);
  const planFile = 'plan.bin';
  await terraform(stack, stack.stackFolder, 'plan', [
    '-refresh=false',
    '-input=false',
    '-lock=false',
    `-out=${planFile}`,
  ]);
  const { stdout } = await terraform(stack, stack.stackFolder, 'show', ['-json', planFile], { plain: true });
  return JSON.parse(stdout) as PlanJson;
}

/** The state that a deployment of this stack would have left of what holds data. */
export async function deployedState(stack: Stack, schemas: Schemas): Promise<unknown> {
  return stateAfter(await plan(stack), await schemas(stack), isStateful);
}

export type Schemas = (stack: Stack) => Promise<Readonly<Record<string, ResourceSchema>>>;

/** The provider's schemas, read once: they take seconds and megabytes. */
export function providerSchemas(): Schemas {
  let read: ReturnType<Schemas> | undefined;
  return (stack) => (read ??= readSchemas(stack));
}

async function readSchemas(stack: Stack): ReturnType<Schemas> {
  const { stdout } = await terraform(stack, stack.stackFolder, 'providers', ['schema', '-json'], { plain: true });
  const { provider_schemas } = JSON.parse(stdout) as {
    provider_schemas: Record<string, { resource_schemas: Record<string, ResourceSchema> }>;
  };
  return provider_schemas['registry.terraform.io/hashicorp/aws']?.resource_schemas ?? {};
}

interface CommandOptions {
  readonly mayFail?: boolean;
  /** For the commands that do not take `-no-color`. */
  readonly plain?: boolean;
}

type Command = 'init' | 'validate' | 'test' | 'plan' | 'show' | 'providers';

async function terraform(
  { terraform: found, folder, deadline }: Workspace,
  cwd: string,
  command: Command,
  args: readonly string[],
  { mayFail, plain }: CommandOptions = {},
): Promise<RunResult> {
  const limit = LIMIT[command === 'providers' ? 'schema' : command];
  const left = deadline - performance.now();
  if (left < 1000) throw new OutOfTime('no time was left');
  const result = await run(found.binary, [command, ...args, ...(plain ? [] : ['-no-color'])], {
    cwd,
    env: environment(folder),
    timeoutMs: Math.min(limit, left),
  });
  if (result.timedOut)
    throw new OutOfTime(`terraform ${command} took more than ${Math.round(Math.min(limit, left) / 1000)} s`);
  if (result.code !== 0 && !mayFail) throw new Refused(`terraform ${command}: ${said(result)}`);
  return result;
}

function said({ stdout, stderr }: RunResult): string {
  const lines = (stderr.trim() || stdout.trim()).split('\n');
  return lines
    .map((line) => line.slice(0, 240))
    .slice(0, 60)
    .join('\n');
}

/** Nothing of this machine's: no person's credentials, settings or flags take part. */
function environment(folder: string): Record<string, string | undefined> {
  const inherited = Object.keys(process.env).filter((name) => /^(TF_|AWS_)/.test(name));
  return {
    ...Object.fromEntries(inherited.map((name) => [name, undefined])),
    TF_CLI_CONFIG_FILE: join(folder, CLI_CONFIG),
    TF_IN_AUTOMATION: '1',
    CHECKPOINT_DISABLE: '1',
    AWS_EC2_METADATA_DISABLED: 'true',
    // Secrets of whoever deploys: any will do to plan with.
    ...Object.fromEntries(SECRETS.map((name) => [`TF_VAR_${name}`, 'an example'])),
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
  };
}
