import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { mix } from '../../../../infra/bill/assumptions.ts';
import { type Arrival, arrivals, type Traffic } from '../../src/load/arrivals.ts';
import { type PatternName, patternNames, patterns } from '../../src/load/pattern.ts';

const SECONDS = 30;

function traffic(changes: Partial<Omit<Traffic, 'pattern'>> & { pattern?: PatternName } = {}): Arrival[] {
  const { pattern = 'steady', ...rest } = changes;
  const generator = arrivals({
    reads: 40_000,
    reading: 'page',
    seed: 'hiroba',
    posts: 1_000,
    people: 100,
    ...rest,
    pattern: patterns[pattern]({ seconds: SECONDS, operationsPerSecond: 100 }),
  });
  return Array.from({ length: SECONDS }, () => generator.next().value as Arrival[]).flat();
}

const isWrite = ({ operation }: Arrival): boolean => Object.hasOwn(mix.writes, operation);
const digestOf = (all: readonly Arrival[]): string =>
  createHash('sha256').update(JSON.stringify(all)).digest('hex').slice(0, 16);
const differs = (actual: number, expected: number): number => Math.abs(actual / expected - 1);

describe('the traffic', () => {
  const all = traffic();

  test('is 40,000 item reads and 400 writes a second, a hundred to one, within a percent', () => {
    const writes = all.filter(isWrite).length;
    const reads = (all.length - writes) * 20;
    expect(differs(reads / SECONDS, 40_000)).toBeLessThan(0.01);
    expect(differs(writes / SECONDS, 400)).toBeLessThan(0.02);
    expect(differs(reads / writes, 100)).toBeLessThan(0.02);
  });

  test('read item by item is a hundred operations to one', () => {
    const literal = traffic({ reading: 'literal' });
    const writes = literal.filter(isWrite).length;
    expect(differs((literal.length - writes) / SECONDS, 40_000)).toBeLessThan(0.01);
  });

  test('has the mix of the bill and the popularity of a Zipf law', () => {
    const reads = all.filter((arrival) => !isWrite(arrival));
    const feeds = reads.filter(({ operation }) => operation === 'Feed').length;
    expect(differs(feeds / reads.length, 0.3)).toBeLessThan(0.02);
    // The sum of 1/r over a thousand ranks is 7.4855.
    const hottest = all.filter(({ post }) => post === 0).length;
    expect(differs(hottest / all.length, 1 / 7.4855)).toBeLessThan(0.03);
  });

  test('comes in order, each operation with a number of its own', () => {
    expect(all.every(({ at }, index) => index === 0 || at >= (all[index - 1]?.at ?? 0))).toBe(true);
    expect(all.map(({ number }) => number)).toEqual(all.map((_, index) => index));
  });

  test('is the same for the same seed, and another for another', () => {
    const few = { reads: 100 };
    expect(digestOf(traffic(few))).toBe(digestOf(traffic(few)));
    expect(digestOf(traffic(few))).not.toBe(digestOf(traffic({ ...few, seed: 'other' })));
  });
});

describe('a pattern', () => {
  const perSecond = (pattern: PatternName, operation?: string): number[] => {
    const counts = Array.from({ length: SECONDS }, () => 0);
    for (const { at, operation: is } of traffic({ pattern, reads: 2_000 })) {
      const second = Math.floor(at / 1_000);
      if (operation === undefined || operation === is) counts[second] = (counts[second] ?? 0) + 1;
    }
    return counts;
  };
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

  test('of a crowd reads one post twice as often as all else, five seconds after a third', () => {
    const reads = perSecond('flash-crowd', 'PublicPost');
    expect(differs(mean(reads.slice(15)), 200 + 15)).toBeLessThan(0.05);
    expect(differs(mean(reads.slice(0, 10)), 15)).toBeLessThan(0.2);
  });

  test('of a storm likes one post, from a third on', () => {
    const likes = perSecond('like-storm', 'LikePost');
    expect(mean(likes.slice(0, 10))).toBeLessThan(10);
    expect(differs(mean(likes.slice(10)), 103.6)).toBeLessThan(0.05);
  });

  test('of business hours is quiet at night and busy from nine to six', () => {
    const all = perSecond('business-hours');
    // A second is 48 minutes.
    expect(mean(all.slice(12, 21)) / mean(all.slice(1, 6))).toBeGreaterThan(6);
    // Thirty points of a day are not all of it.
    expect(differs(mean(all), mean(perSecond('steady')))).toBeLessThan(0.1);
  });

  test('of a celebrity has posts of the most followed', () => {
    const posts = traffic({ pattern: 'celebrity', reads: 1 }).filter(({ operation }) => operation === 'CreatePost');
    expect(posts.length).toBeGreaterThan(15);
    expect(posts.every(({ actor }) => actor === 0)).toBe(true);
  });

  test.each(patternNames)('"%s" has a story', (name) => {
    expect(patterns[name]({ seconds: 30, operationsPerSecond: 10 }).story.length).toBeGreaterThan(20);
  });
});
