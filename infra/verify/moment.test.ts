import { expect, test } from 'vitest';
import { withoutMoment } from './moment.ts';

const NOW = Date.parse('2026-11-22T10:00:00.000Z');

test('a time of now becomes a word, and an earlier one stays', () => {
  expect(withoutMoment({ at: '2026-11-22T10:00:03.120Z', born: '2026-09-23T10:00:00.000Z' }, NOW)).toEqual({
    at: '<now>',
    born: '2026-09-23T10:00:00.000Z',
  });
});

test('an id made now becomes a word, wherever in a text it is, and an earlier one stays', () => {
  expect(withoutMoment(['LIKE#01M81B5H80ABCDEFGHJKMNPQRS', 'LIKE#01M36ZEDQQWPAQFFHBDZZGNYKR'], NOW)).toEqual([
    'LIKE#<ulid>',
    'LIKE#01M36ZEDQQWPAQFFHBDZZGNYKR',
  ]);
});

test('epoch seconds and milliseconds of now, and an expiry in days, become words', () => {
  const seconds = NOW / 1000;
  expect(withoutMoment([seconds + 2, NOW, seconds + 30 * 86_400, 42, 1_000_000], NOW)).toEqual([
    '<now>',
    '<now>',
    '<now + 30 d>',
    42,
    1_000_000,
  ]);
});
