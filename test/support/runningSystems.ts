import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Grant, LocalSystem } from '@hiroba/local';
import type { TestProject } from 'vitest/node';

/** A system of this run, for tests that come after all others and ask what has become of it. */
export interface RunningSystem {
  readonly project: string;
  readonly awsEndpoint: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** Tests' processes begin later than the systems do, and with this process's environment. */
const SYSTEMS = 'HIROBA_TEST_SYSTEMS';
/** A folder, for systems that end before. */
const ENDED = 'HIROBA_TEST_ENDED_SYSTEMS';

/** Makes a system known to tests of other projects, unless single tests are left out, which may be those it was for. */
export function announce(project: TestProject, { endpoints, credentials }: LocalSystem): void {
  if (project.vitest.config.testNamePattern !== undefined) return;
  const { accessKeyId, secretAccessKey } = credentials;
  const system: RunningSystem = { project: project.name, awsEndpoint: endpoints.aws, accessKeyId, secretAccessKey };
  process.env[SYSTEMS] = JSON.stringify([...runningSystems(), system]);
  process.env[ENDED] ??= mkdtempSync(join(tmpdir(), 'hiroba-ended-'));
}

/** Empty when single tests are chosen, and when they are run against AWS. */
export const runningSystems = (): readonly RunningSystem[] =>
  JSON.parse(process.env[SYSTEMS] ?? '[]') as RunningSystem[];

/** Leaves a note of what a system's roles may do and have not done, for those tests. */
export function noteUnused(name: string, grants: readonly Grant[]): void {
  const folder = process.env[ENDED];
  if (folder) writeFileSync(join(folder, `${name}.json`), JSON.stringify(grants.filter(({ used }) => !used)));
}

export function notesOfUnused(): readonly (readonly Grant[])[] {
  const folder = process.env[ENDED];
  if (!folder) return [];
  return readdirSync(folder).map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Grant[]);
}

export function forgetNotes(): void {
  const folder = process.env[ENDED];
  if (folder) rmSync(folder, { recursive: true, force: true });
}
