import fc from 'fast-check';
import * as v from 'valibot';
import { expect, test } from 'vitest';
import { allowedRow, columns, features, threshold } from '../../testing/cells.ts';
import { anyTree, flatten } from '../../testing/random-forest.ts';
import type { Manifest } from '../manifest/manifest.ts';
import { nearestShare } from './given.ts';
import {
  containing,
  meanInterval,
  probabilityInterval,
  ShortestFormula,
  shortestInterval,
  valueInterval,
} from './interval.ts';
import { logistic } from './link.ts';
import { normalQuantile } from './normal.ts';
import { outcomeInterval } from './outcome.ts';
import { createPredictor, packTrees } from './predictor.ts';

test('the shortest interval is stated by its method and, for each share given, the share of the doubt that is missing', () => {
  const stated = {
    method: 'by hand',
    missing: [
      { given: 0, share: 0.9 },
      { given: 1, share: 0 },
    ],
  };
  expect(v.parse(ShortestFormula, stated)).toEqual(stated);
  for (const wrong of [{}, { ...stated, missing: [] }, { ...stated, missing: [{ given: 0, share: 2 }] }])
    expect(v.is(ShortestFormula, wrong)).toBe(false);
});

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

/** Quantiles of every size, also such that no interval of the answer contains, at some shares. */
const outcome = fc.record({
  method: fc.constant('any'),
  of: fc.constant('difference' as const),
  noise: fc.double({ min: 0, max: 1e6, noNaN: true }),
  quantiles: fc.uniqueArray(fc.integer({ min: 0, max: 12 }), { minLength: 1, maxLength: 5 }).chain((shares) =>
    fc.tuple(
      ...shares
        .sort((a, b) => a - b)
        .map((share) =>
          fc.record({
            given: fc.constant(share / 12),
            low: fc.double({ min: -20, max: 0, noNaN: true }),
            high: fc.double({ min: 0, max: 20, noNaN: true }),
          }),
        ),
    ),
  ),
});

const rows = fc.array(allowedRow, { minLength: 1, maxLength: 8 });

