import { expect } from 'vitest';
import { readMatrix } from '../readTable.ts';
import type { Flip } from './flip.ts';
import { noticed } from './noticed.ts';
import { secondLockOf } from './secondLocks.ts';
import { withChange } from './system.ts';

const rows = readMatrix();

/** Tells what noticed the flip; fails when nothing did, unless something else is known to stand in its way. */
export async function expectNoticed(flip: Flip): Promise<void> {
  const seen = await withChange(flip.change, () => noticed(flip, rows));
  const lock = secondLockOf(flip.name);
  console.log(`${flip.name}: ${seen ?? (lock === undefined ? 'SURVIVES' : `changes nothing: ${lock}`)}`);
  if (lock === undefined) expect(seen, 'no row of the matrix notices').not.toBeNull();
  else expect(seen, 'is noticed after all: take it off flips/secondLocks.ts').toBeNull();
}
