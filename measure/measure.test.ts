import { readdirSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Measured, readMeasured, type Sample } from '../infra/bill/measured.ts';
import { measure } from './measure.ts';
import { runs } from './operations.ts';

let measured: Measured;
beforeAll(async () => {
  measured = await measure();
}, 180_000);

const unitsBy = (sample: Sample | undefined, by: string) =>
  (sample?.units ?? [])
    .filter((row) => row.by === by)
    .map(({ table, index, reads, writes }) => ({ table, index, reads, writes }));

test('every persisted operation is measured', () => {
  const files = readdirSync(new URL('../schema/operations/', import.meta.url)).filter((file) =>
    file.endsWith('.graphql'),
  );
  expect(Object.keys(runs).sort()).toEqual(files.map((file) => file.replace('.graphql', '')).sort());
});

test('infra/bill/measured.json is what is measured: else run "npm run bill:measure"', () => {
  expect(readMeasured()).toEqual(measured);
});

describe('a measured operation', () => {
  test('tells the units of tables and indexes: a post of a kilobyte is two writes and an index entry', () => {
    const { page } = measured.operations['CreatePost'] ?? {};
    expect(unitsBy(page, 'Mutation.createPost').filter(({ writes }) => writes > 0)).toEqual([
      { table: 'posts', index: undefined, reads: 0, writes: 2 },
      { table: 'posts', index: 'byAuthor', reads: 0, writes: 1 },
    ]);
  });

  test('tells what stream handlers did because of it', () => {
    const { page } = measured.operations['LikePost'] ?? {};
    expect(page?.invocations).toMatchObject({ counters: 1 });
    expect(unitsBy(page, 'functions').some(({ table, writes }) => table === 'posts' && writes > 0)).toBe(true);
  });

  test('reads less when it is asked for less', () => {
    const { page, one } = measured.operations['Feed'] ?? {};
    expect(page?.resolvers['Post.author']).toBe(20);
    expect(one?.resolvers['Post.author']).toBe(1);
  });

  test('that only reads uses no writes', () => {
    const queries = Object.values(measured.operations).filter(({ kind }) => kind === 'query');
    const writes = queries.flatMap(({ page, one }) => [...page.units, ...one.units]).filter((row) => row.writes > 0);
    expect(writes).toEqual([]);
  });
});
