import { expect, test } from 'vitest';
import { createRandom } from '../../random.ts';
import { squared } from './family.ts';
import { fullScore } from './full-score.ts';
import { fitPenalised, leverages } from './penalised-fit.ts';
import { normal } from './simulated.ts';
import { fitSpread } from './spread.ts';
import { functionsOf, type Prepared, prepare } from './subset-model.ts';

const penalties = { ridge: 2, smooth: 0.5 };
const sum = (terms: Iterable<number>) => Array.from(terms).reduce((total, term) => total + term, 0);

/** Rows of a category and a number whose effect is larger in category 1; the number of the first row is far from all others. */
function simulate(rows: number, weights?: Float64Array): Prepared {
  const random = createRandom(6);
  const x = Array.from({ length: rows }, (_, i) => Float64Array.of(i % 2, i === 0 ? 9 : normal(random)));
  return prepare(
    {
      x,
      columns: [{ kind: 'category', categories: 2 }, { kind: 'numeric' }],
      target: Float64Array.from(x, ([a, b]) => (1 + 2 * a) * b + 0.3 * normal(random)),
      loss: 'squared',
      ...(weights && { sampling: { weights } }),
    },
    Int32Array.from(x.keys()),
  );
}
const rows = 40;
const prepared = simulate(rows);
const full = fullScore(prepared, penalties);

/** The standard deviation s of each row, given the known columns. */
function deviations(known: readonly number[]): number[] {
  const mask = Uint8Array.from(prepared.basis, (_, j) => (known.includes(j) ? 1 : 0));
  const { intercept, steps } = fitSpread(prepared, penalties)(mask);
  return Array.from({ length: rows }, (_, i) =>
    Math.exp(intercept + sum(steps.map((heights, j) => heights?.[prepared.bins[j][i]] ?? 0))),
  );
}

test('if nothing is known, s² is the variance of the full scores plus their mean posterior variance', () => {
  const mean = sum(full.mean) / rows;
  const variance = sum(full.mean.map((score) => (score - mean) ** 2)) / (rows - 1);
  for (const s of deviations([])) expect(s ** 2).toBeCloseTo(variance + sum(full.variance) / rows, 6);
});

test('where rows have weights, s² is the mean by them', () => {
  const weights = Float64Array.from({ length: rows }, (_, i) => 0.5 + (i % 3));
  const weighted = simulate(rows, weights);
  const { mean, variance } = fullScore(weighted, penalties);
  const total = sum(weights);
  const centre = sum(mean.map((score, i) => weights[i] * score)) / total;
  const squares = mean.map(
    (score, i) => weights[i] * ((score - centre) ** 2 / (1 - weights[i] / total) + variance[i]),
  );
  const { intercept } = fitSpread(weighted, penalties)(new Uint8Array(2));
  expect(Math.exp(2 * intercept)).toBeCloseTo(sum(squares) / total, 6);
});

/** The penalty of each function of the numeric column. */
const penaltiesOf = (ridge: number, smooth: number) =>
  prepared.basis[1].roughness.map((rough) => Math.sqrt(1 / 2) * ridge + smooth * rough);

/** Squared distances of the full score from its regression on the number, corrected for leverage, plus the posterior variance. */
function distances(): number[] {
  const functions = functionsOf(prepared, [1]);
  const fit = fitPenalised(prepared.design, functions, penaltiesOf(1, 0.3), full.mean, squared);
  const own = leverages(prepared.design, functions, fit);
  expect(own[0]).toBeGreaterThan(0.95);
  return Array.from(
    own,
    (h, i) => (full.mean[i] - fit.score[i]) ** 2 / Math.max(1 - h, 0.1) + full.variance[i],
  );
}

test('if the number is known, s² maximises the penalised gamma likelihood of the distances', () => {
  const { share, functions } = prepared.basis[1];
  const bins = prepared.bins[1];
  const s = deviations([1]);
  const relative = distances().map((distance, i) => distance / s[i] ** 2);
  expect(sum(relative) / rows).toBeCloseTo(1, 2);
  const heights = share.map((_, bin) => 2 * Math.log(s[bins.indexOf(bin)]));
  for (const [k, penalty] of penaltiesOf(10, 3).entries()) {
    const coefficient = sum(share.map((part, bin) => part * heights[bin] * functions[k][bin]));
    const slope = sum(relative.map((each, i) => (each - 1) * functions[k][bins[i]]));
    expect(slope / (penalty * coefficient)).toBeCloseTo(1, 1);
    expect(Math.abs(slope - penalty * coefficient)).toBeLessThan(0.04);
  }
});
