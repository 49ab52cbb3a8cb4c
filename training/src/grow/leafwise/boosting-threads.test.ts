import { expect, test } from 'vitest';
import { trainingRows } from '../../../testing/grow-tables.ts';
import { startHelpers } from './boosting-threads.ts';
import type { BoostingWork } from './grow-round.ts';
import { lossOf } from './losses.ts';
import { beginScores, unscoredRows } from './scored-rows.ts';

const options = {
  loss: 'logistic',
  rate: 0.3,
  leaves: 4,
  maxDepth: Infinity,
  minimumWeight: 0.1,
  l2: 1,
  seed: 7,
} as const;

/** Blocks for as many milliseconds. */
const sleep = (time: number) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, time);

test('where one of several threads fails, its own error is thrown, not that of a thread that waited for it', () => {
  const values = Float64Array.from({ length: 100 }, (_, row) => row);
  const rows = trainingRows({ columns: [{ kind: 'numeric', values }], target: values.map((x) => x % 2) });
  const own = unscoredRows(rows, undefined, 1);
  beginScores([own], lossOf('logistic'));
  let given = 0;
  const work: BoostingWork = {
    own,
    // what the last thread is given cannot be worked on
    get options() {
      given++;
      return given === 4 ? { ...options, loss: 'none' as 'logistic' } : options;
    },
  };
  const { grow } = startHelpers(work, 3);
  sleep(1000); // until the other one knows
  expect(grow).toThrow("Cannot read properties of undefined (reading 'quantile')");
});
