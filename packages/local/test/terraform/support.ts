import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { JsonObject, JsonValue } from '../../src/json.ts';
import { evaluate, type Evaluated } from '../../src/terraform/evaluate.ts';
import { readTerraform } from '../../src/terraform/readTerraform.ts';
import type { TerraformError } from '../../src/terraform/error.ts';

export const account = { region: 'eu-west-1', accountId: '123456789012' };

/** A folder of files, removed after the test. A JSON value is written as JSON, a string as it is. */
export function folder(files: Readonly<Record<string, JsonValue>>): string {
  const directory = mkdtempSync(join(tmpdir(), 'greenhouse-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), typeof content === 'string' ? content : JSON.stringify(content, null, 2));
  }
  return directory;
}

/** Evaluates a folder with attributes that show what they were made from: `arn` and `id`, and the URIs of an API. */
export function evaluateFolder(directory: string): Evaluated {
  return evaluate(readTerraform(directory), {
    account,
    attributes: ({ type, name }, args) => ({
      id: String(args.name ?? name),
      arn: `arn:aws:${type}:${String(args.name ?? name)}`,
      ...(type === 'aws_appsync_graphql_api' ? { uris: { GRAPHQL: 'https://greenhouse.example/graphql' } } : {}),
    }),
    dataSource: (data, args) => ({ answer: `${data.address} of ${String(args.name)}` }),
  });
}

export function evaluateModule(module: JsonObject): Evaluated {
  return evaluateFolder(folder({ 'main.tf.json': module }));
}

/** The value of one expression, as an output of a module. */
export function valueOf(expression: JsonValue, module: JsonObject = {}): JsonValue | undefined {
  const { outputs } = evaluateModule({ ...module, output: { result: { value: expression } } });
  return [...outputs.values()][0]?.result;
}

/** The error of a call; fails when there is none. */
export function errorOf(run: () => unknown): TerraformError {
  try {
    run();
  } catch (error) {
    return error as TerraformError;
  }
  throw new Error('expected an error, but there was none');
}
