import { expect, test } from 'vitest';
import { trainingRows } from '../../../testing/grow-tables.ts';
import { createRandom } from '../../random.ts';
import type { ForestOptions } from './grower.ts';
import { growForest, growForestSync } from './random-forest.ts';

/** Enough trees that threads are started. */
const options: ForestOptions = {
  trees: 1000,
  columnsPerSplit: 1,
  minimumLeaf: 5,
  maxDepth: 2,
  sampleShare: 1,
  replace: true,
  seed: 3,
  outOfBag: true,
};

function simulated(levels: number) {
  const random = createRandom(1);
  const draw = () => Float64Array.from({ length: 2000 }, () => random.uniform());
  const [a, b, target] = [draw(), draw(), draw().map((value) => Math.floor(value * levels))];
  return trainingRows({ columns: [a, b].map((values) => ({ kind: 'numeric', values })), target });
}

test.each([
  ['of 0 and 1', 2, options, {}],
  ['of 0 and 1, split at random', 2, { ...options, randomSplits: true }, {}],
  ['of numbers, split at random', 9, { ...options, randomSplits: true }, {}],
  ['of classes, split at random', 3, { ...options, randomSplits: true }, { classes: 3 }],
])('a forest of a target %s has the same bytes on any number of threads', async (_, levels, options, as) => {
  const training = { ...simulated(levels), ...as };
  const alone = growForestSync(training, options);
  expect(await growForest(training, options, { threads: 1 })).toEqual(alone);
  expect(await growForest(training, options, { threads: 3 })).toEqual(alone);
});

test('progress increases until every tree is finished', async () => {
  const seen: number[] = [];
  await growForest(simulated(2), options, { threads: 2, onProgress: (done) => seen.push(done) });
  expect(seen.length).toBeGreaterThan(100);
  expect(seen).toEqual([...new Set(seen)].sort((a, b) => a - b));
  expect(seen.at(-1)).toBe(options.trees);
});

test('aborting stops the growth and throws the reason', async () => {
  const abort = new AbortController();
  let grown = 0;
  const onProgress = (done: number) => {
    grown = done;
    if (done > 10) abort.abort(new Error('enough'));
  };
  const growing = growForest(simulated(2), options, { threads: 2, signal: abort.signal, onProgress });
  await expect(growing).rejects.toThrow('enough');
  const atTheEnd = grown;
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(grown).toBe(atTheEnd);
  expect(grown).toBeLessThan(options.trees);
});

test('nothing is grown if the signal is already aborted', async () => {
  const signal = AbortSignal.abort(new Error('too late'));
  await expect(growForest(simulated(2), options, { signal })).rejects.toThrow('too late');
});
