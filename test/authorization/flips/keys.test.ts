import { afterAll, describe, expect, it, vi } from 'vitest';
import { doors, tryDoor } from '../reach/doors.ts';
import { reachOf, tryReach } from '../reach/reach.ts';
import { rolesOfFunctions } from '../roles.ts';
import { expectNoticed } from './expectNoticed.ts';
import { keyFlips } from './keyFlips.ts';
import { policyFlipsOfResources } from './resourceFlips.ts';
import { endSystem, resources } from './system.ts';

// The first rung that encrypts with keys of the account's own, and is served from a domain.
vi.hoisted(() => Object.assign(process.env, { HIROBA_RUNG: 'users+', HIROBA_DOMAIN: 'example.com' }));
vi.mock('../../support/target.ts', () => import('./system.ts'));
afterAll(endSystem);

describe('with keys of the account', () => {
  // It has functions more than the first rung, which the table does not know.
  it.each(rolesOfFunctions().filter((role) => Object.keys(reachOf(role)).length > 1))(
    '%s may touch what the table says',
    async (role) => {
      expect(await tryReach(role)).toEqual(reachOf(role));
    },
  );

  it.each(doors)('$at gives $who $gets', async (door) => {
    expect(await tryDoor(door)).toBe(door.gets);
  });
});

it.for(keyFlips(resources('api')))('$name', expectNoticed);
describe.each(['data', 'observability'] as const)('the keys of %s', (stack) => {
  const ofKeys = policyFlipsOfResources(stack, resources(stack)).filter(({ name }) => name.includes(' aws_kms_key '));
  it.for(ofKeys)('$name', expectNoticed);
});
