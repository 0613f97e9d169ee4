import { expect } from 'vitest';
import type { Flip } from './flip.ts';
import { secondLockOf } from './secondLocks.ts';
import { withChanges } from './system.ts';

/** Tells what noticed the flip; fails when nothing did, unless something else is known to stand in its way. */
export async function expectNoticed(flip: Flip): Promise<void> {
  const seen = await withChanges([...(flip.needs ?? []), flip], () => flip.look());
  const lock = secondLockOf(flip.name);
  console.log(`${flip.name}: ${seen ?? (lock === undefined ? 'SURVIVES' : `changes nothing: ${lock}`)}`);
  if (lock === undefined) expect(seen, 'no row of the tables notices').not.toBeNull();
  else expect(seen, 'is noticed after all: take it off flips/secondLocks.ts').toBeNull();
}
