import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { terraformLiteral } from '../terraformLiteral.ts';
import { locate } from './locate.ts';
import { run } from './run.ts';
import { cliConfig, writeJson } from './workingCopy.ts';

/** What a resolver may have in it, and Terraform could take for its own. */
const TEXTS = [
  'export const request = (ctx) => `${ctx.args.id}`;',
  '`#${`${ctx.a}`}-$${ctx.b}` + "${c}" + \'%{ if d }\'',
  '$ $$ $$$ ${ $${ $$${ $$$${x} % %% %{ %%{ %%%{ $%{ %${',
  '${~ x ~} %{~ endif ~}',
  "$& $1 $' $` are patterns of a replacement",
  '\\n \\" \\\\ \\u0041 \\${x} \\\\%{y}',
  'a $\n{ at the end of a line %\n{',
  '<<EOT\n${x}\nEOT\n',
  '// ${ /* %{ */ # ${',
  '広場 😀 \u2028 ${x}',
];

const located = locate(process.env);
const folder = mkdtempSync(join(tmpdir(), 'hiroba-literal-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** What each command of the real Terraform printed. */
async function terraform(binary: string, ...args: readonly string[]): Promise<string> {
  const result = await run(binary, args, {
    cwd: folder,
    env: { TF_CLI_CONFIG_FILE: join(folder, 'terraformrc') },
    timeoutMs: 60_000,
  });
  expect(result.code, result.stderr).toBe(0);
  return result.stdout;
}

test.skipIf('skipped' in located)(
  'code with template literals, directives and every kind of quote comes out of Terraform byte for byte',
  { timeout: 120_000 },
  async () => {
    if ('skipped' in located) return;
    const output = TEXTS.map((text, at) => [`text_${at}`, { value: terraformLiteral(text) }] as const);
    writeJson(join(folder, 'main.tf.json'), { output: Object.fromEntries(output) });
    writeFileSync(join(folder, 'terraformrc'), cliConfig(located.terraform));
    const { binary } = located.terraform;
    await terraform(binary, 'init', '-input=false');
    await terraform(binary, 'apply', '-input=false', '-auto-approve');
    const read = JSON.parse(await terraform(binary, 'output', '-json')) as Record<string, { readonly value: string }>;
    expect(TEXTS.map((_, at) => read[`text_${at}`]?.value)).toEqual(TEXTS);
  },
);
