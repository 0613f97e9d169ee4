import { control } from '../../packages/local/src/command/control.ts';
import { expect, it } from 'vitest';
import { runningSystems, type RunningSystem } from '../support/runningSystems.ts';
import { exceptions } from './exceptions.ts';

/** Of the local system's answer; addresses are Terraform's. */
interface Grant {
  readonly role: string;
  readonly policy: string;
  readonly statement: string;
  readonly action: string;
  readonly resource: string;
}

const textOf = ({ role, statement, action, resource }: Grant): string =>
  `${role} ${statement}: ${action} on ${resource}`;

async function unusedIn({ awsEndpoint, accessKeyId, secretAccessKey }: RunningSystem): Promise<Set<string>> {
  const credentials = { accessKeyId, secretAccessKey };
  const { Permissions } = await control({ endpoint: awsEndpoint, credentials }, 'unused-permissions', {});
  return new Set((Permissions as unknown as Grant[]).map(textOf));
}

const systems = runningSystems();
const isWhole = ['backend', 'later'].every((project) => systems.some((system) => system.project === project));

// A part of the tests uses a part of the permissions.
it.runIf(isWhole)('no role may do what no test has made it do, but for what AWS requires', async () => {
  const [first = new Set<string>(), ...others] = await Promise.all(systems.map(unusedIn));
  const unused = [...first].filter((grant) => others.every((one) => one.has(grant)));
  const unexpected = unused.filter((grant) => !exceptions.some(({ pattern }) => pattern.test(grant)));
  if (process.env['HIROBA_LIST_UNUSED']) console.log(unused.sort().join('\n'));
  expect(unexpected).toEqual([]);
  expect(exceptions.filter(({ pattern }) => !unused.some((grant) => pattern.test(grant)))).toEqual([]);
});

it('there are at most five exceptions', () => {
  expect(exceptions.length).toBeLessThanOrEqual(5);
});
