import { expect, test } from 'vitest';
import { createRandom } from '../random.ts';
import {
  correctClasses,
  correctedAnswer,
  correctedClassAnswer,
  correction,
  scoringOf,
  shareOfPositives,
  sharesOfClasses,
} from './prior.ts';

/** A case-control sample: 60 rows of class 1 and 40 of class 0, of a population with 5 %. */
const target = Float64Array.from({ length: 100 }, (_, i) => Number(i < 60));
const every = Int32Array.from(target.keys());
const design = { target, sampling: { prior: 0.05 } };

/** P(1 | x) = P(x | 1) π / (P(x | 1) π + P(x | 0) (1 − π)), where the sample has the share τ in the place of π. */
function bayes(probability: number, training: number, population: number): number {
  const ones = (probability / training) * population;
  const zeros = ((1 - probability) / (1 - training)) * (1 - population);
  return ones / (ones + zeros);
}

test("a corrected probability is that of Bayes' rule", () => {
  const correct = correction(design, every);
  for (const probability of [0.001, 0.3, 0.6, 0.99])
    expect(correct(probability)).toBeCloseTo(bayes(probability, 0.6, 0.05), 12);
  expect(correct(0.6)).toBeCloseTo(0.05, 12);
  expect(correction({ target }, every)(0.3)).toBe(0.3);
});

test('the correction is in the offset of log-odds, and in the recalibration of a share', () => {
  const shift = Math.log(0.05 / 0.95) - Math.log(0.6 / 0.4);
  expect(correctedAnswer(design, every, { link: 'logit', base: 1 })).toEqual({
    link: 'logit',
    base: 1,
    offset: shift,
  });
  expect(correctedAnswer(design, every, { link: 'identity', divisor: 9 })).toEqual({
    link: 'identity',
    divisor: 9,
    recalibration: { intercept: shift, slope: 1 },
  });
});

test('scores count the classes by their shares in the population', () => {
  const { weights } = scoringOf(design);
  if (!weights) throw new Error('with a prior, rows are weighted');
  const sum = (some: Float64Array) => some.reduce((a, b) => a + b, 0);
  expect(sum(weights)).toBeCloseTo(100, 9);
  expect(sum(weights.slice(0, 60))).toBeCloseTo(5, 9);
  expect(shareOfPositives({ target, sampling: { weights } }, every)).toBeCloseTo(0.05, 12);
  expect(scoringOf({ target })).toEqual({});
});

test('a model of a case-control sample, corrected, is calibrated in its population', () => {
  const random = createRandom(4);
  const risk = (x: number) => 1 / (1 + Math.exp(4.5 - 2 * x));
  const population = Array.from({ length: 60_000 }, () => {
    const x = random.uniform() * 2;
    return { x, y: Number(random.uniform() < risk(x)) };
  });
  const ones = population.filter(({ y }) => y === 1);
  const zeros = population.filter(({ y }) => y === 0).slice(0, ones.length);
  const share = ones.length / population.length;
  const sample = { target: [...ones, ...zeros].map(({ y }) => y), sampling: { prior: share } };
  const correct = correction(sample, Int32Array.from(sample.target.keys()));
  // the share of class 1 in the sample near some x, which is what a model of the sample learns
  for (const at of [0.5, 1, 1.5]) {
    const near = (rows: typeof ones) => rows.filter(({ x }) => Math.abs(x - at) < 0.05).length;
    const learned = near(ones) / (near(ones) + near(zeros));
    expect(correct(learned) / risk(at)).toBeGreaterThan(0.85);
    expect(correct(learned) / risk(at)).toBeLessThan(1.15);
  }
});

/** 50, 30 and 20 rows of three classes, of a population with other shares. */
const three = {
  target: Float64Array.from({ length: 100 }, (_, i) => (i < 50 ? 0 : i < 80 ? 1 : 2)),
  sampling: { priors: [0.1, 0.2, 0.7] },
};

test('probabilities of several classes are multiplied by the ratio of the shares, and divided by their sum', () => {
  const probabilities = Float64Array.of(0.5, 0.3, 0.2, 0.2, 0.2, 0.6);
  correctClasses(three, every, probabilities);
  for (const [k, share] of [0.1, 0.2, 0.7].entries()) expect(probabilities[k]).toBeCloseTo(share, 12);
  const products = [0.2 * 0.2, 0.2 * (2 / 3), 0.6 * 3.5];
  const sum = products.reduce((a, b) => a + b);
  for (const [k, product] of products.entries()) expect(probabilities[3 + k]).toBeCloseTo(product / sum, 12);
});

test('of several classes the correction is in the offset of the scores, or in scale and offset of shares', () => {
  const { offset } = correctedClassAnswer(three, every, { link: 'softmax', divisor: 2 });
  const ratios = [0.2, 2 / 3, 3.5];
  for (const [k, ratio] of ratios.entries()) expect((offset as number[])[k]).toBeCloseTo(Math.log(ratio), 12);
  const shares = correctedClassAnswer(three, every, {
    link: 'identity',
    scale: 0.5,
    offset: [0.1, 0.2, 0.2],
  });
  expect(shares.link).toBe('share');
  for (const [k, ratio] of ratios.entries()) {
    expect((shares.scale as number[])[k]).toBeCloseTo(0.5 * ratio, 12);
    expect((shares.offset as number[])[k]).toBeCloseTo([0.1, 0.2, 0.2][k] * ratio, 12);
  }
});

test('scores count several classes by their shares in the population', () => {
  const { weights } = scoringOf(three);
  const shares = sharesOfClasses({ ...three, sampling: { weights } }, every, 3);
  for (const [k, share] of three.sampling.priors.entries()) expect(shares[k]).toBeCloseTo(share, 12);
});
