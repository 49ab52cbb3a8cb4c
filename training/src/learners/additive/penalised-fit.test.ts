import { expect, test } from 'vitest';
import { createRandom } from '../../random.ts';
import { fitColumns } from '../../regression/fit-columns.ts';
import { logistic, squared } from './family.ts';
import { logEvidence } from './full-score.ts';
import { fitPenalised, leverages } from './penalised-fit.ts';
import { normal } from './simulated.ts';

const rows = 200;
const random = createRandom(3);
const values = Float64Array.from({ length: 3 * rows }, () => normal(random));
const column = (f: number) => values.subarray(f * rows, (f + 1) * rows);
const design = { rows, functions: 3, values };
const binary = Float64Array.from({ length: rows }, (_, i) => (column(0)[i] + normal(random) > 0.3 ? 1 : 0));

test('the logistic fit is ridge regression by iteratively reweighted least squares', () => {
  const fit = fitPenalised(design, Int32Array.of(0, 2), Float64Array.of(2, 2), binary, logistic);
  const [intercept, ...slopes] = fitColumns('logistic', [column(0), column(2)], binary, 2);
  expect(fit.intercept).toBeCloseTo(intercept, 4);
  expect([...fit.coefficients]).toEqual(slopes.map((slope) => expect.closeTo(slope, 4)));
});

test('a fit of separable classes with a tiny penalty is finite', () => {
  const separable = Float64Array.from(column(1), (x) => (x > 0 ? 1 : 0));
  const fit = fitPenalised(design, Int32Array.of(1), Float64Array.of(1e-4), separable, logistic);
  expect(fit.coefficients[0]).toBeGreaterThan(10);
  expect(fit.score.every(Number.isFinite)).toBe(true);
});

test('leverages of an unpenalised squared fit sum to the number of coefficients', () => {
  const fit = fitPenalised(design, Int32Array.of(0, 1, 2), new Float64Array(3).fill(1e-9), binary, squared);
  expect(leverages(design, Int32Array.of(0, 1, 2), fit).reduce((sum, h) => sum + h, 0)).toBeCloseTo(4, 6);
});

test('the evidence is highest if the penalty is the inverse variance of the true coefficients', () => {
  const functions = 40;
  const wide = Float64Array.from({ length: functions * 1000 }, () => normal(random));
  const beta = Float64Array.from({ length: functions }, () => normal(random) / 2);
  const target = Float64Array.from({ length: 1000 }, (_, i) =>
    beta.reduce((sum, b, f) => sum + b * wide[f * 1000 + i], normal(random)),
  );
  const evidence = [0.25, 1, 4, 16, 64].map((ridge) => {
    const penalty = new Float64Array(functions).fill(ridge);
    const all = Int32Array.from({ length: functions }, (_, f) => f);
    const fit = fitPenalised({ rows: 1000, functions, values: wide }, all, penalty, target, squared);
    return logEvidence(fit, penalty, target, squared);
  });
  expect(evidence.indexOf(Math.max(...evidence))).toBe(2);
});
