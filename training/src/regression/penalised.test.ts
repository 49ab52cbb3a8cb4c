import { expect, test } from 'vitest';
import { createRandom } from '../random.ts';
import { fitColumns, rowsOfColumns } from './fit-columns.ts';
import { createRidgeFit } from './penalised.ts';
import { rowScorer, scalePlaces } from './sparse-rows.ts';

const random = createRandom(3);
const a = Array.from({ length: 50 }, () => random.uniform());
const b = Array.from({ length: 50 }, () => random.uniform());

test('without noise and penalty, the fit recovers the coefficients', () => {
  const [intercept, first, second] = fitColumns(
    'squared',
    [a, b],
    a.map((x, i) => 1 + 2 * x - 3 * b[i]),
    0,
  );
  expect(intercept).toBeCloseTo(1, 6);
  expect(first).toBeCloseTo(2, 6);
  expect(second).toBeCloseTo(-3, 6);
});

test('a penalty shrinks the coefficients but not the mean', () => {
  const target = a.map((x) => 5 + 2 * x);
  const centred = a.map((x) => x - a.reduce((sum, y) => sum + y, 0) / a.length);
  const [intercept, slope] = fitColumns('squared', [centred], target, 100);
  expect(slope).toBeLessThan(0.5);
  expect(intercept).toBeCloseTo(target.reduce((sum, y) => sum + y, 0) / target.length, 10);
});

test('at the estimate the gradient of the penalised squares is zero, and the intercept is not penalised', () => {
  const ridge = 3;
  const target = a.map((x, i) => 4 + x * b[i]);
  const [intercept, first, second] = fitColumns('squared', [a, b], target, ridge);
  const residual = target.map((y, i) => y - intercept - first * a[i] - second * b[i]);
  const sum = (terms: number[]) => terms.reduce((total, term) => total + term, 0);
  expect(sum(residual)).toBeCloseTo(0, 9);
  expect(sum(residual.map((r, i) => r * a[i])) - ridge * first).toBeCloseTo(0, 7);
  expect(sum(residual.map((r, i) => r * b[i])) - ridge * second).toBeCloseTo(0, 7);
});

test('the gradient is zero too where full steps of Newton would pass the estimate again and again', () => {
  const columns = [
    [10, 1, 54, 46],
    [1, 14, 8, 2],
  ];
  const x = rowsOfColumns(columns, 4);
  const [rows, target, weights] = [Int32Array.of(0, 1, 2, 3), [1, 1, 1, 0], [2, 24, 72, 50]];
  const places = [1, 2].map((at) => ({ at, given: 0 }));
  const scales = scalePlaces(x, places, rows, weights);
  const beta = createRidgeFit({ x, scales, rows, target, weights, loss: 'logistic' })(0.3);
  const score = rowScorer(x, scales, beta);
  const residual = Array.from(rows, (row) => weights[row] * (target[row] - 1 / (1 + Math.exp(-score(row)))));
  const standardised = (j: number) => rowScorer(x, [scales[j]], Float64Array.of(0, 1));
  const along = (j: number) => residual.reduce((sum, each, row) => sum + each * standardised(j)(row), 0);
  expect(residual.reduce((sum, each) => sum + each)).toBeCloseTo(0, 6);
  expect(along(0) - 0.3 * beta[1]).toBeCloseTo(0, 6);
  expect(along(1) - 0.3 * beta[2]).toBeCloseTo(0, 6);
});

test('a target of one class, constant columns and columns that separate the classes give finite coefficients', () => {
  const constant = a.map(() => 3);
  const separating = a.map((_, i) => i);
  for (const target of [a.map(() => 0), a.map(() => 1), a.map((_, i) => Number(i > 20))]) {
    const beta = fitColumns('logistic', [constant, separating, separating], target, 0.3);
    expect(beta.every(Number.isFinite)).toBe(true);
  }
});

test('identical columns get equal coefficients', () => {
  const [, first, second] = fitColumns(
    'squared',
    [a, a],
    a.map((x) => 2 * x),
    0,
  );
  expect(first).toBeCloseTo(1, 4);
  expect(second).toBeCloseTo(1, 4);
});

test('with weights the coefficients are those of lm(y ~ a + b, weights = w) in R', () => {
  const columns = [
    [0.5, -1, 1.2, 0.1, 2, 0.8, -0.5, 1.5],
    [1, 0, 0, 1, 1, 0, 1, 0],
  ];
  const beta = fitColumns('squared', columns, [2, 0, 5, 1, 7, 3, 0, 4], 0, [1, 2, 1, 3, 1, 1, 2, 1]);
  for (const [i, value] of [1.722919585318, 2.256934715607, -0.588988512188].entries())
    expect(beta[i]).toBeCloseTo(value, 8);
});

test('indicators, numbers and missing values are standardised without being written out', () => {
  const rows = 300;
  const draw = createRandom(8);
  const place = (of: () => number) => Array.from({ length: rows }, of);
  const number = place(() => (draw.below(5) === 0 ? Number.NaN : draw.uniform()));
  const level = place(() => draw.below(3));
  const target = place(() => draw.below(2)).map((noise, i) =>
    draw.below(3) === 0 ? noise : Number(number[i] > 0.4 || level[i] === 1),
  );
  const weights = place(() => 1 + draw.below(3));
  const given = number.map((each) => Number(!Number.isNaN(each)));
  const indicators = [0, 1, 2].map((each) => level.map((own) => Number(own === each)));
  const x = rowsOfColumns([given, number.map((each) => each || 0), ...indicators], rows);
  const every = Int32Array.from({ length: rows }, (_, row) => row);
  const places = [{ at: 2, given: 1 }, ...indicators.map((_, k) => ({ at: 3 + k, given: 0 }))];
  const scales = scalePlaces(x, places, every, weights);
  const fit = createRidgeFit({ x, scales, rows: every, target, weights, loss: 'logistic' });
  const standardised = [number, ...indicators].map((column, j) =>
    column.map((each) => (Number.isNaN(each) ? 0 : (each - scales[j].mean) / scales[j].sd)),
  );
  for (const ridge of [30, 3]) {
    const beta = fit(ridge);
    const written = fitColumns('logistic', standardised, target, ridge, weights);
    for (const [i, value] of written.entries()) expect(beta[i]).toBeCloseTo(value, 10);
    const score = rowScorer(x, scales, beta);
    for (let row = 0; row < rows; row++)
      expect(score(row)).toBeCloseTo(
        standardised.reduce((sum, column, j) => sum + column[row] * beta[j + 1], beta[0]),
        10,
      );
  }
  const [{ mean, sd }] = scales;
  const weighted = (of: (value: number) => number) =>
    number.reduce((sum, each, i) => sum + (given[i] ? weights[i] * of(each) : 0), 0) /
    given.reduce((sum, each, i) => sum + each * weights[i], 0);
  expect(mean).toBeCloseTo(
    weighted((each) => each),
    12,
  );
  expect(sd).toBeCloseTo(Math.sqrt(weighted((each) => (each - mean) ** 2)), 12);
});
