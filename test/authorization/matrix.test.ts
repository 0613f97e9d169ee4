import { describe, expect, it } from 'vitest';
import { outcomesOf } from './outcomesOf.ts';
import { readMatrix } from './readTable.ts';
import { makeWorld } from './world.ts';

const rows = readMatrix();
const files = [...new Set(rows.map(({ at }) => at.replace(/:.*/, '')))];
const world = await makeWorld();

describe.each(files)('%s', (file) => {
  it.each(rows.filter(({ at }) => at.startsWith(file)))('$field of $of', async (row) => {
    expect(await outcomesOf(row, world)).toEqual(row.cells);
  });
});
