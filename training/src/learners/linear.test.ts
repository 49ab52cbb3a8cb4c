import { expect, test } from 'vitest';
import { heartTable } from '../../testing/heart.ts';
import { createDesign } from '../design.ts';
import { predictOutOfFold } from '../evaluation/out-of-fold.ts';
import { compare, scoreCalibrated, scoreProbabilities } from '../evaluation/scores.ts';
import { baseRate } from './base-rate.ts';
import { linear } from './linear.ts';

test('logistic regression reaches its known accuracy on these patients and beats the base rate', async () => {
  const design = createDesign(await heartTable());
  const protocol = { folds: 10, repeats: 2, seed: 4 };
  const sharp = predictOutOfFold(linear(design), design, protocol).whole;
  const flat = predictOutOfFold(baseRate(design), design, protocol).whole;
  const scores = scoreCalibrated(design.target, sharp);
  expect(scores.brier.mean).toBeGreaterThan(0.105);
  expect(scores.brier.mean).toBeLessThan(0.125);
  expect(scores.auc.mean).toBeGreaterThan(0.9);
  expect(scores.brier.low).toBeLessThan(scores.brier.mean);
  expect(scoreProbabilities(design.target, flat).brier.mean).toBeCloseTo(0.248, 2);
  const { mean, high } = compare(design.target, sharp, flat);
  expect(mean).toBeCloseTo(scores.brier.mean - scoreProbabilities(design.target, flat).brier.mean, 10);
  expect(high).toBeLessThan(0);
});
