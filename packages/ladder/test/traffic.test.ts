import { describe, expect, test } from 'vitest';
import { businessHours, jump, steady } from '../src/traffic/shape.ts';
import { poisson, uniform } from '../src/traffic/random.ts';
import { zipf } from '../src/traffic/zipf.ts';
import { itemReadsPerSecond, vectorsOf, writesPerSecond } from '../src/simulate/vectors.ts';

const within = (actual: number, expected: number, percent: number): void => {
  expect(Math.abs(actual / expected - 1) * 100, `${actual} is not within ${percent} % of ${expected}`).toBeLessThan(
    percent,
  );
};

describe('popularity', () => {
  test('of a million posts follows the law within a percent where it can be seen', () => {
    const posts = zipf(1_000_000, 1);
    const random = uniform('zipf');
    const draws = 4_000_000;
    const counts = new Map<number, number>();
    for (let index = 0; index < draws; index += 1) {
      const rank = posts.draw(random);
      counts.set(rank, (counts.get(rank) ?? 0) + 1);
    }
    // The sum of 1/r over a million ranks is 14.3927.
    within(posts.share(0), 1 / 14.3927, 0.01);
    within((counts.get(0) ?? 0) / draws, 1 / 14.3927, 1);
    within((counts.get(1) ?? 0) / draws, 1 / 14.3927 / 2, 1);
    within((counts.get(9) ?? 0) / draws, 1 / 14.3927 / 10, 3);
  });
});

describe('the load of ten million users', () => {
  const vectors = vectorsOf(10_000_000, 'page');
  const perSecond = (writes: boolean): number =>
    vectors
      .filter(({ asks }) => asks.some((ask) => ask.writes > 0) === writes)
      .reduce((sum, vector) => sum + vector.perSecond, 0);

  test('is a hundred item reads for each write, 38,580 and 386 a second in a month of 30 days', () => {
    within(itemReadsPerSecond(10_000_000), 38_580, 0.01);
    within(writesPerSecond(10_000_000), 385.8, 0.01);
    within(perSecond(true), 385.8, 1);
    // Pages of 20 items.
    within(perSecond(false) * 20, 38_580, 1);
  });

  test('read literally is an operation for each read', () => {
    const reads = vectorsOf(10_000_000, 'literal').filter(({ asks }) => asks.every((ask) => ask.writes === 0));
    within(
      reads.reduce((sum, { perSecond: each }) => sum + each, 0),
      38_580,
      1,
    );
  });

  test('asks of each store what was measured, whatever its keys', () => {
    const feed = vectors.find(({ name }) => name === 'Feed');
    const units = (store: string): number =>
      (feed?.asks ?? []).filter((ask) => ask.store === store).reduce((sum, { runs, reads }) => sum + runs * reads, 0);
    expect([units('users'), units('posts'), units('edges')]).toEqual([11, 20, 21]);
    expect(feed?.posts).toBe(20);
  });
});

describe('arrivals', () => {
  test.each([0.5, 5, 500])('of %f a second have that mean and that variance', (mean) => {
    const random = uniform(`poisson ${mean}`);
    const counts = Array.from({ length: 100_000 }, () => poisson(mean, random));
    const average = counts.reduce((sum, count) => sum + count, 0) / counts.length;
    const variance = counts.reduce((sum, count) => sum + (count - average) ** 2, 0) / counts.length;
    within(average, mean, 1);
    within(variance, mean, 3);
  });

  test('of nothing are none', () => expect(poisson(0, uniform('a'))).toBe(0));

  test('are the same for the same seed', () => {
    expect(uniform('a')()).toBe(uniform('a')());
    expect(uniform('a')()).not.toBe(uniform('b')());
  });
});

describe('a day', () => {
  test('has a mean of one, and three times as much after nine as before', () => {
    const day = businessHours(0);
    const hours = Array.from({ length: 24 }, (_, hour) => day(hour * 3_600 + 1_800));
    expect(hours.reduce((sum, factor) => sum + factor, 0) / 24).toBeCloseTo(1, 10);
    within((hours[9] ?? 0) / (hours[8] ?? 1), 3, 0.01);
  });

  test('may also be even, or jump', () => {
    expect([steady(0), steady(9e9), jump(60, 6)(59), jump(60, 6)(60)]).toEqual([1, 1, 1, 6]);
  });
});
