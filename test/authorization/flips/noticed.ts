import { isDeepStrictEqual } from 'node:util';
import { outcomesOf } from '../outcomesOf.ts';
import { readMatrix, type Row } from '../readTable.ts';
import { makeInactive, readStanding, standingOutcomes } from '../standing.ts';
import { makeWorld, type World } from '../world.ts';

const rows = readMatrix();

/** What the tables of the principals notice. `concerns`: the rows that ought to first; all the others come after them. */
export async function noticed(concerns: (row: Row) => boolean): Promise<string | null> {
  let world: World;
  try {
    world = await makeWorld();
  } catch (error) {
    return `nobody can do what goes before: ${firstWords((error as Error).message)}`;
  }
  const inOrder = [...rows.filter(concerns), ...rows.filter((one) => !concerns(one))];
  for (const [index, row] of inOrder.entries()) {
    const difference = await differenceIn(row, world);
    if (difference === null) continue;
    // Rows leave traces for those after them: the flip's doing is only what also shows in a world where nothing went before.
    const alone = index === 0 ? difference : await differenceIn(row, await makeWorld());
    if (alone !== null) return alone;
  }
  return noticedByInactive(world);
}

/** The same by the table of members who are no longer active. */
async function noticedByInactive(world: World): Promise<string | null> {
  const inactive = await makeInactive();
  for (const row of readStanding()) {
    const outcomes = await standingOutcomes(row, world, inactive);
    if (!isDeepStrictEqual(outcomes, row.cells)) return `${row.at} ${row.field} of ${row.of}: ${outcomes.join(', ')}`;
  }
  return null;
}

/** What comes out otherwise than the row says; null when nothing does. */
export async function differenceIn(row: Row, world: World): Promise<string | null> {
  const outcomes = await outcomesOf(row, world);
  if (isDeepStrictEqual(outcomes, row.cells)) return null;
  const who = Object.keys(row.cells).filter((name) => outcomes[name] !== row.cells[name as keyof Row['cells']]);
  return `${row.at} ${row.field} of ${row.of}: ${who.map((name) => `${name} ${outcomes[name]}`).join(', ')}`;
}

const firstWords = (message: string): string =>
  (/is not authorized to perform: \S+/.exec(message)?.[0] ?? message).slice(0, 200);
