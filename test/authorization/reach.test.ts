import { describe, expect, it } from 'vitest';
import { isLocal } from '../support/aws.ts';
import { reachOf, tryReach } from './reach/reach.ts';
import { rolesOfFunctions } from './roles.ts';

describe.runIf(isLocal)('the role', () => {
  it.each(rolesOfFunctions())('%s may touch what the table says', async (role) => {
    expect(await tryReach(role)).toEqual(reachOf(role));
  });
});
