import { describe, expect, test } from 'vitest';
import { agreements, EC2_IN_SEVERAL_ZONES, EC2_INSTANCE_IN_ONE_ZONE } from './agreements.ts';
import { anyOf, downtimeHoursPerYear, downtimeMinutes, downtimeSeconds, inSeries } from './availability.ts';

describe('a month of 2,592,000 seconds', () => {
  test.each([
    [99.5, 12_960, 216],
    [99.9, 2_592, 43.2],
    [99.95, 1_296, 21.6],
    [99.99, 259.2, 4.32],
  ])('at %d %% leaves %d seconds, which are %d minutes', (percent, seconds, minutes) => {
    expect(downtimeSeconds(percent)).toBe(seconds);
    expect(downtimeMinutes(percent)).toBe(minutes);
  });
});

describe('a year', () => {
  test('of EC2 in several zones leaves 52.56 minutes, and of one instance in one zone 876 hours', () => {
    expect(downtimeHoursPerYear(EC2_IN_SEVERAL_ZONES) * 60).toBeCloseTo(52.56, 10);
    expect(downtimeHoursPerYear(EC2_INSTANCE_IN_ONE_ZONE)).toBe(876);
  });
});

test('the agreements are those of the table', () => {
  const percents = Object.entries(agreements).map(([service, { percent }]) => [service, percent]);
  expect(Object.fromEntries(percents)).toEqual({
    EC2: 99.5,
    EKS: 99.95,
    S3: 99.9,
    CloudFront: 99.9,
    Cognito: 99.9,
    Lambda: 99.95,
    AppSync: 99.95,
    DynamoDB: 99.99,
    'Route 53': 100,
    RDS: 99.95,
    ELB: 99.99,
    SQS: 99.9,
  });
  expect(agreements.DynamoDB.globalPercent).toBe(99.999);
});

describe('services in series', () => {
  test.each([
    ['a query', ['AppSync', 'DynamoDB'], '99.940', '25.9'],
    ['a query through a function', ['AppSync', 'Lambda', 'DynamoDB'], '99.890', '47.5'],
    ['signing in, then a query', ['Cognito', 'AppSync', 'DynamoDB'], '99.840', '69.1'],
    ['the site', ['Route 53', 'CloudFront', 'S3'], '99.800', '86.4'],
    ['a photo through a queue', ['AppSync', 'S3', 'SQS', 'Lambda', 'S3', 'DynamoDB'], '99.591', '176.8'],
  ] as const)('%s', (_name, services, percent, minutes) => {
    expect(inSeries(services).toFixed(3)).toBe(percent);
    expect(downtimeMinutes(inSeries(services)).toFixed(1)).toBe(minutes);
  });

  test('with global tables lose 22 minutes, and in either of two Regions a hundredth of one', () => {
    const global = (agreements.AppSync.percent * agreements.DynamoDB.globalPercent) / 100;
    expect(global.toFixed(3)).toBe('99.949');
    expect(downtimeMinutes(global).toFixed(1)).toBe('22.0');
    expect(anyOf(global, 2).toFixed(5)).toBe('99.99997');
    expect(downtimeMinutes(anyOf(global, 2)).toFixed(2)).toBe('0.01');
  });
});
