import { describe, expect, test } from 'vitest';
import { forProvider, type Resources } from './newerThanProvider.ts';

const resources: Resources = {
  aws_lambda_function: { counters: { runtime: 'nodejs24.x', timeout: 30 }, old: { runtime: 'python3.13' } },
  aws_dynamodb_table: {
    posts: {
      global_secondary_index: [{ name: 'byTag', warm_throughput: { read_units_per_second: 1 } }, { name: 'byAuthor' }],
      replica: [{ region_name: 'eu-west-1', consistency_mode: 'STRONG' }],
    },
  },
  aws_appsync_api: { events: { name: 'events' } },
};

describe('for a provider of version 5', () => {
  const { resources: older, stripped } = forProvider(resources, '5.100.0');

  test('a newer runtime becomes the newest that it knows, and another runtime stays', () => {
    expect(older.aws_lambda_function?.counters).toEqual({ runtime: 'nodejs22.x', timeout: 30 });
    expect(older.aws_lambda_function?.old).toEqual({ runtime: 'python3.13' });
  });

  test('newer arguments of blocks are left out, in every block of a list', () => {
    expect(older.aws_dynamodb_table?.posts).toEqual({
      global_secondary_index: [{ name: 'byTag' }, { name: 'byAuthor' }],
      replica: [{ region_name: 'eu-west-1' }],
    });
  });

  test('newer resources are left out with their type', () => {
    expect(Object.keys(older)).toEqual(['aws_lambda_function', 'aws_dynamodb_table']);
  });

  test('what was changed is told by address', () => {
    expect(stripped.map(({ address, row }) => `${address} ${row.path?.join('.') ?? 'all'}`)).toEqual([
      'aws_lambda_function.counters runtime',
      'aws_dynamodb_table.posts global_secondary_index.warm_throughput',
      'aws_dynamodb_table.posts replica.consistency_mode',
      'aws_appsync_api.events all',
    ]);
  });
});

test('for a provider that knows everything nothing changes', () => {
  expect(forProvider(resources, '6.25.0')).toEqual({ resources, stripped: [] });
});

test('the given resources stay as they are', () => {
  expect(resources.aws_lambda_function?.counters?.runtime).toBe('nodejs24.x');
});
