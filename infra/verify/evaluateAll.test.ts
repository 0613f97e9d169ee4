import { expect, test } from 'vitest';
import { differencesOf } from './evaluateAll.ts';

const recorded = { result: { id: 1, tags: ['a'] }, stash: {}, outErrors: [], error: null };

test('outcomes with the same values in another order do not differ', () => {
  expect(differencesOf(recorded, { ...recorded, result: { tags: ['a'], id: 1 } })).toEqual([]);
});

test('each part that differs is told with both values', () => {
  expect(differencesOf(recorded, { ...recorded, result: { id: 1, tags: [] }, error: 'no such table' })).toEqual([
    'result was {"id":1,"tags":["a"]}, is {"id":1,"tags":[]}',
    'error was null, is "no such table"',
  ]);
});
