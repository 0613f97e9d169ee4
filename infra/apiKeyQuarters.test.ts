import { expect, test } from 'vitest';
import { apiKeyQuarters } from './apiKeyQuarters.ts';

test('the keys of a day are those of its quarter and of the one before', () => {
  expect(apiKeyQuarters(new Date('2026-11-22T10:00:00Z'))).toEqual([
    { id: '2026_q4', expires: '2027-07-01T00:00:00Z' },
    { id: '2026_q3', expires: '2027-04-01T00:00:00Z' },
  ]);
  expect(apiKeyQuarters(new Date('2027-01-01T00:00:00Z'))).toEqual([
    { id: '2027_q1', expires: '2027-10-01T00:00:00Z' },
    { id: '2026_q4', expires: '2027-07-01T00:00:00Z' },
  ]);
});

test('a key made on any day of the year is valid for between 90 and 365 days, as AppSync demands', () => {
  const days = Array.from({ length: 366 }, (_, day) => new Date(Date.UTC(2027, 0, 1 + day)));
  const validities = days.flatMap((day) =>
    apiKeyQuarters(day).map(({ expires }) => (Date.parse(expires) - day.getTime()) / 86_400_000),
  );
  expect(Math.min(...validities)).toBeGreaterThan(90);
  expect(Math.max(...validities)).toBeLessThan(365);
});
