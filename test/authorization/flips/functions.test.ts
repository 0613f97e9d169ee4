import { afterAll, describe, it, vi } from 'vitest';
import { expectNoticed } from './expectNoticed.ts';
import { functionFlips } from './functionFlips.ts';
import { endSystem, resources } from './system.ts';
import { trustFlips } from './trustFlips.ts';

vi.mock('../../support/target.ts', () => import('./system.ts'));
afterAll(endSystem);

const stacks = ['api', 'data', 'observability'] as const;

describe.each(stacks)('%s', (stack) => {
  it.for(functionFlips(stack, resources(stack)))('$name', expectNoticed);
  it.for(trustFlips(stack, resources(stack)))('$name', expectNoticed);
});
