import { describe, expect, it } from 'vitest';
import { isLocal } from '../support/aws.ts';
import { rolesOfFunctions } from './roles.ts';
import { publishers, publishOutcomes } from './workers.ts';
import { makeWorld } from './world.ts';

it('the table has every role of a function, and no other', () => {
  expect(publishers.map(({ role }) => role).sort()).toEqual(rolesOfFunctions());
});

// On AWS nobody but Lambda can assume these roles.
describe.runIf(isLocal)('the role', async () => {
  const world = await makeWorld();

  it.each(publishers)('$role may publish what the table says', async ({ role, cells }) => {
    expect(await publishOutcomes(role, world)).toEqual(cells);
  });
});
