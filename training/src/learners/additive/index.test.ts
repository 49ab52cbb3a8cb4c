import { encodeForest, sumLeaves } from '@hearth/artifact';
import { describe, expect, test } from 'vitest';
import { createRandom } from '../../random.ts';
import {
  fitAdditiveScore,
  fitAdditiveSpread,
  type NumberTable,
  type SummedForest,
  tuneAdditive,
  unmoderated,
} from './index.ts';
import { simulateRows, simulateTable, trueScore, truths } from './simulated.ts';
import { fitSubset, prepare, scoreRow } from './subset-model.ts';

const table = simulateTable(truths.nonlinear, 400, 11);
const rows = Int32Array.from(table.x.keys());
const penalties = tuneAdditive(table, rows, 1);
const model = fitAdditiveScore(table, rows, penalties, 1);
const spread = fitAdditiveSpread(table, rows, penalties, 1);
const fresh = simulateRows(1000, createRandom(12));
const truth = fresh.map((x) => trueScore(truths.nonlinear, x));

/** The answer of a model to a row if only some columns are known. */
function answer(
  { forest, features, answer: { base, divisor } }: SummedForest,
  x: Float64Array,
  known: readonly number[],
): number {
  const encoded = Float64Array.from(features, ({ column, equals }) => {
    if (!known.includes(column)) return Number.NaN;
    return equals === undefined ? x[column] : x[column] === equals ? 1 : 0;
  });
  return (base + sumLeaves(forest, encoded)) / divisor;
}
const all = table.columns.map((_, j) => j);
const stages = [[0], [0, 1, 2, 3], [2, 5, 9], [0, 1, 2, 3, 4, 5, 6, 7], all];

describe('a forest for every subset of columns', () => {
  test('recovers a nonlinear additive truth', () => {
    const scores = fresh.map((x) => answer(model, x, all));
    expect(correlation(scores, truth)).toBeGreaterThan(0.9);
  });

  test('predicts the base rate if nothing is known', () => {
    const share = rows.reduce((sum, row) => sum + table.target[row], 0) / rows.length;
    expect(1 / (1 + Math.exp(-answer(model, fresh[0], [])))).toBeCloseTo(share, 4);
  });

  test.each(stages.map((known) => ({ known })))(
    'agrees with a model that is fitted to the columns $known alone',
    ({ known }) => {
      const prepared = prepare(table, rows);
      const dedicated = fitSubset(prepared, known, penalties);
      const partly = (x: Float64Array) => x.map((value, j) => (known.includes(j) ? value : Number.NaN));
      const squares = fresh.reduce(
        (sum, x) => sum + (answer(model, x, known) - scoreRow(dedicated, prepared.basis, partly(x))) ** 2,
        0,
      );
      expect(Math.sqrt(squares / fresh.length)).toBeLessThan(0.3);
    },
  );

  test('has the number of rows as the cover of each root, and covers add up', () => {
    const { roots, cover, left, right, feature } = model.forest;
    for (const root of roots) expect(cover[root]).toBeCloseTo(rows.length, 6);
    for (const [node, f] of feature.entries()) {
      if (f >= 0) expect(cover[left[node]] + cover[right[node]]).toBeCloseTo(cover[node], 6);
    }
  });

  test('has the same bytes for the same arguments', () => {
    const again = fitAdditiveScore(table, rows, penalties, 1);
    expect(encodeForest(again.forest)).toEqual(encodeForest(model.forest));
    const spreadAgain = fitAdditiveSpread(table, rows, penalties, 1);
    expect(encodeForest(spreadAgain.forest)).toEqual(encodeForest(spread.forest));
  });
});

test('fitted on a sample, the covers still count all rows', () => {
  const many = Array.from({ length: 9000 }, (_, i) => Float64Array.of(i / 3000, i % 2));
  const target = Float64Array.from(many, ([value, category]) => 2 * value + category);
  const columns = [{ kind: 'numeric' as const }, { kind: 'category' as const, categories: 2 }];
  const wide: NumberTable = { x: many, columns, target, loss: 'squared' };
  const learned = fitAdditiveScore(wide, Int32Array.from(many.keys()), { ridge: 1, smooth: 1 }, 1);
  for (const root of learned.forest.roots) expect(learned.forest.cover[root]).toBeCloseTo(9000, 6);
  expect(answer(learned, Float64Array.of(1.5, 1), [0, 1])).toBeCloseTo(4, 0);
});

describe('the spread', () => {
  const shareInside = (known: readonly number[]) => {
    const inside = fresh.filter((x, i) => {
      const s = Math.exp(answer(spread, x, known));
      return Math.abs(truth[i] - unmoderated(answer(model, x, known), s * s)) <= 1.6449 * s;
    });
    return inside.length / fresh.length;
  };

  test.each([[], ...stages].map((known) => ({ known })))(
    'gives an interval that contains the true full score in 82 to 98 of 100 rows if $known are known',
    ({ known }) => {
      expect(shareInside(known)).toBeGreaterThan(0.82);
      expect(shareInside(known)).toBeLessThan(0.98);
    },
  );

  test('becomes smaller as more columns are known', () => {
    const widths = [[], ...stages.slice(0, 2), ...stages.slice(3)].map(
      (known) => fresh.reduce((sum, x) => sum + Math.exp(answer(spread, x, known)), 0) / fresh.length,
    );
    for (let i = 1; i < widths.length; i++) expect(widths[i]).toBeLessThan(widths[i - 1]);
  });
});

describe('a numeric target', () => {
  const random = createRandom(21);
  const value = (x: Float64Array) => 100 + 10 * trueScore(truths.additive, x);
  const numbers: NumberTable = {
    ...table,
    target: Float64Array.from(table.x, (x) => value(x) + 40 * (random.uniform() - 0.5)),
    loss: 'squared',
  };
  const tuned = tuneAdditive(numbers, rows, 1);
  const learned = fitAdditiveScore(numbers, rows, tuned, 1);
  const uncertainty = fitAdditiveSpread(numbers, rows, tuned, 1);

  test('is predicted in its own unit', () => {
    const errors = fresh.map((x) => answer(learned, x, all) - value(x));
    expect(Math.sqrt(errors.reduce((sum, e) => sum + e * e, 0) / errors.length)).toBeLessThan(5);
    const mean = rows.reduce((sum, row) => sum + numbers.target[row], 0) / rows.length;
    expect(answer(learned, fresh[0], [])).toBeCloseTo(mean, 6);
  });

  test.each([{ known: [0] }, { known: [0, 1, 2, 3, 4, 5] }, { known: all }])(
    'lies in its interval in 82 to 98 of 100 rows if $known are known',
    ({ known }) => {
      const inside = fresh.filter(
        (x) =>
          Math.abs(value(x) - answer(learned, x, known)) <= 1.6449 * Math.exp(answer(uncertainty, x, known)),
      );
      expect(inside.length).toBeGreaterThan(820);
      expect(inside.length).toBeLessThan(980);
    },
  );
});

function correlation(a: readonly number[], b: readonly number[]): number {
  const mean = (v: readonly number[]) => v.reduce((sum, x) => sum + x, 0) / v.length;
  const [ma, mb] = [mean(a), mean(b)];
  const product = (u: readonly number[], mu: number, v: readonly number[], mv: number) =>
    u.reduce((sum, x, i) => sum + (x - mu) * (v[i] - mv), 0);
  return product(a, ma, b, mb) / Math.sqrt(product(a, ma, a, ma) * product(b, mb, b, mb));
}
