import { expect, test } from 'vitest';
import { scoreQuantiles } from './quantile-scores.ts';
import { scoreValues } from './scores.ts';

const levels = [0.1, 0.5, 0.9];
const target = [4, 10, 1];
/** Lower, middle and upper quantile of each row. */
const predictions = Float64Array.of(...[2, 5, 6], ...[4, 8, 9], ...[3, 4, 5]);

test('quantiles are scored by their mean pinball loss, its interval, and the middle one as a value', () => {
  const rows = [
    (0.1 * 2 + 0.5 * 1 + 0.1 * 2) / 3,
    (0.1 * 6 + 0.5 * 2 + 0.9 * 1) / 3,
    (0.9 * 2 + 0.5 * 3 + 0.1 * 4) / 3,
  ];
  const mean = (rows[0] + rows[1] + rows[2]) / 3;
  const variance = rows.reduce((sum, loss) => sum + (loss - mean) ** 2, 0) / 2;
  const half = 1.959963984540054 * Math.sqrt(variance / 3);
  const { pinball, ...scores } = scoreQuantiles(target, [predictions], levels);
  expect(pinball).toEqual({
    mean: expect.closeTo(mean, 12),
    sd: 0,
    low: expect.closeTo(mean - half, 12),
    high: expect.closeTo(mean + half, 12),
  });
  expect(scores).toEqual(scoreValues(target, [Float64Array.of(5, 8, 4)]));
});

test('rows that are left out, weights and repeats are those of other scores', () => {
  const shifted = predictions.map((quantile) => quantile + 1);
  const weights = Float64Array.of(1, 3, 1);
  const among = Int32Array.of(0, 1);
  const scores = scoreQuantiles(target, [predictions, shifted], levels, among, { weights });
  const middle = [Float64Array.of(5, 8, 4), Float64Array.of(6, 9, 5)];
  expect(scores).toMatchObject(scoreValues(target, middle, among, { weights }));
  const ofRepeats = [(0.3 + 3 * (2.5 / 3)) / 4, ((0.1 + 1 + 0.3) / 3 + 3 * ((0.5 + 0.5 + 0) / 3)) / 4];
  expect(scores.pinball?.mean).toBeCloseTo((ofRepeats[0] + ofRepeats[1]) / 2, 12);
});
