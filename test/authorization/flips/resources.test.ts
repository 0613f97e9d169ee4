import { afterAll, describe, expect, it, vi } from 'vitest';
import { evidenceFlips, isOfEvidence, lookAtEvidence, readersOfEvidence } from './evidenceFlips.ts';
import { expectNoticed } from './expectNoticed.ts';
import { permissionFlips, policyFlipsOfResources } from './resourceFlips.ts';
import { endSystem, resources, withChanges } from './system.ts';

vi.mock('../../support/target.ts', () => import('./system.ts'));
afterAll(endSystem);

const stacks = ['data', 'edge', 'api', 'observability'] as const;

describe.each(stacks)('%s', (stack) => {
  const ofPolicies = policyFlipsOfResources(stack, resources(stack));
  it.for(ofPolicies.filter((flip) => !isOfEvidence(flip)))('$name', expectNoticed);
  it.for(permissionFlips(stack, resources(stack)))('$name', expectNoticed);
});

describe('evidence', () => {
  it('is kept from all roles that are let read it, but for the one of moderation', async () => {
    expect(await withChanges([readersOfEvidence], lookAtEvidence)).toBeNull();
  });

  it.for(evidenceFlips(resources('data')))('$name', expectNoticed);
});
