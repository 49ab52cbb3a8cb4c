import { expect, test } from 'vitest';
import { createRandom } from '../random.ts';
import { fitColumns } from './fit-columns.ts';
import { fitSoftmax, type SoftmaxRows, softmaxLoss, softmaxScores } from './softmax.ts';

const random = createRandom(2);
const n = 300;
const a = Array.from({ length: n }, () => random.uniform() * 4 - 2);
const b = a.map((value) => value + 0.05 * random.uniform()); // almost the same column
const x = Float64Array.from(
  { length: 3 * n },
  (_, i) => [1, a[Math.floor(i / 3)], b[Math.floor(i / 3)]][i % 3],
);
const target = Uint8Array.from(a, (value) =>
  random.uniform() < 0.2 ? random.below(3) : value < -0.5 ? 0 : value < 1 ? 1 : 2,
);

test('at the estimate the gradient of the penalised likelihood is zero', () => {
  const ridge = 2;
  const rows = { x, width: 3, target, classes: 3 };
  const beta = fitSoftmax(rows, ridge);
  const p = softmaxScores(rows, beta);
  softmaxLoss(p, target, 3);
  for (let j = 0; j < 3; j++) {
    for (let k = 0; k < 3; k++) {
      const slope = target.reduce((sum, y, i) => sum + x[3 * i + j] * (p[3 * i + k] - Number(y === k)), 0);
      expect(slope + (j > 0 ? ridge * beta[3 * j + k] : 0)).toBeCloseTo(0, 1);
    }
  }
});

test('of two classes it is logistic regression with the penalty shared by both', () => {
  const two = target.map((y) => Math.min(1, y));
  const beta = fitSoftmax({ x, width: 3, target: two, classes: 2 }, 4);
  // half of each coefficient is in each class: ridge · 2 · (β/2)² = ridge/2 · β²
  const logistic = fitColumns('logistic', [a, b], Array.from(two), 2);
  for (let j = 0; j < 3; j++) expect(beta[2 * j + 1] - beta[2 * j]).toBeCloseTo(logistic[j], 2);
});

test('separable classes give finite coefficients, and a start changes nothing', () => {
  const rows = {
    x: Float64Array.of(1, 1, 1, 2, 1, 3, 1, 4, 1, 5, 1, 6),
    width: 2,
    target: Uint8Array.of(0, 0, 1, 1, 2, 2),
    classes: 3,
  };
  const beta = fitSoftmax(rows, 0.1);
  expect(beta.every(Number.isFinite)).toBe(true);
  const again = fitSoftmax(rows, 0.1, { start: fitSoftmax(rows, 10) });
  for (const [i, value] of beta.entries()) expect(again[i]).toBeCloseTo(value, 2);
});

test('a row of weight 3 counts as three rows', () => {
  const weights = Float64Array.from(target, (_, i) => 1 + (i % 3));
  const copies = Array.from(weights.keys()).flatMap((i) => new Array<number>(weights[i]).fill(i));
  const rows = { x, width: 3, target, classes: 3 };
  const repeated = {
    ...rows,
    x: Float64Array.from(copies.flatMap((i) => Array.from(x.subarray(3 * i, 3 * i + 3)))),
    target: Uint8Array.from(copies, (i) => target[i]),
  };
  const precise = { precision: 1e-14 };
  const weighted = fitSoftmax({ ...rows, weights }, 2, precise);
  for (const [i, beta] of fitSoftmax(repeated, 2, precise).entries())
    expect(weighted[i]).toBeCloseTo(beta, 5);
});

test.each([
  [
    0.5,
    undefined,
    [
      [-0.055646549, -0.209780758, 0.265427307],
      [-0.872116226, 1.040432468, -0.168316242],
      [0.239028535, -0.205001438, -0.034027097],
    ],
  ],
  [
    2,
    Float64Array.of(1, 2, 1, 0.5, 1, 3, 1, 1, 2, 1.5),
    [
      [-0.34909296, 0.003861129, 0.345231831],
      [-0.610850365, 0.617134028, -0.006283663],
      [0.212206066, -0.121924518, -0.090281547],
    ],
  ],
])(
  'the coefficients are those of LogisticRegression(C=1 / %d) in scikit-learn 1.9',
  (ridge, weights, expected) => {
    const columns = [
      [0.5, 1.5, -0.3, 2.2, -1.1, 0.9, -2, 1.3, 0.1, -0.7],
      [1, -1, 2, 0.4, -0.6, 0, 1.2, -1.7, 0.8, -2.1],
    ];
    const rows = {
      x: Float64Array.from(columns[0].flatMap((first, i) => [1, first, columns[1][i]])),
      width: 3,
      target: Uint8Array.of(0, 1, 2, 1, 0, 2, 0, 1, 1, 2),
      classes: 3,
      weights,
    };
    for (const [i, beta] of fitSoftmax(rows, ridge, { precision: 1e-14 }).entries())
      expect(beta).toBeCloseTo(expected.flat()[i], 6);
  },
);

