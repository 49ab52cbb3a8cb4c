import { sumLeaves } from '@hearth/artifact';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { everyRow, featuresOfRow, type Sample, samples, trainingRows } from '../../../testing/grow-tables.ts';
import { createRandom } from '../../random.ts';
import type { GrowColumn } from '../bins.ts';
import { type BoostOptions, boost, createBooster } from './boosting.ts';
import { chooseRounds } from './rounds.ts';

const options: BoostOptions = {
  loss: 'logistic',
  rate: 0.1,
  maxDepth: 3,
  minimumWeight: 0.1,
  l2: 1,
  seed: 7,
};
const binary = samples(fc.nat(1)).filter(({ target }) => target.includes(0) && target.includes(1));

/** 300 rows whose log-odds are twice the first of two columns. */
function simulated(): Sample {
  const random = createRandom(11);
  const [a, b] = [0, 1].map(() => Float64Array.from({ length: 300 }, () => random.uniform() * 4 - 2));
  const target = a.map((value) => Number(random.uniform() < 1 / (1 + Math.exp(-2 * value))));
  return { columns: [a, b].map((values) => ({ kind: 'numeric', values })), target };
}

test('one stump on four rows equals the Newton step computed by hand', () => {
  const columns = [{ kind: 'numeric' as const, values: Float64Array.of(1, 2, 3, 4) }];
  const target = Float64Array.of(0, 0, 1, 1);
  const { base, forest } = boost(trainingRows({ columns, target }), { ...options, maxDepth: 1 }, 1);
  expect(base).toBe(0);
  expect(forest.threshold[0]).toBe(2.5);
  // gradient ±½ and curvature ¼ for each of two rows: ±1 / (½ + 1), a tenth of it
  expect(forest.value[1]).toBeCloseTo(-0.1 / 1.5, 15);
  expect(forest.value[2]).toBeCloseTo(0.1 / 1.5, 15);
  expect(Array.from(forest.cover)).toEqual([4, 2, 2]);
});

test('each round lowers the loss on the training rows', () => {
  fc.assert(
    fc.property(binary, fc.constantFrom('logistic' as const, 'squared' as const), (sample, loss) => {
      const booster = createBooster(trainingRows(sample), { ...options, loss });
      let before = booster.loss();
      for (let round = 0; round < 10; round++) {
        booster.grow();
        expect(booster.loss()).toBeLessThanOrEqual(before + 1e-12);
        before = booster.loss();
      }
    }),
  );
});

test('the forest gives the scores from which the loss was computed', () => {
  fc.assert(
    fc.property(binary, (sample) => {
      const booster = createBooster(trainingRows(sample), { ...options, rowShare: 0.6, columnShare: 0.5 });
      for (let round = 0; round < 5; round++) booster.grow();
      const forest = booster.forest();
      const losses = sample.target.map((y, row) => {
        const score = booster.base + sumLeaves(forest, featuresOfRow(sample.columns, row));
        return Math.log1p(Math.exp(y === 1 ? -score : score));
      });
      const mean = losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
      expect(booster.loss()).toBeCloseTo(mean, 10);
    }),
  );
});

test('a tree has at most the allowed leaves, and splits the leaf with the largest gain first', () => {
  const values = Float64Array.from(everyRow(64));
  const target = values.map((value) => (value < 32 ? value / 1000 : value));
  const training = trainingRows({ columns: [{ kind: 'numeric', values }], target });
  const { forest } = boost(training, { ...options, loss: 'squared', l2: 0, maxDepth: 9, maxLeaves: 4 }, 1);
  const inner = Array.from(forest.threshold).filter((_, node) => forest.feature[node] >= 0);
  expect(forest.feature.filter((feature) => feature === -1).length).toBe(4);
  expect(Math.min(...inner)).toBeGreaterThan(15);
});

test('scores decrease with a column that is declared decreasing, even if the rows contradict it', () => {
  const { columns, target } = simulated();
  const noisy = target.map((y, row) => (row % 3 === 0 ? 1 - y : y));
  const constrained = columns.map(
    (column, i): GrowColumn =>
      column.kind === 'numeric' && i === 1 ? { ...column, monotone: 'decreasing' } : column,
  );
  const training = trainingRows({ columns: constrained, target: noisy });
  const { forest } = boost(training, { ...options, minimumWeight: 0.01, maxDepth: 5 }, 50);
  const uses = forest.feature.filter((feature) => feature === 1).length;
  expect(uses).toBeGreaterThan(20);
  for (let first = -2; first <= 2; first += 0.5) {
    const scores = Array.from({ length: 81 }, (_, i) =>
      sumLeaves(forest, Float64Array.of(first, i / 20 - 2)),
    );
    for (let i = 1; i < 81; i++) expect(scores[i]).toBeLessThanOrEqual(scores[i - 1] + 1e-12);
  }
});

test('the same rows, options and seed give the same bytes', () => {
  const grow = () => boost(trainingRows(simulated()), { ...options, rowShare: 0.5, mask: { copies: 2 } }, 20);
  expect(grow()).toEqual(grow());
});

test('the number of rounds is chosen from the training rows alone', () => {
  const sample = simulated();
  const training = { ...trainingRows(sample), rows: everyRow(200) };
  const rule = { folds: 5, maximum: 300, patience: 20 };
  const { rounds } = chooseRounds(training, options, rule);
  expect(rounds).toBeGreaterThan(5);
  expect(rounds).toBeLessThan(100);
  const others = sample.target.map((y, row) => (row < 200 ? y : 1 - y));
  expect(chooseRounds({ ...training, target: others }, options, rule).rounds).toBe(rounds);
});

test('hardly any rounds are chosen for a random target', () => {
  const sample = simulated();
  const random = createRandom(2);
  const target = sample.target.map(() => Number(random.uniform() < 0.5));
  const rule = { folds: 5, maximum: 100, patience: 20 };
  expect(chooseRounds({ ...trainingRows(sample), target }, options, rule).rounds).toBeLessThan(5);
});

test('boosting with no rounds gives a forest that adds 0', () => {
  const { forest } = boost(trainingRows(simulated()), options, 0);
  expect(Array.from(forest.value)).toEqual([0]);
  expect(Array.from(forest.cover)).toEqual([300]);
});

test('the base is finite if all targets are equal', () => {
  const { columns } = simulated();
  const { base } = boost(trainingRows({ columns, target: new Float64Array(300) }), options, 1);
  expect(base).toBeCloseTo(Math.log(0.5 / 299.5), 12);
});