test('an answer lies within its own interval, and a probability within 0 to 1, for one row and for many', () => {
  fc.assert(
    fc.property(model, fc.boolean(), rows, ({ target, answer, forest, spread }, isShortest, given) => {
      const probability = { method: 'any', missing: [{ given: 0, share: 0.5 }] };
      const interval = {
        level: 0.9,
        method: 'any',
        base: 0,
        divisor: 1,
        ...(isShortest && target.type === 'binary' && { probability }),
      } as const;
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

test('an answer lies within the interval of its outcome and in that of the mean, for one row and for many, as a difference and as a ratio', () => {
  fc.assert(
    fc.property(
      fc.boolean(),
      outcome,
      forestOf(-40, 40),
      forestOf(-9, 6),
      rows,
      (isRatio, difference, forest, spread, given) => {
        const target = { name: 'y', type: 'numeric' } as const;
        const answer = { link: isRatio ? 'log' : 'identity', base: 3 } as const;
        const of = isRatio ? ('ratio' as const) : difference.of;
        const noise = isRatio ? difference.noise / 1e6 : difference.noise;
        const interval = {
          level: 0.9,
          method: 'any',
          base: 0,
          divisor: 9,
          outcome: { ...difference, of, noise },
        } as const;
        const formula = { target, answer, interval, features, columns };
        const trees = { forest, spread };
        const { predictCells } = createPredictor(formula, trees, packTrees(trees, features.length));
        const bare = createPredictor(
          { ...formula, interval: { ...interval, outcome: undefined } },
          trees,
          {},
        );
        const together = predictCells(Float64Array.from(given.flat()));
        const { low, high } = bare.predictCells(Float64Array.from(given.flat()));
        expect([together.meanLow, together.meanHigh]).toEqual([low, high]);
        for (const [i, row] of given.entries()) {
          const alone = predictCells(Float64Array.from(row));
          expect([alone.low?.[0], alone.high?.[0]]).toEqual([together.low?.[i], together.high?.[i]]);
          expect(together.low?.[i]).toBeLessThanOrEqual(together.answer[i]);
          expect(together.high?.[i]).toBeGreaterThanOrEqual(together.answer[i]);
        }
      },
    ),
  );
});

test('an answer lies strictly inside the shortest interval of its probability, which holds 90 % of the distribution', () => {
  fc.assert(
    fc.property(
      fc.double({ min: -9, max: 9, noNaN: true }),
      fc.double({ min: 0.01, max: 9, noNaN: true }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (score, s, missing) => {
        const { low, high } = shortestInterval(score, s, missing);
        expect(low).toBeLessThan(logistic(score));
        expect(high).toBeGreaterThan(logistic(score));
        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeLessThanOrEqual(1);
        const mirrored = shortestInterval(-score, s, missing);
        expect(mirrored.low).toBeCloseTo(1 - high, 12);
        expect(mirrored.high).toBeCloseTo(1 - low, 12);
      },
    ),
  );
});

test.each([
  [0.5, 0.3],
  [3, 0.6],
  [2, 1],
  [5, 2],
  [8, 3],
])(
  'with log-odds around %d and s = %d it is at most 5 % longer than the shortest of the intervals that hold 90 %',
  (centre, s) => {
    const { low, high } = shortestInterval(centre, s, 0);
    const lengths = Array.from({ length: 99 }, (_, i) => {
      const below = 0.001 * (i + 1);
      return (
        logistic(centre + s * normalQuantile(below + 0.9)) - logistic(centre + s * normalQuantile(below))
      );
    });
    expect(high - low).toBeLessThan(1.05 * Math.min(...lengths));
    const equalTails = logistic(centre + 1.645 * s) - logistic(centre - 1.645 * s);
    expect(high - low).toBeLessThanOrEqual(equalTails);
  },
);

test.each([
  [1.2, 0.8, 0.5],
  [-0.4, 2, 1],
  [2, 1.5, 0],
])('its ends, for log-odds %d, s = %d and a missing share of %d', (score, s, missing) => {
  const centre = score * Math.sqrt(1 + (Math.PI * missing * s ** 2) / 8);
  const below = 0.05 + 0.049 * Math.tanh(2.25 * s * Math.tanh(centre / 2));
  const { low, high } = shortestInterval(score, s, missing);
  expect(low).toBeCloseTo(logistic(centre + s * normalQuantile(below)), 12);
  expect(high).toBeCloseTo(logistic(centre + s * normalQuantile(below + 0.9)), 12);
});

test('an answer is at least a quarter of a standard deviation inside it', () => {
  expect(shortestInterval(8, 3, 1).low).toBeCloseTo(logistic(8 - 0.75), 12);
  expect(shortestInterval(-8, 3, 1).high).toBeCloseTo(logistic(-8 + 0.75), 12);
});

test('where no column is missing the answer is the centre; the more is missing, the farther from 1/2 is what lies behind it', () => {
  const [none, all] = [0, 1].map((missing) => shortestInterval(2, 1.5, missing));
  expect(all.low).toBeGreaterThan(none.low);
});

test('quantiles are those of the share of given columns that is nearest, of two the smaller one', () => {
  const shares = [0, 0.25, 0.75, 1];
  expect([0, 1, 2, 3, 4].map((given) => nearestShare(shares, given, 4))).toEqual([0, 1, 1, 2, 3]);
  const interval = outcomeInterval(
    {
      method: 'any',
      of: 'difference',
      noise: 3,
      quantiles: shares.map((given, i) => ({ given, low: -i, high: 2 * i })),
    },
    4,
  );
  expect(interval(100, 4, 2)).toEqual({ low: 95, high: 110 });
  expect(interval(100, 4, 3)).toEqual({ low: 90, high: 120 });
});

test('the interval of the outcome of a count has whole numbers from 0 as ends, and the answer inside', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0, max: 1e4, noNaN: true }),
      fc.double({ min: 0, max: 3, noNaN: true }),
      fc.double({ min: -5, max: 0, noNaN: true }),
      fc.double({ min: 0, max: 5, noNaN: true }),
      (answer, s, low, high) => {
        const of = { method: 'any', of: 'count' as const, noise: 1, quantiles: [{ given: 1, low, high }] };
        const ends = outcomeInterval(of, 1)(answer, s, 1);
        expect(Object.values(ends).every((end) => Number.isInteger(end) && end >= 0)).toBe(true);
        expect(ends.low).toBeLessThanOrEqual(answer);
        expect(ends.high).toBeGreaterThanOrEqual(answer);
      },
    ),
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

test('the intervals of a value whose logarithm is normal, and of a mean, are symmetric as ratios', () => {
  const ratio = Math.exp(1.6448536269514722 * 0.3);
  const value = valueInterval(5, 0.3, Math.log(4));
  expect(value.low).toBeCloseTo(4 / ratio, 12);
  expect(value.high).toBeCloseTo(4 * ratio, 12);
  const mean = meanInterval(7, 0.3);
  expect(mean.low).toBeCloseTo(7 / ratio, 12);
  expect(mean.high).toBeCloseTo(7 * ratio, 12);
});

test.each([
  [0.1, { low: 0.1, high: 0.6 }],
  [0.3, { low: 0.2, high: 0.6 }],
  [0.9, { low: 0.2, high: 0.9 }],
])('an interval from 0.2 to 0.6 is widened to an answer outside of it: %d', (answer, widened) => {
  expect(containing(answer, { low: 0.2, high: 0.6 })).toEqual(widened);
});
