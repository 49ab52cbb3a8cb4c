import { sumLeaves } from '@hearth/artifact';
import { expect, test } from 'vitest';
import { binTable, boost } from '../grow/index.ts';
import { families } from '../learners/additive/family.ts';
import { type NumberTable, simulateTable, truths } from '../learners/additive/index.ts';
import { fitPenalised } from '../learners/additive/penalised-fit.ts';
import { fitSubset, prepare, scoreRow } from '../learners/additive/subset-model.ts';
import { createRandom } from '../random.ts';
import { fitColumns } from '../regression/fit-columns.ts';
import { effectiveRows, scaleWeights } from './sampling.ts';

/** 200 rows with whole weights from 1 to 4, and the same rows as often as they weigh. */
const random = createRandom(5);
const count = 200;
const x = [0, 1].map(() =>
  Float64Array.from({ length: count }, () => Math.round(random.uniform() * 40) / 10),
);
const target = Float64Array.from(x[0], (a, i) => Number(random.uniform() < 1 / (1 + Math.exp(x[1][i] - a))));
const weights = Float64Array.from(target, () => 1 + random.below(4));
const copies = Int32Array.from(
  Array.from(weights.keys()).flatMap((row) => new Array<number>(weights[row]).fill(row)),
);
const repeat = (values: Float64Array) => Float64Array.from(copies, (row) => values[row]);

const expectClose = (a: ArrayLike<number>, b: ArrayLike<number>, digits: number) => {
  expect(a.length).toBe(b.length);
  for (let i = 0; i < a.length; i++) expect(a[i]).toBeCloseTo(b[i], digits);
};

test.each(['logistic', 'squared'] as const)(
  'a weighted regression with the %s loss equals that of the repeated rows',
  (loss) => {
    const weighted = fitColumns(loss, x, target, 2, weights);
    expectClose(weighted, fitColumns(loss, x.map(repeat), repeat(target), 2), 9);
  },
);

test.each(['logistic', 'squared'] as const)(
  'a weighted additive fit with the %s loss equals that of the repeated rows',
  (loss) => {
    const tableOf = (columns: Float64Array[], y: Float64Array, w?: Float64Array): NumberTable => ({
      x: Array.from(y, (_, i) => Float64Array.from(columns, (values) => values[i])),
      columns: [{ kind: 'numeric' }, { kind: 'category', categories: 9 }],
      target: y,
      loss,
      ...(w && { sampling: { weights: w } }),
    });
    const classes = x[1].map((value) => Math.round(value * 2));
    const penalties = { ridge: 3, smooth: 8 };
    const fits = [
      tableOf([x[0], classes], target, weights),
      tableOf([repeat(x[0]), repeat(classes)], repeat(target)),
    ].map((table) => {
      const prepared = prepare(table, Int32Array.from(table.x.keys()));
      const score = fitSubset(prepared, [0, 1], penalties);
      return { prepared, score };
    });
    const [weighted, repeated] = fits;
    expect(weighted.prepared.scale).toBeCloseTo(repeated.prepared.scale, 12);
    for (const row of weighted.prepared.table.x) {
      expect(scoreRow(weighted.score, weighted.prepared.basis, row)).toBeCloseTo(
        scoreRow(repeated.score, repeated.prepared.basis, row),
        6,
      );
    }
  },
);

test('the curvature of a weighted fit is that of the repeated rows, and so is its variance', () => {
  const design = { rows: count, functions: 1, values: x[0] };
  const penalty = Float64Array.of(1);
  const one = Int32Array.of(0);
  const repeatedDesign = { rows: copies.length, functions: 1, values: repeat(x[0]) };
  const weighted = fitPenalised(design, one, penalty, target, families.logistic, weights);
  const repeated = fitPenalised(repeatedDesign, one, penalty, repeat(target), families.logistic);
  for (const [i, row] of weighted.factor.entries()) {
    for (let j = 0; j <= i; j++) expect(row[j]).toBeCloseTo(repeated.factor[i][j], 6);
  }
});

test('boosting weighted rows equals boosting the repeated rows', () => {
  const options = { loss: 'logistic', rate: 0.1, maxDepth: 2, minimumWeight: 1, l2: 1, seed: 1 } as const;
  const grown = (columns: Float64Array[], y: Float64Array, w?: Float64Array) =>
    boost(
      {
        table: binTable(columns.map((values) => ({ kind: 'numeric', values }))),
        target: y,
        rows: Int32Array.from(y.keys()),
        ...(w && { weights: w }),
      },
      options,
      20,
    );
  const weighted = grown(x, target, weights);
  const repeated = grown(x.map(repeat), repeat(target));
  expect(weighted.base).toBeCloseTo(repeated.base, 12);
  expect(weighted.forest.cover[0]).toBe(copies.length);
  for (let i = 0; i < count; i++) {
    const row = Float64Array.of(x[0][i], x[1][i]);
    expect(sumLeaves(weighted.forest, row)).toBeCloseTo(sumLeaves(repeated.forest, row), 9);
  }
});

test('weights of 1 leave a fit as it is, to the bit', () => {
  const table = simulateTable(truths.additive, 100, 1);
  const every = Int32Array.from(table.x.keys());
  const ones = { ...table, sampling: { weights: new Float64Array(100).fill(1) } };
  const fit = (of: NumberTable) => fitSubset(prepare(of, every), [0, 1], { ridge: 3, smooth: 8 });
  expect(fit(ones)).toEqual(fit(table));
});

test('the unit of weights does not matter, and they add up to the effective number of rows', () => {
  const scaled = scaleWeights(weights);
  const sum = scaled.reduce((a, b) => a + b, 0);
  expect(sum).toBeCloseTo(effectiveRows(weights), 9);
  expect(sum).toBeCloseTo(
    scaled.reduce((a, b) => a + b * b, 0),
    9,
  );
  expectClose(scaleWeights(weights.map((weight) => 1000 * weight)), scaled, 12);
  expect(effectiveRows(Float64Array.of(2, 2, 2))).toBeCloseTo(3, 12);
  expect(effectiveRows(Float64Array.of(1, 1e-9))).toBeCloseTo(1, 6);
});
