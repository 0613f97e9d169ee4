import { expect, test } from 'vitest';
import { lambdaFunctions } from '../../infra/functions.ts';
import { HOT_DAYS } from '../../resolvers/shared/limits.ts';

test('resolvers look into the archive for what the function archive may have moved there', () => {
  expect(lambdaFunctions.archive.environment.HOT_DAYS).toBe(String(HOT_DAYS));
});
