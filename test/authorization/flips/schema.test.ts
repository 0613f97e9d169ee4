import { afterAll, it, vi } from 'vitest';
import { expectNoticed } from './expectNoticed.ts';
import { schemaFlips } from './schemaFlips.ts';
import { endSystem, resources } from './system.ts';

vi.mock('../../support/target.ts', () => import('./system.ts'));
afterAll(endSystem);

it.for(schemaFlips(resources()))('$name', expectNoticed);
