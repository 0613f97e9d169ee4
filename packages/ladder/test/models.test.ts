import { describe, expect, test } from 'vitest';
import { fieldCache } from '../src/models/cache.ts';
import { capacityOf } from '../src/models/capacity.ts';
import { fanOut, followersOf } from '../src/models/fanOut.ts';
import { hotKeys } from '../src/models/hotKeys.ts';
import { uniform } from '../src/traffic/random.ts';

const never = (): boolean => false;
const warm = { reads: 12_000, writes: 4_000 };

describe('an on-demand table', () => {
  test('is ready for 12,000 reads, and for twice its peak after half an hour', () => {
    const table = capacityOf({ warm, provisioned: null }, 'reads', never);
    expect(table.take(12_000, 0)).toBe(0);
    expect(table.take(20_000, 1)).toBe(8_000);
    expect(table.take(20_000, 1_799)).toBe(8_000);
    expect(table.take(0, 1_800)).toBe(0);
    expect(table.take(24_000, 1_801)).toBe(0);
    expect(table.take(24_001, 1_802)).toBe(1);
  });

  test('grows no further than the quota of a table', () => {
    const table = capacityOf({ warm: { reads: 30_000, writes: 0 }, provisioned: null }, 'reads', never);
    table.take(30_000, 0);
    table.take(0, 1_800);
    expect(table.ready()).toBe(40_000);
  });
});

describe('a provisioned table', () => {
  const store = (minimum: number, scheduledMinimum = minimum) => {
    const one = { minimum, scheduledMinimum, maximum: 1_000, target: 0.7 };
    return { warm, provisioned: { reads: one, writes: one } };
  };

  test('serves what it saved in five minutes, then throttles', () => {
    const table = capacityOf(store(100), 'reads', never);
    // 300 seconds of 100 are kept; 400 beyond its capacity empty them in 75 seconds.
    for (let second = 0; second < 75; second += 1) expect(table.take(500, second)).toBe(0);
    expect(table.take(500, 75)).toBe(400);
  });

  test('has more a minute after two minutes above the target', () => {
    const table = capacityOf(store(100), 'reads', never);
    for (let second = 0; second < 179; second += 1) table.take(80, second);
    expect(table.ready()).toBe(100);
    table.take(80, 179);
    // 80 units at 70 %.
    expect(table.ready()).toBe(115);
  });

  test('grows to its maximum and no further', () => {
    const table = capacityOf(store(100), 'reads', never);
    for (let second = 0; second < 600; second += 1) table.take(5_000, second);
    expect(table.ready()).toBe(1_000);
    expect(table.take(5_000, 600)).toBe(4_000);
  });

  test('has its scheduled minimum in business hours from the first second', () => {
    const table = capacityOf(store(100, 400), 'reads', () => true);
    expect(table.ready()).toBe(400);
  });
});

test('of the keys of a store the hottest is told, and what is beyond one partition', () => {
  const keys = hotKeys(1_000);
  keys.add(3, 900);
  keys.add(7, 1_500);
  expect(keys.settle()).toEqual({ most: 1_500, rank: 7, throttled: 500 });
  expect(keys.settle()).toEqual({ most: 0, rank: 0, throttled: 0 });
});

test('a cached answer is asked for once in its time to live, and again after a flush', () => {
  const cache = fieldCache(10, 5);
  expect([0, 1, 4.9, 5, 6].map((second) => cache.hit(2, second))).toEqual([false, true, true, false, true]);
  cache.flush();
  expect(cache.hit(2, 6)).toBe(false);
});

test('timelines are written as fast as workers may, and a celebrity costs one digest', () => {
  const queue = fanOut({ threshold: 10_000, writesPerSecond: 1_000 });
  queue.publish(9_999);
  queue.publish(5_000_000);
  expect(queue.settle()).toEqual({ written: 1_000, lagSeconds: 9 });
});

test('followers have a mean of about a hundred and a long tail', () => {
  const random = uniform('followers');
  const followers = Array.from({ length: 200_000 }, () => followersOf(random));
  const mean = followers.reduce((sum, count) => sum + count, 0) / followers.length;
  expect(mean).toBeGreaterThan(70);
  expect(mean).toBeLessThan(140);
  expect(followers.reduce((least, count) => Math.min(least, count), Infinity)).toBe(10);
});
