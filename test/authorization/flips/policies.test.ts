import { afterAll, it, vi } from 'vitest';
import { expectNoticed } from './expectNoticed.ts';
import { identityFlips, policyFlips } from './policyFlips.ts';
import { endSystem, resources } from './system.ts';

vi.mock('../../support/target.ts', () => import('./system.ts'));
afterAll(endSystem);

it.for(policyFlips(resources()))('$name', expectNoticed);
it.for(identityFlips(resources()))('$name', expectNoticed);
