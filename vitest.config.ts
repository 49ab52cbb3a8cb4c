import { configDefaults, defineConfig } from 'vitest/config';

const browserTests = 'web/browser/**/*.browser.test.ts';
const containerTests = 'deploy/**/*.containers.test.ts';

export default defineConfig({
  test: {
    reporters: ['default', './scripts/closing-line.ts'],
    projects: [
      {
        test: {
          name: 'unit',
          include: ['**/*.test.{ts,tsx}'],
          exclude: [...configDefaults.exclude, browserTests, containerTests],
          testTimeout: 20_000,
        },
      },
      {
        test: {
          name: 'browser',
          include: [browserTests],
          fileParallelism: false, // one browser at a time: two fight for a small machine's processor
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'containers',
          include: [containerTests],
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
});
