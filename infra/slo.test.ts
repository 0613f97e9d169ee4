import { describe, expect, test } from 'vitest';
import { budgetMinutes, burnOf, burnRules, kindOfField, objectives, strictest } from './slo.ts';
import { resolvers } from './resolvers.ts';

describe('service level objectives', () => {
  test('leave 43.2 minutes of failure a month at 99.9 %, and 216 at 99.5 %', () => {
    expect(budgetMinutes({ availability: 99.9 })).toBe(43.2);
    expect(budgetMinutes({ availability: 99.5 })).toBe(216);
  });

  test('alarm when 2 % of the budget go in an hour, which is 14.4 times the even rate', () => {
    expect(burnOf({ availability: 99.9 }, burnRules[0]!)).toEqual({
      name: 'fast',
      budgetPercent: 2,
      longMinutes: 60,
      shortMinutes: 5,
      rate: 14.4,
      failurePercent: 1.44,
    });
  });

  test('alarm when 5 % of the budget go in six hours, which is 6 times the even rate', () => {
    expect(burnOf({ availability: 99.9 }, burnRules[1]!)).toMatchObject({ rate: 6, failurePercent: 0.6 });
    expect(burnOf({ availability: 99.5 }, burnRules[1]!)).toMatchObject({ rate: 6, failurePercent: 3 });
  });

  test('of kinds that share a signal are kept as strictly as the strictest asks', () => {
    expect(strictest('graphql')).toMatchObject({ availability: 99.9, latencyP95: 300, freshnessSeconds: null });
    expect(strictest('streams')).toMatchObject({ availability: 99.5, latencyP95: null, freshnessSeconds: 60 });
  });

  test('promise less than the services beneath promise together', () => {
    const composed = { graphql: 99.94, edge: 99.8, streams: 99.84 };
    for (const { availability, measuredBy } of Object.values(objectives))
      expect(availability).toBeLessThan(composed[measuredBy]);
  });

  test('cover every root field', () => {
    const fields = Object.keys(resolvers).filter((field) => /^(Query|Mutation|Subscription)\./.test(field));
    expect(fields.length).toBeGreaterThan(30);
    for (const field of fields) expect(Object.keys(objectives)).toContain(kindOfField(field));
    expect(() => kindOfField('Post.author')).toThrow('Post.author is no root field.');
  });
});
