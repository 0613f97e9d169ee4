import { expect, it } from 'vitest';
import { type Member, newMember } from '../support/member.ts';
import { suspend } from '../support/social.ts';
import { mutationsOf } from './declared.ts';
import { outcomeOf } from './outcome.ts';
import { readTable } from './readTable.ts';
import { requestOf } from './requests/index.ts';
import { makeWorld } from './world.ts';

const rows = readTable('standing.md', ['field', 'of', 'suspended', 'deleted']);
const groups = ['moderators', 'operators'];
const [world, suspended, deleted] = await Promise.all([makeWorld(), newMember({ groups }), newMember({ groups })]);
await Promise.all([suspend(suspended), deleteAccount(deleted)]);

async function deleteAccount(member: Member): Promise<void> {
  const { data } = await member.send<{ deleteAccount: { userErrors: readonly object[] } }>(
    `mutation { deleteAccount(confirmHandle: "${member.handle}") { userErrors { code } } }`,
  );
  expect(data.deleteAccount.userErrors).toEqual([]);
}

it.each(rows)('$values.0 of $values.1', async ({ values: [field = '', of = '', ...cells] }) => {
  const request = requestOf(field, of);
  if (!('ask' in request)) throw new Error(`${field} is no mutation`);
  const outcomes: string[] = [];
  for (const { authorization } of [suspended, deleted])
    outcomes.push(await outcomeOf({ authorization }, await request.ask(world, 'stranger')));
  expect(outcomes).toEqual(cells);
});

it('leaves no mutation of members out', async () => {
  const mutations = (await mutationsOf(world.members.stranger)).filter((field) => !/\.publish/.test(field));
  expect(mutations.length).toBeGreaterThan(20);
  expect(rows.map(({ values: [field] }) => field).sort()).toEqual(mutations.sort());
});
