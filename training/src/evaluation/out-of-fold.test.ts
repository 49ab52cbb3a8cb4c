import { beforeAll, expect, test } from 'vitest';
import { heartTable } from '../../testing/heart.ts';
import { createDesign, type Design } from '../design.ts';
import { baseRate } from '../learners/base-rate.ts';
import type { Learner } from '../learners/learner.ts';
import { linear } from '../learners/linear.ts';
import { stratifiedFolds } from './folds.ts';
import { predictOutOfFold } from './out-of-fold.ts';
import { compare, scoreCalibrated, scoreChances } from './score.ts';

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

test('logistic regression has the skill that is known of it on these patients, the base rate none', () => {
  const sharp = predictOutOfFold(linear(design), design, protocol).whole;
  const flat = predictOutOfFold(baseRate(design), design, protocol).whole;
  const scores = scoreCalibrated(design.target, sharp);
  expect(scores.brier.mean).toBeGreaterThan(0.105);
  expect(scores.brier.mean).toBeLessThan(0.125);
  expect(scores.auc.mean).toBeGreaterThan(0.9);
  expect(scores.brier.low).toBeLessThan(scores.brier.mean);
  expect(scoreChances(design.target, flat).brier.mean).toBeCloseTo(0.248, 2);
  const { mean, high } = compare(design.target, sharp, flat);
  expect(mean).toBeCloseTo(scores.brier.mean - scoreChances(design.target, flat).brier.mean, 10);
  expect(high).toBeLessThan(0);
});

test('a model compared with itself does not differ', () => {
  const { whole } = predictOutOfFold(baseRate(design), design, protocol);
  expect(compare(design.target, whole, whole)).toEqual({ mean: 0, low: 0, high: 0 });
});
