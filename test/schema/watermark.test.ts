import { join } from 'node:path';
import { evaluate, type EvaluationContext } from '@hiroba/local';
import { describe, expect, test } from 'vitest';

/** A step alone: what the operations' tests cannot bring about, since it takes another device at the same moment. */

const file = join(import.meta.dirname, '..', '..', 'resolvers', 'functions', 'moveReadWatermark.ts');
const response = (context: Partial<EvaluationContext>) => evaluate({ file, function: 'response', context });
const failedCondition = { type: 'DynamoDB:ConditionalCheckFailedException', message: 'The conditional request failed' };

describe('a read watermark', () => {
  test('that another device has moved further stays there, and that is no error', async () => {
    const item = { userId: 'u', status: 'ACTIVE', readUpTo: '2026-02-01', unreadCount: 3 };
    const { result, error, stash } = await response({
      stash: { readUpTo: '2026-01-31' },
      result: item,
      error: failedCondition,
    });
    expect(error).toBeUndefined();
    expect(result).toBeNull();
    expect(stash).toMatchObject({ readUpTo: '2026-02-01', storedUnreadCount: 3 });
  });

  test('of which DynamoDB could not tell is an error of the field', async () => {
    const { error } = await response({
      stash: { readUpTo: '2026-01-31' },
      result: null,
      error: { type: 'DynamoDB:ProvisionedThroughputExceededException', message: 'too much' },
    });
    expect(error).toBeDefined();
  });
});
