import { afterAll, expect, it, vi } from 'vitest';
import { readMatrix } from '../readTable.ts';
import { makeWorld } from '../world.ts';
import { differenceIn } from './noticed.ts';
import { endSystem } from './system.ts';

vi.mock('../../support/target.ts', () => import('./system.ts'));
afterAll(endSystem);

// What a row shows of a flip counts only when the row holds by itself: no other row has to go before it.
it.for(readMatrix())('$at $field of $of holds in a world of its own', async (row) => {
  expect(await differenceIn(row, await makeWorld())).toBeNull();
});
