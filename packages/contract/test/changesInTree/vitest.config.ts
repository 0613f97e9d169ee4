import { createRequire } from 'node:module';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

const root = join(import.meta.dirname, '../../../..');

/** Half an hour: `npm run test:changes`, or `npm run test:changes -- -t "another sort key"` for one. */
export default defineConfig({
  root,
  resolve: { alias: [{ find: /^graphql$/, replacement: createRequire(import.meta.url).resolve('graphql') }] },
  test: {
    reporters: ['verbose', join(root, 'test/support/counts-reporter.ts')],
    include: ['packages/contract/test/changesInTree/**/*.test.ts'],
    testTimeout: 180_000,
    hookTimeout: 120_000,
  },
});
