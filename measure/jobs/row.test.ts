import { expect, test } from 'vitest';
import { percentile, table } from './row.ts';

test('a percentile is a value below which that share lies', () => {
  expect([percentile([30, 10, 20, 40], 0.5), percentile([30, 10, 20, 40], 0.95), percentile([], 0.5)]).toEqual([
    30, 40, 0,
  ]);
});

test('a table has one line for each row, with its unit', () => {
  const rows = [
    { what: 'fan-out', value: 1666.7, unit: 'entries/s', how: 'one post' },
    { what: 'lag', value: 59.44, unit: 'ms', how: '20 times' },
  ];
  expect(table(rows)).toBe(
    ['fan-out      1,667  entries/s  one post', 'lag           59.4  ms         20 times'].join('\n'),
  );
});
