import { sumLeaves } from '@hearth/artifact';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { everyRow, featuresOfRow, type Sample, samples, trainingRows } from '../../../testing/grow-tables.ts';
import { createRandom } from '../../random.ts';
import { createBooster } from './booster.ts';
import type { GradientBoosting } from './grow-round.ts';
import { boostLeafwise, chooseLeafwise } from './rounds.ts';

const options: GradientBoosting = {
  loss: 'logistic',
  rate: 0.1,
  leaves: 8,
  maxDepth: Infinity,
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

const numeric = (...values: number[]) => ({ kind: 'numeric' as const, values: Float64Array.from(values) });

test('one stump on four rows equals the Newton step computed by hand', () => {
  const training = trainingRows({ columns: [numeric(1, 2, 3, 4)], target: Float64Array.of(0, 0, 1, 1) });
  const { base, forests } = boostLeafwise(training, { ...options, leaves: 2 }, 1);
  const [forest] = forests;
  expect(base).toEqual([0]);
  expect(forest.threshold[0]).toBe(2.5);
  // gradient ±½ and hessian ¼ for each of two rows: ±1 / (½ + 1), a tenth of it
  expect(forest.value[1]).toBeCloseTo(-0.1 / 1.5, 6);
  expect(forest.value[2]).toBeCloseTo(0.1 / 1.5, 6);
  expect(Array.from(forest.cover)).toEqual([4, 2, 2]);
});

test.each(['logistic', 'squared', 'poisson'] as const)(
  'each round lowers the %s loss on the training rows',
  (loss) => {
    fc.assert(
      fc.property(binary, (sample) => {
        const booster = createBooster(trainingRows(sample), { ...options, loss });
        let before = booster.loss();
        for (let round = 0; round < 10; round++) {
          booster.grow();
          expect(booster.loss()).toBeLessThanOrEqual(before + 1e-6);
          before = booster.loss();
        }
      }),
    );
  },
);

test('the forests give the scores from which the loss was computed, also of rows that were not drawn', () => {
  fc.assert(
    fc.property(samples(fc.nat(2)), (sample) => {
      const booster = createBooster(trainingRows(sample), {
        ...options,
        loss: { classes: 3 },
        rowShare: 0.6,
        columnShare: 0.5,
      });
      for (let round = 0; round < 5; round++) booster.grow();
      const forests = booster.finish();
      const losses = sample.target.map((y, row) => {
        const x = featuresOfRow(sample.columns, row);
        const scores = forests.map((forest, k) => booster.base[k] + sumLeaves(forest, x));
        return Math.log(scores.reduce((sum, score) => sum + Math.exp(score), 0)) - scores[y];
      });
      expect(booster.loss()).toBeCloseTo(losses.reduce((a, b) => a + b) / losses.length, 10);
    }),
  );
});

test('the loss of rows held out is that of the forest', () => {
  const sample = simulated();
  const training = { ...trainingRows(sample), rows: everyRow(200) };
  const held = everyRow(100).map((row) => row + 200);
  const booster = createBooster(training, options, { held: { table: training.table, rows: held } });
  for (let round = 0; round < 5; round++) booster.grow();
  const [forest] = booster.finish();
  const losses = Array.from(held, (row) => {
    const score = booster.base[0] + sumLeaves(forest, featuresOfRow(sample.columns, row));
    return Math.log1p(Math.exp(sample.target[row] === 1 ? -score : score));
  });
  expect(booster.heldOutLoss()).toBeCloseTo(losses.reduce((a, b) => a + b) / losses.length, 12);
});

test('the leaf with the largest gain is split first', () => {
  const values = Float64Array.from(everyRow(64));
  const target = values.map((value) => (value < 32 ? value / 1000 : value));
  const training = trainingRows({ columns: [{ kind: 'numeric', values }], target });
  const [forest] = boostLeafwise(training, { ...options, loss: 'squared', l2: 0, leaves: 4 }, 1).forests;
  const inner = Array.from(forest.threshold).filter((_, node) => forest.feature[node] >= 0);
  expect(forest.feature.filter((feature) => feature === -1).length).toBe(4);
  expect(Math.min(...inner)).toBeGreaterThan(15);
});

test('missing values go to the side where they lower the loss more', () => {
  const columns = [numeric(1, 2, 3, 4, Number.NaN, Number.NaN)];
  const missingLeft = (...target: number[]) =>
    boostLeafwise(trainingRows({ columns, target: Float64Array.from(target) }), { ...options, leaves: 2 }, 1)
      .forests[0].missingLeft[0];
  expect(missingLeft(0, 0, 1, 1, 0, 0)).toBe(1);
  expect(missingLeft(0, 0, 1, 1, 1, 1)).toBe(0);
});

test('one split on a set of categories finds those that belong together, and rows of others go with the rest', () => {
  const random = createRandom(6);
  const values = Float64Array.from({ length: 600 }, () => random.below(12));
  const target = values.map((category) => Number([1, 4, 7, 8].includes(category)));
  const training = trainingRows({ columns: [{ kind: 'category', values, categories: 13 }], target });
  const { forests, sets } = boostLeafwise(training, { ...options, leaves: 4 }, 1);
  expect(Array.from(forests[0].feature)).toEqual([13, -1, -1]);
  const members = (set: Uint8Array) => Array.from(set.keys()).filter((category) => set[category] === 1);
  expect(sets.map(({ column, set }) => [column, members(set)])).toEqual([[0, [1, 4, 7, 8]]]);
  expect(forests[0].value[2]).toBeGreaterThan(0);
});

test('rare categories do not come first by chance', () => {
  const random = createRandom(3);
  const values = Float64Array.from({ length: 1000 }, () => random.below(100));
  const target = values.map(() => random.below(2));
  const training = trainingRows({ columns: [{ kind: 'category', values, categories: 100 }], target });
  const booster = createBooster(training, options);
  for (let round = 0; round < 20; round++) booster.grow();
  expect(booster.loss()).toBeGreaterThan(0.55);
});

test.each([
  ['the best splits', {}],
  ['random thresholds of drawn columns', { thresholds: 2, splitShare: 0.7, rowShare: 0.7 }],
])(
  'scores decrease with a column that is declared decreasing, even if the rows contradict it: %s',
  (_, drawn) => {
    const { columns, target } = simulated();
    const noisy = target.map((y, row) => (row % 3 === 0 ? 1 - y : y));
    const random = createRandom(6);
    const category = Float64Array.from(noisy, (y) => (y === 1 ? 0 : 3) + random.below(5));
    const constrained = [
      columns[0],
      { ...columns[1], monotone: 'decreasing' as const },
      { kind: 'category' as const, values: category, categories: 8 },
    ];
    const training = trainingRows({ columns: constrained as Sample['columns'], target: noisy });
    const limits = { ...options, ...drawn, minimumWeight: 0.01, leaves: 31 };
    const { forests, sets } = boostLeafwise(training, limits, 50);
    const [forest] = forests;
    expect(sets.length).toBeGreaterThan(2);
    expect(forest.feature.filter((feature) => feature === 1).length).toBeGreaterThan(20);
    for (let first = -2; first <= 2; first += 0.5) {
      for (let of = 0; of < 8; of++) {
        const scores = Array.from({ length: 81 }, (_, i) => {
          const indicators = Array.from({ length: 8 }, (_, each) => Number(each === of));
          const inSets = sets.map(({ set }) => set[of]);
          return sumLeaves(forest, Float64Array.of(first, i / 20 - 2, ...indicators, ...inSets));
        });
        for (let i = 1; i < 81; i++) expect(scores[i]).toBeLessThanOrEqual(scores[i - 1] + 1e-12);
      }
    }
  },
);

test('a row of weight 2 counts as two rows', () => {
  const { columns, target } = simulated();
  const training = trainingRows({ columns, target });
  const weights = target.map((_, row) => (row < 100 ? 2 : 1));
  const twice = Int32Array.from([...everyRow(100), ...everyRow(300)]);
  const [weighted] = boostLeafwise({ ...training, weights }, options, 3).forests;
  const [repeated] = boostLeafwise({ ...training, rows: twice }, options, 3).forests;
  expect(weighted.cover).toEqual(repeated.cover);
  for (const [node, value] of weighted.value.entries()) expect(value).toBeCloseTo(repeated.value[node], 5);
});

test('covers count the rows that were not drawn as well', () => {
  const training = trainingRows(simulated());
  const [forest] = boostLeafwise(training, { ...options, rowShare: 0.2 }, 5).forests;
  expect(Array.from(forest.roots, (root) => forest.cover[root])).toEqual([300, 300, 300, 300, 300]);
});

test('a quantile has its share of the rows below it', () => {
  const random = createRandom(4);
  const values = Float64Array.from({ length: 2000 }, () => random.uniform());
  const target = values.map((value) => value + value * random.uniform());
  const training = trainingRows({ columns: [{ kind: 'numeric', values }], target });
  const { base, forests } = boostLeafwise(training, { ...options, loss: { quantile: 0.9 }, l2: 0 }, 60);
  for (const from of [0, 0.5]) {
    const rows = everyRow(2000).filter((row) => values[row] >= from && values[row] < from + 0.5);
    const below = rows.filter(
      (row) => target[row] <= base[0] + sumLeaves(forests[0], Float64Array.of(values[row])),
    );
    expect(below.length / rows.length).toBeGreaterThan(0.87);
    expect(below.length / rows.length).toBeLessThan(0.93);
  }
});

test('a count is learned per exposure', () => {
  const random = createRandom(5);
  const group = Float64Array.from({ length: 4000 }, () => random.below(2));
  const exposure = group.map(() => 1 + 9 * random.uniform());
  const target = group.map((each, row) => Math.round(exposure[row] * (each === 1 ? 3 : 1)));
  const training = trainingRows({ columns: [{ kind: 'numeric', values: group }], target });
  const counted = { ...training, offset: exposure.map(Math.log) };
  const { base, forests } = boostLeafwise(counted, { ...options, loss: 'poisson', l2: 0 }, 100);
  const rate = (each: number) => Math.exp(base[0] + sumLeaves(forests[0], Float64Array.of(each)));
  expect(rate(0)).toBeCloseTo(1, 1);
  expect(rate(1)).toBeCloseTo(3, 1);
});

test('masked copies answer rows without their best column', () => {
  const { columns, target } = simulated();
  const twin = { kind: 'numeric' as const, values: columns[0].values.map((value) => value + 0.01) };
  const training = trainingRows({ columns: [columns[0], twin], target });
  const mask = { copies: 2, share: 0.5 };
  const [forest] = boostLeafwise(training, { ...options, mask }, 60).forests;
  const alone = (value: number) => sumLeaves(forest, Float64Array.of(Number.NaN, value));
  expect(alone(1.5) - alone(-1.5)).toBeGreaterThan(2);
  expect(Math.abs(sumLeaves(forest, Float64Array.of(Number.NaN, Number.NaN)))).toBeLessThan(0.7);
});

test('the same rows, options and seed give the same bytes', () => {
  const drawn = { ...options, rowShare: 0.5, columnShare: 0.5, mask: { copies: 0.5, share: 0.3, from: 2 } };
  const grow = () => boostLeafwise(trainingRows(simulated()), drawn, 20);
  expect(grow()).toEqual(grow());
});

const inFifths = (training: ReturnType<typeof trainingRows>) =>
  [0, 1, 2, 3, 4].map((held) => ({
    training: { ...training, rows: everyRow(300).filter((row) => row % 5 !== held) },
    test: everyRow(300).filter((row) => row % 5 === held),
  }));

test('hardly any rounds are chosen for a random target', () => {
  const sample = simulated();
  const random = createRandom(2);
  const splits = inFifths({ ...trainingRows(sample), target: sample.target.map(() => random.below(2)) });
  const { rounds } = chooseLeafwise(splits, [options], { first: 10, maximum: 100, patience: 20 });
  expect(rounds).toBeLessThan(5);
});

test('of several settings, the one that loses least on rows held out is chosen, with as many rounds as alone', () => {
  const splits = inFifths(trainingRows(simulated()));
  const limits = { first: 4, maximum: 60, patience: 10 };
  const settings = [1e4, 1e3, 1, 1e2, 10].map((l2) => ({ ...options, l2 }));
  const { setting, ...chosen } = chooseLeafwise(splits, settings, limits);
  expect(setting).toBe(2);
  expect(chosen.rounds).toBeGreaterThan(8);
  expect(chooseLeafwise(splits, [settings[2]], limits)).toEqual({ setting: 0, ...chosen });
});

test('splits are drawn of the thresholds and of the columns, so that trees differ', () => {
  const step = { columns: [numeric(...everyRow(300)), numeric(...everyRow(300).map((row) => row % 7))] };
  const training = trainingRows({
    ...step,
    target: Float64Array.from(everyRow(300), (row) => Number(row > 140)),
  });
  const rootsWith = (drawn: Partial<GradientBoosting>) => {
    const [{ roots, feature, threshold }] = boostLeafwise(training, { ...options, ...drawn }, 12).forests;
    return {
      columns: new Set(Array.from(roots, (root) => feature[root])),
      thresholds: new Set(Array.from(roots, (root) => threshold[root])),
    };
  };
  expect(rootsWith({})).toMatchObject({ columns: new Set([0]), thresholds: { size: 1 } });
  expect(rootsWith({ thresholds: 1 }).thresholds.size).toBeGreaterThan(6);
  expect(rootsWith({ splitShare: 0.5 }).columns).toEqual(new Set([0, 1]));
});

test('models of different seeds are averaged, also where they split on sets of categories', () => {
  const random = createRandom(4);
  const category = Float64Array.from({ length: 300 }, () => random.below(12));
  const columns = [
    numeric(...everyRow(300)),
    { kind: 'category' as const, values: category, categories: 12 },
  ];
  const target = category.map(() => random.below(2));
  const grow = (seed: number, models: number) =>
    boostLeafwise(trainingRows({ columns, target }), { ...options, rowShare: 0.5, seed }, 5, 1, models);
  const three = grow(7, 3);
  expect(three.forests[0].roots).toHaveLength(15);
  expect(three.sets.length).toBeGreaterThan(grow(7, 1).sets.length);
  const scoreOf = ({ base, forests, sets }: ReturnType<typeof grow>) => {
    const x = new Float64Array(13 + sets.length);
    const own = sets.map(({ set }) => set[3]);
    x.set([20, 0, 0, 0, 1, ...new Array(8).fill(0), ...own]);
    return base[0] + sumLeaves(forests[0], x);
  };
  const seeds = [0, 1, 2].map((i) => (7 + Math.imul(i, 0x9e3779b9)) >>> 0);
  const mean = seeds.reduce((sum, seed) => sum + scoreOf(grow(seed, 1)) / 3, 0);
  expect(scoreOf(three)).toBeCloseTo(mean, 12);
});

test('boosting with no rounds gives forests that add 0', () => {
  const { forests } = boostLeafwise(trainingRows(simulated()), options, 0);
  expect(Array.from(forests[0].value)).toEqual([0]);
  expect(Array.from(forests[0].cover)).toEqual([300]);
});

test('trees are added to the scores of another model, those of a masked copy by the columns that it keeps', () => {
  const training = trainingRows({
    columns: [numeric(1, 2, 3, 4), numeric(4, 1, 3, 2)],
    target: Float64Array.of(1, 2, 3, 4),
  });
  const kept = new Set<string>();
  const start = (row: number, given: Uint8Array | undefined, into: Float64Array) => {
    if (given) kept.add(given.join(''));
    into[0] = given && !given[0] ? 2.5 : row + 1; // the target, where the first column is given
  };
  const squared = { ...options, loss: 'squared' as const };
  const whole = createBooster({ ...training, start }, squared);
  expect(whole.base).toEqual([0]);
  expect(whole.loss()).toBe(0);
  const masked = createBooster({ ...training, start }, { ...squared, mask: { copies: 20, share: 0.9 } });
  expect([...kept].sort()).toEqual(['00', '01', '10']);
  expect(masked.loss()).toBeGreaterThan(0.1);
});
