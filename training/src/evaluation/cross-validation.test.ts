import { expect, test } from 'vitest';
import { baseRate, logisticRegression } from './baselines.ts';
import { crossValidate, score } from './cross-validation.ts';
import { stratifiedFolds } from './folds.ts';

const target = Uint8Array.from({ length: 103 }, (_, i) => (i % 3 === 0 ? 1 : 0));

test('folds are of equal size and hold equal shares of positives', () => {
  const fold = stratifiedFolds(target, 10, 1);
  for (let k = 0; k < 10; k++) {
    const rows = [...fold.keys()].filter((row) => fold[row] === k);
    expect([10, 11]).toContain(rows.length);
    expect([3, 4]).toContain(rows.filter((row) => target[row] === 1).length);
  }
});

test('another seed gives other folds, the same seed the same', () => {
  expect(stratifiedFolds(target, 10, 1)).toEqual(stratifiedFolds(target, 10, 1));
  expect(stratifiedFolds(target, 10, 2)).not.toEqual(stratifiedFolds(target, 10, 1));
});

test('no row is predicted by a model that has seen it', () => {
  const remembering = (train: Int32Array) => (row: number) => (train.includes(row) ? 1 : 0);
  const [first, second] = crossValidate(remembering, target, { folds: 10, repeats: 2, seed: 4 });
  expect([...first, ...second].every((seen) => seen === 0)).toBe(true);
});

test('the base rate has no skill, and a feature that tells the target has all', () => {
  const x = Array.from(target, (y, i) => Float64Array.of(y * 10 + (i % 7)));
  const protocol = { folds: 5, repeats: 2, seed: 1 };
  const flat = score(target, crossValidate(baseRate(target), target, protocol));
  const sharp = score(target, crossValidate(logisticRegression(x, target), target, protocol));
  expect(flat.brier.mean).toBeCloseTo((34 / 103) * (69 / 103), 2);
  expect(sharp.auc.mean).toBe(1);
  expect(sharp.brier.mean).toBeLessThan(0.02);
});

test('a logistic regression takes a missing value for the mean of the column', () => {
  const x = Array.from(target, (y, i) => Float64Array.of(y + (i % 2)));
  const rows = Int32Array.from(x.keys());
  const mean = x.reduce((sum, [value]) => sum + value, 0) / x.length;
  const predict = logisticRegression([...x, Float64Array.of(Number.NaN), Float64Array.of(mean)], target)(
    rows,
    1,
  );
  expect(predict(103)).toBeCloseTo(predict(104), 12);
});
