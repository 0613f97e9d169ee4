import { describe, expect, test } from 'vitest';
import { linesOf } from './line.ts';
import { costOf, isParameter } from './prices.ts';

describe('a price', () => {
  test('times an amount', () => {
    expect(costOf('appsyncOperation', 'us-east-1', 6_000)).toBe(24_000);
    expect(costOf('dynamodbWrite', 'ap-northeast-1', 2)).toBe(1.43);
  });

  test('falls by tiers, each for what lies within it: ten million users of Cognito Lite', () => {
    expect(costOf('cognitoLite', 'us-east-1', 10_000)).toBe(0);
    expect(costOf('cognitoLite', 'us-east-1', 100_000)).toBeCloseTo(495, 6);
    expect(costOf('cognitoLite', 'us-east-1', 10_000_000)).toBeCloseTo(33_885, 6);
  });

  test('is not asked for what is free every month', () => {
    expect(costOf('alarm', 'us-east-1', 10)).toBe(0);
    expect(costOf('alarm', 'us-east-1', 28)).toBeCloseTo(1.8, 10);
  });

  test('from memory is a parameter, also where only its later tiers are', () => {
    expect(isParameter('appsyncOperation', 'us-east-1')).toBe(false);
    expect(isParameter('appsyncOperation', 'ap-northeast-1')).toBe(true);
    expect(isParameter('appsyncCacheLarge', 'us-east-1')).toBe(true);
    expect(isParameter('dataOut', 'us-east-1')).toBe(true);
  });
});

test('what is free is taken off once, and shared by the lines of a price', () => {
  const usage = { service: 'CloudWatch', price: 'alarm' } as const;
  const lines = linesOf(
    [
      { ...usage, amount: 15, what: 'alarms' },
      { ...usage, amount: 5, what: 'more alarms' },
      { ...usage, amount: 0, what: 'none' },
    ],
    'us-east-1',
  );
  expect(lines.map(({ what, usd }) => [what, usd])).toEqual([
    ['alarms', 0.75],
    ['more alarms', 0.25],
  ]);
});
