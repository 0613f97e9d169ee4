import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TerraformDocument } from '../targets.ts';

/** The code that the `api` stack in an output folder deploys, by resolver (`Query.post`) and function (`loadPost`), as AppSync gets it. */
export function bundlesOf(outdir: string): Map<string, string> {
  const content = readFileSync(join(outdir, 'stacks', 'api', 'cdk.tf.json'), 'utf8');
  const { resource = {} } = JSON.parse(content) as TerraformDocument;
  const resolvers = Object.values(resource.aws_appsync_resolver ?? {});
  const functions = Object.values(resource.aws_appsync_function ?? {});
  return new Map([
    ...resolvers.map((args) => [`${String(args.type)}.${String(args.field)}`, unescaped(args.code)] as const),
    ...functions.map((args) => [String(args.name), unescaped(args.code)] as const),
  ]);
}

/** Terraform reads `$${` as `${`, and `%%{` as `%{`. */
function unescaped(code: unknown): string {
  return String(code).replaceAll(/([$%])\1\{/g, (_, sign: string) => `${sign}{`);
}
