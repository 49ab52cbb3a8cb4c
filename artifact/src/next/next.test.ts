import fc from 'fast-check';
import { expect, test } from 'vitest';
import { logistic } from '../answer/link.ts';
import type { Column } from '../columns/columns.ts';
import type { Bins } from '../manifest/manifest.ts';
import type { Model } from '../model.ts';
import { likelyValues } from './likely-values.ts';
import { type NextQuestion, nextQuestion } from './next.ts';
import { tilted } from './tilt.ts';

const sum = (values: ArrayLike<number>) => Array.from(values).reduce((a, b) => a + b, 0);
const finite = fc.double({ min: -1e3, max: 1e3, noNaN: true });

test('tilted shares have the wanted mean and keep their order among equal values; there are none for a mean outside the values', () => {
  const cases = fc.record({
    values: fc.array(finite, { minLength: 2, maxLength: 20 }),
    raw: fc.array(fc.double({ min: 0.01, max: 1, noNaN: true }), { minLength: 20, maxLength: 20 }),
    at: fc.double({ min: -0.2, max: 1.2, noNaN: true }),
  });
  fc.assert(
    fc.property(cases, ({ values, raw, at }) => {
      const whole = sum(raw.slice(0, values.length));
      const shares = values.map((_, i) => raw[i] / whole);
      const [least, greatest] = [Math.min(...values), Math.max(...values)];
      const mean = least + at * (greatest - least);
      const weights = tilted(values, shares, mean);
      if (!(mean > least && mean < greatest)) return weights === undefined;
      if (!weights) return at < 1e-6 || at > 1 - 1e-6;
      return (
        Math.abs(sum(weights) - 1) < 1e-9 &&
        Math.abs(sum(weights.map((weight, i) => weight * values[i])) - mean) <= 1e-8 * (greatest - least)
      );
    }),
  );
  const before = [0.2, 0.5, 0.3];
  expect(Array.from(tilted([1, 2, 3], before, 2.1) ?? [])).toEqual(
    before.map((each) => expect.closeTo(each, 9)),
  );
});

const seen = { minimum: 0, maximum: 9 };
const number: Column = { name: 'n', type: 'number', seen };
const bins = (more: Partial<Bins>): Bins => ({ column: 'n', counts: [], missing: 0, ...more });
const valuesOf = (column: Column, more: Partial<Bins>, most = 20) => {
  const { cells, shares } = likelyValues(column, bins(more), most) ?? { cells: [], shares: [] };
  return [Array.from(cells), Array.from(shares)];
};

test('a column is likely to have the middles of its bins, as values that it allows, or the levels that its bins name', () => {
  const two = { edges: [0, 4, 9], counts: [3, 1] };
  expect(valuesOf(number, two)).toEqual([
    [2, 6.5],
    [0.75, 0.25],
  ]);
  expect(valuesOf({ ...number, type: 'integer' }, two)).toEqual([
    [1, 6],
    [0.75, 0.25],
  ]);
  expect(valuesOf({ ...number, enum: [9, 0, 3, 5] }, two)).toEqual([
    [3, 9],
    [0.75, 0.25],
  ]);
  const day = 86_400;
  const date: Column = { name: 'n', type: 'date', seen: { minimum: '1970-01-01', maximum: '1970-01-04' } };
  expect(valuesOf(date, { edges: [0, 2 * day, 5 * day], counts: [1, 1] })[0]).toEqual([day, 3 * day]);
  const category: Column = {
    name: 'n',
    type: 'category',
    categories: [{ value: 'a' }, { value: 'b' }, { value: 'c' }],
  };
  expect(valuesOf(category, { values: ['c', 'a'], counts: [6, 2, 2] })).toEqual([
    [2, 0],
    [0.75, 0.25],
  ]);
  const boolean: Column = { name: 'n', type: 'boolean' };
  expect(valuesOf(boolean, { values: ['true', 'false'], counts: [1, 1] })[0]).toEqual([1, 0]);
  expect(valuesOf(boolean, { values: ['true'], counts: [4] })).toEqual([[], []]);
});

test('of more bins than asked for, neighbours are joined, and no row is lost', () => {
  const [cells, shares] = valuesOf(number, { edges: [0, 1, 2, 3, 4, 5], counts: [1, 1, 1, 1, 1] }, 2);
  expect(cells).toEqual([1.5, 4]);
  expect(shares).toEqual([0.6, 0.4]);
});

const coin = (column: string): Bins => ({ column, values: ['false', 'true'], counts: [50, 50], missing: 0 });

/** A model of independent yes-no columns with these weights in the log-odds, whose interval narrows as much as the column weighs. */
function coins(weights: Record<string, number>, more: object = {}): Pick<Model, 'manifest' | 'predictCells'> {
  const names = Object.keys(weights);
  const manifest = {
    columns: names.map((name) => ({ name, type: 'boolean' })),
    features: names.map((column) => ({ column })),
    target: { name: 'y', type: 'binary' },
    interval: {},
    data: { bins: names.map(coin) },
    ...more,
  } as unknown as Model['manifest'];
  return {
    manifest,
    predictCells(cells) {
      const rows = cells.length / names.length;
      const answer = new Float64Array(rows);
      const [low, high] = [new Float64Array(rows), new Float64Array(rows)];
      for (let row = 0; row < rows; row++) {
        let [score, s] = [0, 0];
        for (const [i, name] of names.entries()) {
          const cell = cells[row * names.length + i];
          if (Number.isNaN(cell)) s += Math.abs(weights[name]);
          else score += (2 * cell - 1) * weights[name];
        }
        answer[row] = logistic(score);
        low[row] = logistic(score - s);
        high[row] = logistic(score + s);
      }
      return { answer, low, high };
    },
  };
}

const judge = (model: Parameters<typeof nextQuestion>[0]) => nextQuestion(model) as NextQuestion;

test('the column that weighs most is expected to narrow the answer most, and no value of it lies outside of what is expected', () => {
  const question = judge(coins({ weak: 0.3, strong: 2 }));
  const nothing = Float64Array.of(Number.NaN, Number.NaN);
  const known = question.known(nothing);
  const [weak, strong] = question.places.map(
    (place) => question.expected(nothing, place, known) ?? Number.NaN,
  );
  expect(strong).toBeLessThan(weak);
  expect(weak).toBeLessThan(known.size);
  // both values are equally likely and lead to intervals of the same width
  const given = question.known(Float64Array.of(Number.NaN, 1));
  expect(strong).toBeCloseTo(given.size, 12);
});

test('a column is not judged where the answer to no value is above, or to none below, the answer of the row', () => {
  const question = judge(coins({ a: 1, b: 1 }));
  const row = Float64Array.of(Number.NaN, 1);
  const known = question.known(row);
  expect(question.expected(row, 0, { ...known, answer: 0.999 })).toBeUndefined();
  expect(question.expected(row, 0, known)).toBeTypeOf('number');
});

test('a probability without an interval is judged by its entropy', () => {
  const question = judge(coins({ a: 1, b: 1 }, { interval: undefined }));
  expect(question.measure).toBe('entropy');
  expect(question.known(Float64Array.of(Number.NaN, Number.NaN)).size).toBe(1);
});

test('a model that cannot say it says why', () => {
  expect(nextQuestion(coins({ a: 1 }, { data: {} }))).toMatch(/how its training rows are spread/);
  expect(
    nextQuestion(coins({ a: 1 }, { interval: undefined, target: { name: 'y', type: 'numeric' } })),
  ).toMatch(/no interval/);
});
