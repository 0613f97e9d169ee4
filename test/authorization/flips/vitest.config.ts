import { defineConfig } from 'vitest/config';

/** `npm run test:flips`: the tables of the matrix, against systems in which one thing is wrong. */
export default defineConfig({
  root: `${import.meta.dirname}/../../..`,
  test: {
    include: ['test/authorization/flips/*.test.ts'],
    reporters: ['default', './test/support/counts-reporter.ts'],
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
