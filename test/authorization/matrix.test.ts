import { describe, expect, it } from 'vitest';
import { outcomeOf } from './outcome.ts';
import { callerOf, principals } from './principals.ts';
import { readMatrix, type Row } from './readTable.ts';
import { requestOf } from './requests/index.ts';
import { subscriptionOutcome } from './subscriptionOutcome.ts';
import { makeWorld } from './world.ts';

const rows = readMatrix();
const files = [...new Set(rows.map(({ at }) => at.replace(/:.*/, '')))];
const world = await makeWorld();

describe.each(files)('%s', (file) => {
  it.each(rows.filter(({ at }) => at.startsWith(file)))('$field of $of', async (row) => {
    expect(await outcomes(row)).toEqual(row.cells);
  });
});

/** One after the other, in the order of the columns, since what some may do changes what is there. */
async function outcomes({ field, of }: Row): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const principal of principals) {
    const caller = callerOf(principal, world.members);
    const request = requestOf(field, of);
    found[principal] =
      'subscribe' in request
        ? await subscriptionOutcome(caller, await request.subscribe(world, principal))
        : await outcomeOf(caller, await request.ask(world, principal));
  }
  return found;
}
