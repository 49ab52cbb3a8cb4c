import { configDefaults, defineConfig } from 'vitest/config';

const browserTests = 'web/browser/**/*.browser.test.ts';
const containerTests = 'deploy/**/*.containers.test.ts';
const proofs = 'deploy/**/*.proof.test.ts';

export default defineConfig({
  test: {
    reporters: ['default', './scripts/closing-line.ts'],
    projects: [
      {
        test: {
          name: 'unit',
          include: ['**/*.test.{ts,tsx}'],
          exclude: [...configDefaults.exclude, browserTests, containerTests, proofs],
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
      {
        test: {
          name: 'proofs', // what takes minutes: pnpm prove
          include: [proofs],
          fileParallelism: false,
        },
      },
    ],
  },
});
