import { beforeAll, expect, test } from 'vitest';
import { heartTable } from '../../testing/heart.ts';
import { createDesign, type Design } from '../design.ts';
import { baseRate } from '../learners/base-rate.ts';
import type { Recipe } from '../learners/index.ts';
import type { LearnedClasses, Learner } from '../learners/learner.ts';
import { type Fold, type FoldPool, predictFold } from './fold.ts';
import { splitFold, stratifiedFolds } from './folds.ts';
import { predictOutOfFold, predictOutOfFoldInPool, splitAll } from './out-of-fold.ts';
import { keptColumns } from './random-mask.ts';
import { compare, scoreProbabilities } from './scores.ts';

const protocol = { folds: 10, repeats: 2, seed: 4 };
const label = { en: '', 'pt-BR': '' };
let design: Design;

beforeAll(async () => {
  design = createDesign(await heartTable());
});

test('folds have equal sizes and equal shares of positives', () => {
  const target = Uint8Array.from({ length: 103 }, (_, i) => (i % 3 === 0 ? 1 : 0));
  const fold = stratifiedFolds(target, 10, 1);
  for (let k = 0; k < 10; k++) {
    const rows = [...fold.keys()].filter((row) => fold[row] === k);
    expect([10, 11]).toContain(rows.length);
    expect([3, 4]).toContain(rows.filter((row) => target[row] === 1).length);
  }
  expect(stratifiedFolds(target, 10, 1)).toEqual(fold);
  expect(stratifiedFolds(target, 10, 2)).not.toEqual(fold);
});

test('no row is predicted by a model that was trained on it', () => {
  const remembering: Learner = {
    name: 'memory',
    label,
    learn: (rows) => ({ predict: (row) => (rows.includes(row) ? 1 : 0) }),
  };
  const { whole } = predictOutOfFold(remembering, design, protocol);
  expect(whole).toHaveLength(2);
  for (const repeat of whole) expect(repeat.every((seen) => seen === 0)).toBe(true);
});

test('at a stage, only its columns are given', () => {
  const known = Uint8Array.from(design.columns, (_, i) => (i < 2 ? 1 : 0));
  const counting: Learner = {
    name: 'counter',
    label,
    learn: () => ({ predict: (_row, given) => (given ? given.reduce((a, b) => a + b, 0) : -1) }),
  };
  const { whole, staged } = predictOutOfFold(counting, design, protocol, { stages: [known] });
  expect(new Set(whole[0])).toEqual(new Set([-1]));
  expect(new Set(staged[0][1])).toEqual(new Set([2]));
});

test('a learner that predicts only some folds is scored on their rows', () => {
  const { whole } = predictOutOfFold(baseRate(design), design, protocol, { most: 3 });
  const predicted = whole[0].filter((value) => !Number.isNaN(value)).length;
  expect(predicted).toBeGreaterThan(85);
  expect(predicted).toBeLessThan(95);
  expect(scoreProbabilities(design.target, whole).brier.mean).toBeCloseTo(0.248, 2);
});

test('a model does not differ from itself', () => {
  const { whole } = predictOutOfFold(baseRate(design), design, protocol);
  expect(compare(design.target, whole, whole)).toEqual({ mean: 0, low: 0, high: 0 });
});

/** The parts of a design that predictions need: `count` rows; the target of every third is 1. */
const rowsOf = (count: number, hasClasses = true): Design =>
  ({
    hasClasses,
    target: Array.from({ length: count }, (_, row) => (row % 3 === 0 ? 1 : 0)),
    x: Array.from({ length: count }, () => new Float64Array(0)),
    outputs: 1,
  }) as unknown as Design;

/** Predicts its seed, or, at a stage, the first element of the stage. */
const echo: Learner = {
  name: 'echo',
  label,
  learn: (_rows, seed) => ({ predict: (_row, given) => (given ? given[0] : seed) }),
};
const stages = [Uint8Array.of(7), Uint8Array.of(8)];

