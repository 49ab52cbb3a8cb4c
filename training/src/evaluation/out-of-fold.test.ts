import { beforeAll, expect, test } from 'vitest';
import { heartTable } from '../../testing/heart.ts';
import { createDesign, type Design } from '../design.ts';
import { baseRate } from '../learners/base-rate.ts';
import type { Recipe } from '../learners/index.ts';
import type { Learner } from '../learners/learner.ts';
import { type Fold, type FoldPool, predictFold } from './fold.ts';
import { stratifiedFolds } from './folds.ts';
import { dealFolds, learnOutOfFold, predictOutOfFold } from './out-of-fold.ts';
import { compare, scoreChances } from './score.ts';

const protocol = { folds: 10, repeats: 2, seed: 4 };
const label = { en: '', 'pt-BR': '' };
let design: Design;

beforeAll(async () => {
  design = createDesign(await heartTable());
});

test('folds are of equal size and hold equal shares of positives', () => {
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

test('no row is predicted by a model that has seen it', () => {
  const remembering: Learner = {
    name: 'memory',
    label,
    learn: (rows) => ({ predict: (row) => (rows.includes(row) ? 1 : 0) }),
  };
  const { whole } = predictOutOfFold(remembering, design, protocol);
  expect(whole).toHaveLength(2);
  for (const repeat of whole) expect(repeat.every((seen) => seen === 0)).toBe(true);
});

test('a stage of knowledge gives only its columns', () => {
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

test('a learner that is too slow for all folds is scored on the rows it predicted', () => {
  const { whole } = predictOutOfFold(baseRate(design), design, protocol, { most: 3 });
  const predicted = whole[0].filter((value) => !Number.isNaN(value)).length;
  expect(predicted).toBeGreaterThan(85);
  expect(predicted).toBeLessThan(95);
  expect(scoreChances(design.target, whole).brier.mean).toBeCloseTo(0.248, 2);
});

test('a model compared with itself does not differ', () => {
  const { whole } = predictOutOfFold(baseRate(design), design, protocol);
  expect(compare(design.target, whole, whole)).toEqual({ mean: 0, low: 0, high: 0 });
});

/** What predictions need of a design: `count` rows, every third of which is 1. */
const rowsOf = (count: number, hasClasses = true): Design =>
  ({
    hasClasses,
    target: Array.from({ length: count }, (_, row) => (row % 3 === 0 ? 1 : 0)),
    x: Array.from({ length: count }, () => new Float64Array(0)),
  }) as unknown as Design;

/** Answers the seed that it learned with, and what is known where something is. */
const telling: Learner = {
  name: 'telling',
  label,
  learn: (_rows, seed) => ({ predict: (_row, known) => (known ? known[0] : seed) }),
};
const stages = [Uint8Array.of(7), Uint8Array.of(8)];

test('each fold of each repeat is learned with a seed of its own, and told', () => {
  let told = 0;
  const result = predictOutOfFold(
    telling,
    rowsOf(12),
    { folds: 3, repeats: 2, seed: 40 },
    { stages, onFold: () => told++ },
  );
  expect(told).toBe(6);
  expect(result.whole.map((seeds) => [...new Set(seeds)].sort())).toEqual([
    [40, 41, 42],
    [43, 44, 45],
  ]);
  expect(result.staged.map((stage) => stage.map((repeat) => [...repeat]))).toEqual([
    [Array(12).fill(7), Array(12).fill(7)],
    [Array(12).fill(8), Array(12).fill(8)],
  ]);
});

test('repeats deal other folds', () => {
  const [first, second] = dealFolds(rowsOf(30), { folds: 3, repeats: 2, seed: 5 });
  expect(first).not.toEqual(second);
  expect(second).toEqual(dealFolds(rowsOf(30), { folds: 3, repeats: 1, seed: 6 })[0]);
});

test('folds hold equal shares of classes, and of numbers only equal counts', () => {
  const protocol = { folds: 2, repeats: 1, seed: 1 };
  const design = rowsOf(12);
  const ones = (fold: Uint8Array) =>
    design.target && [...fold.keys()].filter((row) => fold[row] === 0 && row % 3 === 0);
  expect(ones(dealFolds(design, protocol)[0])).toHaveLength(2);
  const many = rowsOf(90);
  const [fold] = dealFolds(many, { folds: 10, repeats: 1, seed: 3 });
  for (let k = 0; k < 10; k++)
    expect([...fold.keys()].filter((row) => fold[row] === k && row % 3 === 0)).toHaveLength(3);
  const unstratified = dealFolds(rowsOf(12, false), protocol)[0];
  expect(unstratified).toEqual(stratifiedFolds(new Uint8Array(12), 2, 1));
});

test('learners that learn elsewhere predict the same', async () => {
  const protocol = { folds: 3, repeats: 2, seed: 9 };
  const design = rowsOf(12);
  let told = 0;
  const learners = {
    predict: async ({ fold, stages }: { fold: Fold; stages: Uint8Array[] }) =>
      predictFold(telling, fold, stages),
  } as unknown as FoldPool;
  const options = { stages, most: 5, onFold: () => told++ };
  const result = await learnOutOfFold(learners, {} as Recipe, design, protocol, options);
  expect(told).toBe(5);
  expect(result).toEqual(predictOutOfFold(telling, design, protocol, { stages, most: 5 }));
  expect(await learnOutOfFold(learners, {} as Recipe, design, protocol)).toEqual(
    predictOutOfFold(telling, design, protocol),
  );
});
