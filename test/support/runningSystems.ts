import type { LocalSystem } from '@hiroba/local';
import type { TestProject } from 'vitest/node';

/** A system of this run, for tests that come after all others and ask what has become of it. */
export interface RunningSystem {
  readonly project: string;
  readonly awsEndpoint: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** Tests' processes begin later than the systems do, and with this process's environment. */
const VARIABLE = 'HIROBA_TEST_SYSTEMS';

/** Makes a system known to tests of other projects, unless single tests are left out, which may be those it was for. */
export function announce(project: TestProject, { endpoints, credentials }: LocalSystem): void {
  if (project.vitest.config.testNamePattern !== undefined) return;
  const { accessKeyId, secretAccessKey } = credentials;
  const system: RunningSystem = { project: project.name, awsEndpoint: endpoints.aws, accessKeyId, secretAccessKey };
  process.env[VARIABLE] = JSON.stringify([...runningSystems(), system]);
}

/** Empty when single tests are chosen, and when they are run against AWS. */
export const runningSystems = (): readonly RunningSystem[] =>
  JSON.parse(process.env[VARIABLE] ?? '[]') as RunningSystem[];