/** Fits and counts how often the target was looked at: once for each loss, once for each gradient. */
function countedFit(
  { target, ...rows }: SoftmaxRows,
  ridge: number,
  options?: { start?: Float64Array; precision?: number },
) {
  let looks = 0;
  const counted = {
    ...rows,
    get target() {
      looks++;
      return target;
    },
  };
  const beta = fitSoftmax(counted, ridge, options);
  return { beta, looks };
}

test('columns that are almost the same do not slow it down', () => {
  const rows = { x, width: 3, target, classes: 3 };
  expect(countedFit(rows, 0.001).looks).toBeLessThanOrEqual(31);
  const { beta, looks } = countedFit(rows, 0.001, { precision: 1e-14 });
  expect(looks).toBeLessThanOrEqual(39);
  for (const j of [1, 2]) expect(beta[3 * j] + beta[3 * j + 1] + beta[3 * j + 2]).toBeCloseTo(0, 6);
});

test('it ends at once where it starts at the solution, or nothing can be learned', () => {
  const rows = { x, width: 3, target, classes: 3 };
  const start = fitSoftmax(rows, 0.001, { precision: 1e-14 });
  expect(countedFit(rows, 0.001, { start }).looks).toBeLessThanOrEqual(6);
  const even = { x: Float64Array.of(1, 1), width: 1, target: Uint8Array.of(0, 1), classes: 2 };
  expect(countedFit(even, 1)).toEqual({ beta: new Float64Array(2), looks: 3 });
});

test('it ends where no step lowers the loss, because rounding hides what is left', () => {
  const rows = {
    x: Float64Array.of(1, 1000.5, 1, 1, 1001.5, -1, 1, 999.7, 2, 1, 1002.2, 0.4, 1, 998.9, -0.6),
    width: 3,
    target: Uint8Array.of(0, 1, 2, 1, 0),
    classes: 3,
  };
  const { beta, looks } = countedFit(rows, 0.01, { precision: 0 });
  expect(looks).toBeLessThanOrEqual(120);
  const probabilities = softmaxScores(rows, beta);
  softmaxLoss(probabilities, rows.target, 3);
  for (const [row, y] of rows.target.entries()) expect(probabilities[3 * row + y]).toBeGreaterThan(0.8);
});

test('it finds the solution from a start far off, where whole steps are too long', () => {
  const rows = { x, width: 3, target, classes: 3 };
  const start = Float64Array.from({ length: 9 }, (_, i) => 3 * (((7 * i) % 5) - 2));
  const { beta, looks } = countedFit(rows, 0.001, { start, precision: 1e-12 });
  for (const [i, value] of fitSoftmax(rows, 0.001, { precision: 1e-14 }).entries())
    if (i >= 3) expect(Math.abs(beta[i] - value)).toBeLessThan(0.001);
  expect(looks).toBeLessThanOrEqual(125);
});

test.each([
  // (½ XᵀX + ridge) d = -gradient: [[2, 0], [0, 9]] d = [-1, 2]
  ['', undefined, [-1 / 2, 2 / 9]],
  // [[3, 2], [2, 13]] d = [0, 4]
  [' of rows with weights', Float64Array.of(3, 1, 1, 1), [-8 / 35, 12 / 35]],
])('the first step%s is the one of the bound on the second derivatives', (_, weights, expected) => {
  const rows = { x: Float64Array.of(1, 2, 1, 2, 1, -2, 1, -2), width: 2, target: Uint8Array.of(0, 1, 1, 1) };
  const beta = fitSoftmax({ ...rows, classes: 2, weights }, 1, { precision: Infinity });
  for (const j of [0, 1]) {
    expect(beta[2 * j]).toBeCloseTo(expected[j], 8);
    expect(beta[2 * j + 1]).toBeCloseTo(-expected[j], 8);
  }
});

test('scores are sums of products, whatever was in their place', () => {
  const rows = { x: Float64Array.of(1, 2, 1, 0), width: 2, classes: 3 };
  const beta = Float64Array.of(1, 2, 3, 10, 20, 30);
  expect([...softmaxScores(rows, beta)]).toEqual([21, 42, 63, 1, 2, 3]);
  expect([...softmaxScores(rows, beta, new Float64Array(6).fill(7))]).toEqual([21, 42, 63, 1, 2, 3]);
});

test('the loss of scores is Σ −weight · ln p, also of scores whose exponentials are no numbers', () => {
  const scores = Float64Array.of(0, Math.log(3), 0, 1000, -2000, -2000 + Math.log(4));
  const loss = softmaxLoss(scores, [1, 0, 0], 2, Float64Array.of(1, 2, 3));
  for (const [i, p] of [0.25, 0.75, 0, 1, 0.2, 0.8].entries()) expect(scores[i]).toBeCloseTo(p, 12);
  expect(loss).toBeCloseTo(-Math.log(0.75) + 2 * 1000 - 3 * Math.log(0.2), 9);
  expect(softmaxLoss(Float64Array.of(0, 0), [1], 2)).toBeCloseTo(Math.log(2), 12);
});
