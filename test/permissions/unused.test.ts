import type { Grant } from '@hiroba/local';
import { expect, it } from 'vitest';
import { control } from '../../packages/local/src/command/control.ts';
import { notesOfUnused, runningSystems, type RunningSystem } from '../support/runningSystems.ts';
import { exceptions } from './exceptions.ts';

const textOf = ({ role, policy, statement, action, resource }: Grant): string =>
  `${role} (${policy} ${statement}): ${action} on ${resource}`;

async function unusedIn({ awsEndpoint, accessKeyId, secretAccessKey }: RunningSystem): Promise<readonly Grant[]> {
  const credentials = { accessKeyId, secretAccessKey };
  const { Permissions } = await control({ endpoint: awsEndpoint, credentials }, 'unused-permissions', {});
  return Permissions as unknown as Grant[];
}

const systems = runningSystems();
const notes = notesOfUnused();
const isWhole =
  ['backend', 'later'].every((project) => systems.some((one) => one.project === project)) && notes.length > 0;

// A part of the tests uses a part of the permissions, so it is judged only after all of them.
it.runIf(isWhole)('no role may do what no test has made it do, but for what AWS requires', async () => {
  const lists = [...(await Promise.all(systems.map(unusedIn))), ...notes].map((grants) => new Set(grants.map(textOf)));
  const [first = new Set<string>(), ...others] = lists;
  const unused = [...first].filter((grant) => others.every((list) => list.has(grant)));

  expect(unused.filter((grant) => !exceptions.some(({ pattern }) => pattern.test(grant)))).toEqual([]);
  const stale = exceptions.filter(({ pattern, byChance }) => !byChance && !unused.some((grant) => pattern.test(grant)));
  expect(stale).toEqual([]);
});

it('there are at most five exceptions, each with the behaviour of AWS that requires it', () => {
  expect(exceptions.length).toBeLessThanOrEqual(5);
  expect(exceptions.every(({ source }) => source.startsWith('https://docs.aws.amazon.com/'))).toBe(true);
});