test('each fold of each repeat has its own seed, and is reported', () => {
  let calls = 0;
  const result = predictOutOfFold(
    echo,
    rowsOf(12),
    { folds: 3, repeats: 2, seed: 40 },
    { stages, onFold: () => calls++ },
  );
  expect(calls).toBe(6);
  expect(result.whole.map((seeds) => [...new Set(seeds)].sort())).toEqual([
    [40, 41, 42],
    [43, 44, 45],
  ]);
  expect(result.staged.map((stage) => stage.map((repeat) => [...repeat]))).toEqual([
    [Array(12).fill(7), Array(12).fill(7)],
    [Array(12).fill(8), Array(12).fill(8)],
  ]);
});

test('each repeat assigns rows to other folds', () => {
  const [first, second] = splitAll(rowsOf(30), { folds: 3, repeats: 2, seed: 5 });
  expect(first).not.toEqual(second);
  expect(second).toEqual(splitAll(rowsOf(30), { folds: 3, repeats: 1, seed: 6 })[0]);
});

test('folds are stratified for classes, and not for numbers', () => {
  const ones = (rows: Int32Array) => rows.filter((row) => row % 3 === 0);
  for (const [count, folds] of [
    [12, 2],
    [90, 10],
  ]) {
    const [splits] = splitAll(rowsOf(count), { folds, repeats: 1, seed: 3 });
    expect(splits).toHaveLength(folds);
    for (const { test } of splits) expect(ones(test)).toHaveLength(count / 3 / folds);
  }
  const [unstratified] = splitAll(rowsOf(12, false), { folds: 2, repeats: 1, seed: 1 });
  const fold = stratifiedFolds(new Uint8Array(12), 2, 1);
  expect(unstratified).toEqual([0, 1].map((held) => splitFold(fold, held)));
});

test('a pool predicts the same', async () => {
  const protocol = { folds: 3, repeats: 2, seed: 9 };
  const design = rowsOf(12);
  let calls = 0;
  const pool = {
    predict: async ({ fold, stages }: { fold: Fold; stages: Uint8Array[] }) =>
      predictFold(echo, fold, stages),
  } as unknown as FoldPool;
  const options = { stages, most: 5, onFold: () => calls++ };
  const result = await predictOutOfFoldInPool(pool, {} as Recipe, design, protocol, options);
  expect(calls).toBe(5);
  expect(result).toEqual(predictOutOfFold(echo, design, protocol, { stages, most: 5 }));
  expect(await predictOutOfFoldInPool(pool, {} as Recipe, design, protocol)).toEqual(
    predictOutOfFold(echo, design, protocol),
  );
});

test('several outputs of a row stand together, and rows are masked at random in the first repeat only', async () => {
  /** Tells the row, the seed and how many columns are given. */
  const telling: Learner<LearnedClasses> = {
    name: 'telling',
    label,
    learn: (_rows, seed) => ({
      predictClasses: (rows, given) =>
        Float64Array.from(
          [...rows].flatMap((row) => {
            const columns = typeof given === 'function' ? given(row) : (given ?? [9]);
            return [row, seed, [...columns].reduce((sum, each) => sum + each, 0)];
          }),
        ),
    }),
  };
  const design = { ...rowsOf(6), outputs: 3 };
  const protocol = { folds: 2, repeats: 2, seed: 40 };
  const masks = [{ share: 0.5, always: new Uint8Array(20) }];
  const options = { stages: [Uint8Array.of(1, 1)], masks };
  const { whole, staged, masked } = predictOutOfFold(telling, design, protocol, options);
  const outputs = (of: Float64Array, k: number) => [0, 1, 2, 3, 4, 5].map((row) => of[3 * row + k]);
  for (const [repeat, seeds] of [
    [0, [40, 41]],
    [1, [42, 43]],
  ] as const) {
    for (const [each, given] of [
      [whole[repeat], 9],
      [staged[0][repeat], 2],
    ] as const) {
      expect(outputs(each, 0)).toEqual([0, 1, 2, 3, 4, 5]);
      expect([...new Set(outputs(each, 1))].sort()).toEqual(seeds);
      expect(outputs(each, 2)).toEqual(Array(6).fill(given));
    }
  }
  expect(masked).toHaveLength(1);
  const kept = (row: number) => keptColumns(masks[0], row).reduce((sum, each) => sum + each, 0);
  expect(outputs(masked[0], 2)).toEqual([0, 1, 2, 3, 4, 5].map(kept));
  expect(outputs(masked[0], 1)).toEqual(outputs(whole[0], 1));
});
