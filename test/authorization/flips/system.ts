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

/** Of the stack `api`, where the schema and nearly all roles are. */
const file = join(directory, 'stacks', 'api', 'cdk.tf.json');
const untouched = readFileSync(file, 'utf8');

/** A copy, as it was synthesized. */
export const resources = (): Resources => (JSON.parse(untouched) as { resource: Resources }).resource;

/** Runs `use` in the system whose Terraform is changed, and puts all back. */
export async function withChange<T>(change: (resources: Resources) => void, use: () => Promise<T>): Promise<T> {
  const terraform = JSON.parse(untouched) as { resource: Resources };
  change(terraform.resource);
  writeFileSync(file, JSON.stringify(terraform));
  try {
    await system.reload();
    return await use();
  } finally {
    writeFileSync(file, untouched);
    await system.reload();
  }
}

export async function endSystem(): Promise<void> {
  await system.close();
  rmSync(directory, { recursive: true });
}
