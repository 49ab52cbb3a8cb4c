import { join } from 'node:path';
import { configDefaults, defineConfig } from 'vitest/config';

const browserTests = 'web/browser/**/*.browser.test.ts';
const containerTests = 'deploy/**/*.containers.test.ts';
/** Tests that start processes and servers of their own. */
const systemTests = '**/*.system.test.ts';
const proofs = '{api,deploy,pack,training}/**/*.proof.test.ts';

const compiled = join(import.meta.dirname, 'node_modules/.cache/hearth-tests');

const quick = {
  isolate: false, // a worker that loads packages once takes half the time
  setupFiles: 'scripts/fresh-modules.ts',
  env: { NODE_COMPILE_CACHE: compiled }, // of the processes that tests start
  maxWorkers: '100%', // many of them wait for a process or a timer
  testTimeout: 20_000,
};

export default defineConfig({
  test: {
    reporters: ['default', './scripts/closing-line.ts'],
    coverage: {
      include: ['{artifact,training,api,web}/src/**/*.{ts,tsx}', 'web/server/**/*.ts'],
      reporter: [['text', { skipFull: true }], 'html'],
      reportsDirectory: '.hearth/coverage',
    },
    projects: [
      {
        test: {
          ...quick,
          name: 'unit',
          include: ['**/*.test.{ts,tsx}'],
          exclude: [...configDefaults.exclude, browserTests, containerTests, systemTests, proofs],
        },
      },
      { test: { ...quick, name: 'system', include: [systemTests] } },
      {
        test: {
          name: 'browser',
          include: [browserTests],
          globalSetup: 'web/browser/shared-chromium.ts',
          isolate: false, // what a file needs is loaded once: no file leaves anything behind
          maxWorkers: 3, // they share one browser, and mostly wait for it
          sequence: { groupOrder: 1 },
          expect: { poll: { timeout: 20_000 } },
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'containers',
          include: [containerTests],
          globalSetup: 'deploy/images/built-once.ts',
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 300_000,
        },
      },
      {
        test: {
          name: 'proofs', // they take minutes: npm run prove
          include: [proofs],
          fileParallelism: false,
        },
      },
    ],
  },
});
