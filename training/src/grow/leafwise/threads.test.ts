import { expect, test } from 'vitest';
import { trainingRows } from '../../../testing/grow-tables.ts';
import { createRandom } from '../../random.ts';
import type { GradientBoosting } from './grow-round.ts';
import { boostLeafwise, chooseLeafwise } from './rounds.ts';

const options: GradientBoosting = {
  loss: 'logistic',
  rate: 0.3,
  leaves: 8,
  maxDepth: Infinity,
  minimumWeight: 0.1,
  l2: 1,
  seed: 7,
};

/** A number with missing values, one of few values, and a category; the target is one of `classes`. */
function table(rows: number, classes: number) {
  const random = createRandom(5);
  const draw = (of: () => number) => Float64Array.from({ length: rows }, of);
  const number = draw(() => (random.below(9) === 0 ? Number.NaN : random.uniform()));
  const few = draw(() => random.below(3));
  const category = draw(() => random.below(8));
  const target = draw(() => random.below(classes)).map((noise, row) =>
    random.below(3) === 0 ? noise : (Math.round(category[row] + 4 * number[row] + few[row]) || 0) % classes,
  );
  const weights = draw(() => 0.5 + random.uniform());
  const columns = [
    { kind: 'numeric' as const, values: number },
    { kind: 'numeric' as const, values: few },
    { kind: 'category' as const, values: category, categories: 8 },
  ];
  return { ...trainingRows({ columns, target }), weights };
}

const onThreads = (training: ReturnType<typeof table>, of: GradientBoosting) =>
  [1, 2, 4].map((threads) => boostLeafwise(training, of, 3, threads));

test('the rows of a tree are shared by 1, 2 and 4 threads with the same bytes', () => {
  const training = table(50_000, 2);
  const [one, two, four] = onThreads(training, { ...options, mask: { copies: 0.5, share: 0.3 } });
  expect(one.sets.length).toBeGreaterThan(0);
  expect(two).toEqual(one);
  expect(four).toEqual(one);
});

test('threads share rows and the hard ones of their copies with the same bytes', () => {
  const mask = { copies: 0.5, share: 0.3, from: 1 };
  const [one, two, four] = onThreads(table(10_000, 2), { ...options, rowShare: 0.8, mask });
  expect(two).toEqual(one);
  expect(four).toEqual(one);
});

test('threads draw the same rows and columns, and follow the same loss', () => {
  const training = table(40_000, 2);
  const drawn = { ...options, rowShare: 0.8, columnShare: 0.6, splitShare: 0.7, thresholds: 5 };
  const [one, two, four] = onThreads(training, drawn);
  expect(two).toEqual(one);
  expect(four).toEqual(one);
  const rows = Int32Array.from({ length: 36_000 }, (_, row) => row);
  const test = Int32Array.from({ length: 4000 }, (_, i) => 36_000 + i);
  const chosen = (threads: number) =>
    chooseLeafwise(
      [{ training: { ...training, rows }, test }],
      [drawn, { ...drawn, splitShare: 0.5, thresholds: 3 }],
      { first: 2, maximum: 4, patience: 4 },
      threads,
    );
  expect(chosen(2)).toEqual(chosen(1));
});

test('the trees of several classes are shared by threads with the same bytes', () => {
  const [one, two, four] = onThreads(table(8000, 8), { ...options, loss: { classes: 8 }, rowShare: 0.95 });
  expect(one.forests).toHaveLength(8);
  expect(two).toEqual(one);
  expect(four).toEqual(one);
});
