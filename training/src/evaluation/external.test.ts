import fc from 'fast-check';
import { expect, test } from 'vitest';
import { figuresOf } from './external.ts';
import { scoreQuantiles } from './quantile-scores.ts';
import { calibrationOfValues, reliabilityOfValues } from './value-calibration.ts';

test('no bin of an evaluation at another place has fewer than five rows, and each row is in one', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 20, maxLength: 60 }),
      (drawn) => {
        const prediction = Float64Array.from(drawn);
        const target = prediction.map((_, i) => i % 2);
        const { reliability } = figuresOf('chance', target, prediction, { outputs: 1 });
        expect(reliability.reduce((sum, { rows }) => sum + rows, 0)).toBe(drawn.length);
        for (const { low, high, rows, predicted, observed } of reliability) {
          expect(rows).toBeGreaterThanOrEqual(5);
          expect(predicted).toBeGreaterThanOrEqual(low - 1e-12);
          expect(predicted).toBeLessThanOrEqual(high + 1e-12);
          expect(observed * rows).toBeCloseTo(Math.round(observed * rows), 9);
        }
        const sum = reliability.reduce((total, { rows, predicted }) => total + rows * predicted, 0);
        expect(sum).toBeCloseTo(
          drawn.reduce((a, b) => a + b, 0),
          9,
        );
      },
    ),
    { numRuns: 100 },
  );
});

/** Bins with so many rows, each a tenth wide; every second row is positive. */
const binsOf = (...rows: number[]) => {
  const drawn = rows.flatMap((count, i) => Array<number>(count).fill(i / 10 + 0.05));
  const prediction = Float64Array.from(drawn);
  return figuresOf(
    'chance',
    prediction.map((_, i) => i % 2),
    prediction,
    { outputs: 1 },
  );
};

test.each([
  [
    [5, 5],
    [
      [0, 0.1, 5],
      [0.1, 0.2, 5],
    ],
  ],
  [
    [2, 3, 5],
    [
      [0, 0.2, 5],
      [0.2, 0.3, 5],
    ],
  ],
  [[5, 4], [[0, 0.2, 9]]],
  [
    [4, 0, 1, 0, 6, 4],
    [
      [0, 0.3, 5],
      [0.4, 0.6, 10],
    ],
  ],
  [[3], [[0, 0.1, 3]]],
])('of bins with %j rows, those below five are joined: %j', (rows, expected) => {
  expect(binsOf(...rows).reliability.map((bin) => [bin.low, bin.high, bin.rows])).toEqual(expected);
});

test('a joined bin has the means of its rows', () => {
  const [{ predicted, observed }] = binsOf(1, 3).reliability;
  expect(predicted).toBeCloseTo((0.05 + 3 * 0.15) / 4, 12);
  expect(observed).toBe(0.5);
});

test('the figures of probabilities count the positives, and thresholds besides the hundredths', () => {
  const target = Float64Array.of(0, 1, 1);
  const { kind, ...figures } = figuresOf('chance', target, Float64Array.of(0.2, 0.1, 0.9), {
    outputs: 1,
    threshold: 0.125,
  });
  expect(kind).toBe('chance');
  expect(figures.positives).toBe(2);
  expect(figures.scores.brier.mean).toBeCloseTo((0.04 + 0.81 + 0.01) / 3, 12);
  expect(figures.thresholds?.at).toContain(0.125);
});

test('the figures of values are their scores, calibration and groups', () => {
  const prediction = Float64Array.of(1, 2, 3, 5);
  const { kind, ...figures } = figuresOf('value', Float64Array.of(1, 2, 3, 4), prediction, { outputs: 1 });
  expect(kind).toBe('value');
  expect(figures).toMatchObject({
    scores: { mae: { mean: 0.25 } },
    calibration: { slope: { mean: expect.closeTo(0.7428571428571429, 12) } },
    reliability: [{ low: 1, high: 5, rows: 4, predicted: 2.75, observed: 2.5 }],
  });
});

test('the figures of quantiles are their scores, and calibration and groups of the middle one', () => {
  const target = Float64Array.of(1, 2, 3, 4);
  const rows = [
    [0, 1, 2],
    [1, 2, 4],
    [2, 3, 5],
    [3, 5, 9],
  ];
  const quantiles = [0.1, 0.5, 0.9];
  const prediction = Float64Array.from(rows.flat());
  const middle = Float64Array.of(1, 2, 3, 5);
  const { scores, calibration, reliability } = figuresOf('value', target, prediction, {
    outputs: 3,
    quantiles,
  });
  expect(scores).toEqual(scoreQuantiles(target, [prediction], quantiles));
  expect({ calibration, reliability }).toEqual({
    calibration: calibrationOfValues(target, middle),
    reliability: reliabilityOfValues(target, middle),
  });
});

test('the figures of several classes are their scores, the reliability of each, and which are confused', () => {
  const target = Float64Array.of(0, 0, 1, 2, 2);
  const rows = [
    [0.8, 0.1, 0.1],
    [0.3, 0.6, 0.1],
    [0.1, 0.8, 0.1],
    [0.1, 0.1, 0.8],
    [0.2, 0.2, 0.6],
  ];
  const { kind, ...figures } = figuresOf('classes', target, Float64Array.from(rows.flat()), { outputs: 3 });
  expect(kind).toBe('classes');
  expect(figures.scores.accuracy.mean).toBe(0.8);
  expect(figures.scores.brier.mean).toBeCloseTo((0.06 + 0.86 + 0.06 + 0.06 + 0.24) / 5, 12);
  expect(figures.confusion).toEqual([
    [1, 1, 0],
    [0, 1, 0],
    [0, 0, 2],
  ]);
  expect(figures.classes.map(({ reliability }) => reliability.map((bin) => bin.rows))).toEqual([
    [5],
    [5],
    [5],
  ]);
});
