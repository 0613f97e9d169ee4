import { defineConfig } from 'vitest/config';

/** The root tests, for what they make the resolvers do. */
export default defineConfig({
  root: `${import.meta.dirname}/../..`,
  test: {
    include: ['test/mutations/*.test.ts', 'test/queries/*.test.ts'],
    globalSetup: `${import.meta.dirname}/record.ts`,
    setupFiles: `${import.meta.dirname}/clientsMonthsAgo.ts`,
    testTimeout: 20_000,
    hookTimeout: 120_000,
    teardownTimeout: 120_000,
  },
});
