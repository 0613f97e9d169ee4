import { afterAll, expect, it, vi } from 'vitest';
import { readMatrix } from '../readTable.ts';
import { noticed } from './noticed.ts';
import { schemaFlips } from './schemaFlips.ts';
import { endSystem, resources, withChange } from './system.ts';

vi.mock('../../support/target.ts', () => import('./system.ts'));

const rows = readMatrix();
afterAll(endSystem);

it.for(schemaFlips(resources()))('$name', async (flip) => {
  const seen = await withChange(flip.change, () => noticed(flip, rows));
  console.log(`${flip.name}: ${seen ?? 'SURVIVES'}`);
  expect(seen).not.toBeNull();
});
