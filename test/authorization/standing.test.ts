import { expect, it } from 'vitest';
import { mutationsOf } from './declared.ts';
import { makeInactive, readStanding, standingOutcomes } from './standing.ts';
import { makeWorld } from './world.ts';

const rows = readStanding();
const [world, inactive] = await Promise.all([makeWorld(), makeInactive()]);

it.each(rows)('$field of $of', async (row) => {
  expect(await standingOutcomes(row, world, inactive)).toEqual(row.cells);
});

it('leaves no mutation of members out', async () => {
  const mutations = (await mutationsOf(world.members.stranger)).filter((field) => !/\.publish/.test(field));
  expect(mutations.length).toBeGreaterThan(20);
  expect(rows.map(({ field }) => field).sort()).toEqual(mutations.sort());
});
