import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    reporters: ['default', './test/support/counts-reporter.ts'],
    // Backend first: a reader of the output wants to know whether the product works before how its parts do.
    projects: [
      {
        test: {
          name: 'backend',
          include: ['test/**/*.test.ts'],
          exclude: ['test/{later,scale,faults,permissions}/**', 'test/authorization/flips/**'],
          globalSetup: './test/support/globalSetup.ts',
          // The files share the system and nothing else, so they may share the modules, too: SDK clients load slowly.
          isolate: false,
          testTimeout: 20_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: 'later',
          // What comes with time: these files move the clock of a system of their own, so they come one after the other. So
          // do those that keep the machine busy.
          include: ['test/later/**/*.test.ts', 'test/scale/**/*.test.ts'],
          globalSetup: './test/support/globalSetup.ts',
          isolate: false,
          maxWorkers: 1,
          testTimeout: 60_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 3 },
        },
      },
      {
        test: {
          name: 'faults',
          // Each seed is a system of its own, whose workers are killed: slow, and for a machine that has nothing else to do.
          include: ['test/faults/**/*.test.ts'],
          maxWorkers: 1,
          testTimeout: 300_000,
          sequence: { groupOrder: 4 },
        },
      },
      {
        test: {
          name: 'permissions',
          // After all that uses them.
          include: ['test/permissions/**/*.test.ts'],
          sequence: { groupOrder: 5 },
        },
      },
      {
        test: {
          name: 'web',
          // The site in a browser, on a system of its own that is seeded and has it built: alone, and in order.
          include: ['web/test/**/*.test.ts'],
          maxWorkers: 1,
          testTimeout: 90_000,
          hookTimeout: 300_000,
          sequence: { groupOrder: 3 },
        },
      },
      { test: { name: 'lambdas', include: ['lambdas/**/*.test.ts'], sequence: { groupOrder: 1 } } },
      {
        test: {
          name: 'infra',
          include: ['infra/**/*.test.ts', 'seed/**/*.test.ts'],
          globalSetup: './infra/testing/temporaryFiles.ts',
          env: { TMPDIR: join(tmpdir(), `hiroba-infra-tests-${process.pid}`) },
          testTimeout: 20_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'measure',
          include: ['measure/**/*.test.ts'],
          // Runs every operation of the whole system, after seeding it.
          testTimeout: 180_000,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'local',
          include: ['packages/local/test/**/*.test.ts'],
          testTimeout: 20_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 2 },
        },
      },
      {
        // The build that Node takes, as do GraphQL Inspector and the code generator: two builds do not know each other's schemas.
        resolve: { alias: [{ find: /^graphql$/, replacement: createRequire(import.meta.url).resolve('graphql') }] },
        test: {
          name: 'contract',
          include: ['packages/contract/test/**/*.test.ts'],
          // The same kinds of change, made in a clone and reviewed by the command: half an hour (npm run test:changes).
          exclude: ['packages/contract/test/changesInTree/**'],
          testTimeout: 20_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 2 },
        },
      },
      {
        test: {
          name: 'ladder',
          include: ['packages/ladder/test/**/*.test.ts'],
          // Each rung is synthesized once for a file.
          testTimeout: 20_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
