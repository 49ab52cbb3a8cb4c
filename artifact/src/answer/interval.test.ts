import fc from 'fast-check';
import { expect, test } from 'vitest';
import { allowedRow, columns, features, threshold } from '../../testing/cells.ts';
import { anyTree, flatten } from '../../testing/random-forest.ts';
import type { Manifest } from '../manifest/manifest.ts';
import { containing, probabilityInterval, valueInterval } from './interval.ts';
import { logistic } from './link.ts';
import { createPredictor, packTrees } from './predictor.ts';

const leaves = (min: number, max: number) =>
  fc.record({ value: fc.oneof(fc.double({ min, max, noNaN: true }), fc.constantFrom(min, max)) });

const forestOf = (min: number, max: number) =>
  fc
    .array(anyTree({ features: features.length, threshold, leaf: leaves(min, max) }), {
      minLength: 1,
      maxLength: 6,
    })
    .map(flatten);

/** Formulas of every kind, with leaves that keep the answer within its range. */
const model = fc.oneof(
  fc.record({
    target: fc.constant<Manifest['target']>({ name: 'y', type: 'binary' }),
    answer: fc.record({
      base: fc.double({ min: -9, max: 9, noNaN: true }),
      divisor: fc.constantFrom(1, 3, -2),
      link: fc.constant('logit' as const),
    }),
    forest: forestOf(-9, 9),
    spread: forestOf(-3, 9),
  }),
  fc.record({
    target: fc.constant<Manifest['target']>({ name: 'y', type: 'binary' }),
    // at most six trees: a mean of probabilities, including exactly 0 and 1
    answer: fc.constant({ base: 0, divisor: 6, link: 'identity' as const }),
    forest: forestOf(0, 1),
    spread: forestOf(-3, 9),
  }),
  fc.record({
    target: fc.constant<Manifest['target']>({ name: 'y', type: 'numeric' }),
    answer: fc.record({
      base: fc.double({ min: -1e9, max: 1e9, noNaN: true }),
      divisor: fc.constantFrom(1, 7, -2),
      link: fc.constant('identity' as const),
    }),
    forest: forestOf(-1e6, 1e6),
    spread: forestOf(-40, 40),
  }),
);

const rows = fc.array(allowedRow, { minLength: 1, maxLength: 8 });

test('an answer lies within its own interval, and a probability within 0 to 1, for one row and for many', () => {
  fc.assert(
    fc.property(model, rows, ({ target, answer, forest, spread }, given) => {
      const interval = { level: 0.9, method: 'any', base: 0, divisor: 1 } as const;
      const formula = { target, answer, interval, features, columns };
      const trees = { forest, spread };
      const { predictCells } = createPredictor(formula, trees, packTrees(trees, features.length));
      const together = predictCells(Float64Array.from(given.flat()));
      for (const [i, row] of given.entries()) {
        const alone = predictCells(Float64Array.from(row));
        for (const [{ answer, low, high }, at] of [
          [together, i],
          [alone, 0],
        ] as const) {
          expect(low?.[at]).toBeLessThanOrEqual(answer[at]);
          expect(high?.[at]).toBeGreaterThanOrEqual(answer[at]);
          if (target.type === 'numeric') continue;
          expect(low?.[at]).toBeGreaterThanOrEqual(0);
          expect(high?.[at]).toBeLessThanOrEqual(1);
        }
      }
    }),
    { numRuns: 300 },
  );
});

test('if the mean lies beyond the quantiles, the interval ends at the mean', () => {
  const probability = logistic(4);
  const { low, high } = probabilityInterval(probability, 4, 30);
  expect(low).toBe(probability);
  expect(high).toBe(1);
});

test('otherwise the interval ends at the quantiles', () => {
  const probability = logistic(1);
  const { low, high } = probabilityInterval(probability, 1, 0.5);
  const centre = Math.sqrt(1 + (Math.PI * 0.25) / 8);
  expect(low).toBeCloseTo(logistic(centre - 1.6448536269514722 * 0.5), 15);
  expect(high).toBeCloseTo(logistic(centre + 1.6448536269514722 * 0.5), 15);
});

test('the interval of a value is symmetric', () => {
  const { low, high } = valueInterval(-170, 20);
  expect(low).toBeCloseTo(-170 - 1.6448536269514722 * 20, 12);
  expect(high).toBeCloseTo(-170 + 1.6448536269514722 * 20, 12);
});

test.each([
  [0.1, { low: 0.1, high: 0.6 }],
  [0.3, { low: 0.2, high: 0.6 }],
  [0.9, { low: 0.2, high: 0.9 }],
])('an interval from 0.2 to 0.6 is widened to an answer outside of it: %d', (answer, widened) => {
  expect(containing(answer, { low: 0.2, high: 0.6 })).toEqual(widened);
});
