import { isDeepStrictEqual } from 'node:util';
import { outcomesOf } from '../outcomesOf.ts';
import type { Row } from '../readTable.ts';
import { makeWorld, type World } from '../world.ts';
import type { Flip } from './flip.ts';

/** The first executed request that comes out otherwise than the tables say; null when none does. */
export async function noticed(flip: Flip, rows: readonly Row[]): Promise<string | null> {
  let world: World;
  try {
    world = await makeWorld();
  } catch (error) {
    return `nobody can do what goes before: ${firstWords((error as Error).message)}`;
  }
  for (const row of [...rows.filter(flip.concerns), ...rows.filter((one) => !flip.concerns(one))]) {
    const outcomes = await outcomesOf(row, world);
    if (!isDeepStrictEqual(outcomes, row.cells)) {
      const who = Object.keys(row.cells).filter((name) => outcomes[name] !== row.cells[name as keyof Row['cells']]);
      return `${row.at} ${row.field} of ${row.of}: ${who.map((name) => `${name} ${outcomes[name]}`).join(', ')}`;
    }
  }
  return null;
}

const firstWords = (message: string): string =>
  (/is not authorized to perform: \S+/.exec(message)?.[0] ?? message).slice(0, 200);
