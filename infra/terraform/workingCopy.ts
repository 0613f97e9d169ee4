import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Json, SynthesizedTarget, TerraformDocument } from '../targets.ts';
import type { Terraform } from './locate.ts';
import { forProvider, type Stripped } from './newerThanProvider.ts';
import { COMPUTED_DATA, DATA_ANSWERS, hasForm, outputsOf, referencesOf, standIn } from './standIns.ts';
import { stateOfOutputs } from './stateFile.ts';

/** What it may say to AWS: nothing. The keys are nobody's, and no call is needed for a plan without refresh. */
const OFFLINE = {
  access_key: 'nobody',
  secret_key: 'nobody',
  skip_credentials_validation: true,
  skip_requesting_account_id: true,
  skip_metadata_api_check: 'true',
  skip_region_validation: true,
} as const;

/** The CLI configuration that finds providers in the mirror and nowhere else. */
export function cliConfig({ mirror }: Terraform): string {
  return [
    'disable_checkpoint = true',
    'provider_installation {',
    '  filesystem_mirror {',
    `    path    = ${JSON.stringify(mirror)}`,
    '    include = ["registry.terraform.io/hashicorp/*"]',
    '  }',
    '}',
    '',
  ].join('\n');
}

/** The stack as it is, for a provider of this version: for `validate`. */
export function forValidate(
  document: TerraformDocument,
  providerVersion: string,
): { readonly document: TerraformDocument; readonly stripped: readonly Stripped[] } {
  const { resources, stripped } = forProvider(document.resource ?? {}, providerVersion);
  const terraform = {
    ...document.terraform,
    required_providers: { aws: { source: 'hashicorp/aws', version: providerVersion } },
  };
  return { document: { ...document, resource: resources, terraform }, stripped };
}

/**
 * A validated stack with nothing to ask AWS or a backend: data sources become variables with stand-ins, other stacks'
 * states become files beside it. For `plan` and `test`.
 * @throws Error for a data source without a stand-in.
 */
export function forPlan(document: TerraformDocument): TerraformDocument {
  const asked = Object.entries(document.data ?? {}).filter(([type]) => !COMPUTED_DATA.has(type));
  const variables = asked.flatMap(([type, byId]) =>
    Object.keys(byId).map((id) => [variableOf(type, id), { default: answerOf(type) }] as const),
  );
  const kept = Object.entries(document.data ?? {}).filter(([type]) => COMPUTED_DATA.has(type));
  const provider = Object.fromEntries(
    Object.entries(document.provider).map(([name, blocks]) => [
      name,
      blocks.map((block) => ({ ...block, ...OFFLINE })),
    ]),
  );
  const text = JSON.stringify({
    ...document,
    // JSON has no member of this value.
    terraform: { ...document.terraform, backend: undefined },
    provider,
    data: undefined,
    ...(kept.length > 0
      ? { data: Object.fromEntries(kept.map(([type, byId]) => [type, localStates(type, byId)])) }
      : {}),
    variable: { ...document.variable, ...Object.fromEntries(variables) },
  });
  const read = asked
    .flatMap(([type, byId]) => Object.keys(byId).map((id) => [type, id] as const))
    .reduce((result, [type, id]) => result.replaceAll(`data.${type}.${id}`, `var.${variableOf(type, id)}`), text);
  return JSON.parse(read) as TerraformDocument;
}

function variableOf(type: string, id: string): string {
  return `${type}__${id}`;
}

function answerOf(type: string): Json {
  const answer = DATA_ANSWERS[type];
  if (!answer) throw new Error(`data.${type} asks AWS: give it a stand-in in infra/terraform/standIns.ts`);
  return answer;
}

const REMOTE = 'cross-stack-reference-input-';

function localStates(type: string, byId: { readonly [id: string]: Json }): Json {
  if (type !== 'terraform_remote_state') return byId;
  const entries = Object.keys(byId).map((id) => {
    const path = `./${stateFileOf(id.replace(REMOTE, ''))}`;
    return [id, { backend: 'local', config: { path } }] as const;
  });
  return Object.fromEntries(entries);
}

function stateFileOf(stack: string): string {
  return `stand-in.${stack}.tfstate`;
}

/** `terraform test` destroys in the end what it made, also what a deployment must not destroy. */
export function destroyable(document: TerraformDocument): TerraformDocument {
  const text = JSON.stringify(document, (key, value: unknown) => (key === 'prevent_destroy' ? false : value));
  return JSON.parse(text) as TerraformDocument;
}

/** A Terraform test that applies the stack with a provider that makes everything up. */
export function mockTest(document: TerraformDocument): Json {
  const shaped: Record<string, Record<string, Json>> = {};
  for (const { type, id, attribute } of referencesOf(document)) {
    // What a mock makes up by itself, a few random letters, is as good as any name.
    if (hasForm(type, attribute)) (shaped[type] ??= {})[attribute] = standIn(type, attribute, id);
  }
  const mocked = Object.entries(shaped).map(([type, defaults]) => [type, { defaults }] as const);
  const outputs = Object.keys(document.output ?? {});
  return {
    mock_provider: { aws: { ...(mocked.length > 0 ? { mock_resource: Object.fromEntries(mocked) } : {}) } },
    run: {
      applies: {
        command: 'apply',
        ...(outputs.length > 0 ? { assert: outputs.map(hasValue) } : {}),
      },
    },
  };
}

function hasValue(output: string): Json {
  return {
    condition: `\${output.${output} != null && output.${output} != ""}`,
    error_message: `output ${output} has no value`,
  };
}

/** Writes a stack's folder: its JSON, its assets, and states of the stacks that it reads. */
export function writeStack(folder: string, stack: string, { files, stacks }: SynthesizedTarget): void {
  const prefix = `stacks/${stack}/`;
  for (const [path, content] of files) {
    if (!path.startsWith(prefix)) continue;
    const file = join(folder, path.slice(prefix.length));
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
  for (const [other, document] of stacks) {
    if (other !== stack) writeJson(join(folder, stateFileOf(other)), stateOfOutputs(outputsOf(document)));
  }
}

/** One value a line: Terraform quotes the line of a mistake. */
export function writeJson(file: string, value: unknown): void {
  writeFileSync(file, JSON.stringify(value, null, 1));
}
