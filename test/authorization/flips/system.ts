import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startLocal } from '@hiroba/local';
import { readConfig } from '../../../infra/config.ts';
import { synthesizeOnce } from '../../../infra/program.ts';
import { installedLayers } from '../../../infra/testing/installedLayers.ts';
import type { Flip } from './flip.ts';
import { targetOf } from '../../support/globalSetup.ts';

/** The resources of one stack, by type and id. */
export type Resources = Record<string, Record<string, Record<string, unknown>>>;

const directory = mkdtempSync(join(tmpdir(), 'hiroba-flips-'));
await synthesizeOnce(process.cwd(), readConfig(['--outdir', directory], { HIROBA_MAILS_PER_SECOND: '10000' }));
const system = await startLocal({
  from: directory,
  port: 0,
  awsPort: 0,
  dataDirectory: null,
  layers: installedLayers,
  mail: { maxSendRate: 10_000, max24HourSend: -1 },
});

export const target = targetOf(system, directory);

/** `api` has the schema and nearly all roles, `observability` those of functions that watch the others. */
export type Stack = 'api' | 'observability';

const fileOf = (stack: Stack): string => join(directory, 'stacks', stack, 'cdk.tf.json');
const untouched = {
  api: readFileSync(fileOf('api'), 'utf8'),
  observability: readFileSync(fileOf('observability'), 'utf8'),
};

/** A copy, as it was synthesized. */
export const resources = (stack: Stack = 'api'): Resources =>
  (JSON.parse(untouched[stack]) as { resource: Resources }).resource;

/** Runs `use` in the system whose Terraform is changed, and puts all back; `refused` when it does not run like that. */
export async function withChange(
  { stack = 'api', change }: Pick<Flip, 'stack' | 'change'>,
  use: () => Promise<string | null>,
): Promise<string | null> {
  const terraform = JSON.parse(untouched[stack]) as { resource: Resources };
  change(terraform.resource);
  writeFileSync(fileOf(stack), JSON.stringify(terraform));
  try {
    const refusal = await system.reload().then(
      () => null,
      (error: unknown) => (error instanceof Error ? error.message : String(error)),
    );
    return refusal === null ? await use() : `does not run: ${refusal.slice(0, 200)}`;
  } finally {
    writeFileSync(fileOf(stack), untouched[stack]);
    await system.reload();
  }
}

export async function endSystem(): Promise<void> {
  await system.close();
  rmSync(directory, { recursive: true });
}
