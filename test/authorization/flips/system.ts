import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startLocal } from '@hiroba/local';
import { readConfig } from '../../../infra/config.ts';
import { synthesizeOnce } from '../../../infra/program.ts';
import { installedLayers } from '../../../infra/testing/installedLayers.ts';
import { targetOf } from '../../support/globalSetup.ts';

/** The resources of one stack, by type and id. */
export type Resources = Record<string, Record<string, Record<string, unknown>>>;

const directory = mkdtempSync(join(tmpdir(), 'hiroba-flips-'));
// `keys.test.ts` names a rung that has keys of its own.
const { HIROBA_RUNG, HIROBA_DOMAIN } = process.env;
const rung = HIROBA_RUNG && HIROBA_DOMAIN ? { HIROBA_RUNG, HIROBA_DOMAIN } : {};
await synthesizeOnce(process.cwd(), readConfig(['--outdir', directory], { HIROBA_MAILS_PER_SECOND: '10000', ...rung }));
const system = await startLocal({
  from: directory,
  port: 0,
  awsPort: 0,
  dataDirectory: null,
  layers: installedLayers,
  mail: { maxSendRate: 10_000, max24HourSend: -1 },
});

export const target = targetOf(system, directory);

/** `api` has the schema and nearly all roles, `observability` those of functions that watch the others; `data` has the buckets, `edge` the CDN. */
export type Stack = 'api' | 'data' | 'edge' | 'observability';

/** What is done to the resources of a stack; default: `api`. */
export interface Change {
  readonly stack?: Stack;
  change(resources: Resources): void;
}

const fileOf = (stack: Stack): string => join(directory, 'stacks', stack, 'cdk.tf.json');
const untouched = {
  api: readFileSync(fileOf('api'), 'utf8'),
  data: readFileSync(fileOf('data'), 'utf8'),
  edge: readFileSync(fileOf('edge'), 'utf8'),
  observability: readFileSync(fileOf('observability'), 'utf8'),
} satisfies Record<Stack, string>;

/** A copy, as it was synthesized. */
export const resources = (stack: Stack = 'api'): Resources =>
  (JSON.parse(untouched[stack]) as { resource: Resources }).resource;

/** Runs `use` in the system whose Terraform is changed, and puts all back; `refused` when it does not run like that. */
export async function withChanges(
  changes: readonly Change[],
  use: () => Promise<string | null>,
): Promise<string | null> {
  const byStack = Map.groupBy(changes, ({ stack = 'api' }) => stack);
  for (const [stack, ofStack] of byStack) {
    const terraform = JSON.parse(untouched[stack]) as { resource: Resources };
    for (const { change } of ofStack) change(terraform.resource);
    writeFileSync(fileOf(stack), JSON.stringify(terraform));
  }
  try {
    const refusal = await system.reload().then(
      () => null,
      (error: unknown) => (error instanceof Error ? error.message : String(error)),
    );
    return refusal === null ? await use() : `does not run: ${refusal.slice(0, 200)}`;
  } finally {
    for (const stack of byStack.keys()) writeFileSync(fileOf(stack), untouched[stack]);
    await system.reload();
  }
}

export async function endSystem(): Promise<void> {
  await system.close();
  rmSync(directory, { recursive: true });
}
