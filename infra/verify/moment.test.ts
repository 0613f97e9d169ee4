import { expect, test } from 'vitest';
import { withoutMoment } from './moment.ts';

const NOW = Date.parse('2026-11-22T10:00:00.000Z');

test('a time of now becomes a word, and an earlier one stays', () => {
  expect(
    withoutMoment({ at: '2026-11-22T10:00:03.120Z', born: '2026-09-23T10:00:00.000Z' }, { now: NOW, given: {} }),
  ).toEqual({
    at: '<now>',
    born: '2026-09-23T10:00:00.000Z',
  });
});

test('an id made now becomes a word, wherever in a text it is, and an earlier one stays', () => {
  expect(
    withoutMoment(['LIKE#01M81B5H80ABCDEFGHJKMNPQRS', 'LIKE#01M36ZEDQQWPAQFFHBDZZGNYKR'], { now: NOW, given: {} }),
  ).toEqual(['LIKE#<ulid>', 'LIKE#01M36ZEDQQWPAQFFHBDZZGNYKR']);
});

test('epoch seconds and milliseconds of now, and an expiry in days, become words', () => {
  const seconds = NOW / 1000;
  expect(withoutMoment([seconds + 2, NOW, seconds + 30 * 86_400, 42, 1_000_000], { now: NOW, given: {} })).toEqual([
    '<now>',
    '<now>',
    '<now + 30 d>',
    42,
    1_000_000,
  ]);
});

test('a number that was given stays, also when it lies whole days ahead of now', () => {
  const expiresAt = NOW / 1000 + 116 * 86_400;
  const given = { prev: { result: [{ expiresAt }] } };
  expect(withoutMoment({ kept: expiresAt, made: expiresAt + 86_400 }, { now: NOW, given })).toEqual({
    kept: expiresAt,
    made: '<now + 117 d>',
  });
});
