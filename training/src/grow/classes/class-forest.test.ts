import type { Forest } from '@hearth/artifact';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { featuresOfRow, type Sample, samples, trainingRows } from '../../../testing/grow-tables.ts';
import { createRandom } from '../../random.ts';
import type { ForestOptions } from '../forest/grower.ts';
import { growForest, growForestSync } from '../forest/random-forest.ts';

const options: ForestOptions = {
  trees: 20,
  columnsPerSplit: 2,
  minimumLeaf: 2,
  sampleShare: 1,
  replace: true,
  mask: { copies: 1 },
  seed: 5,
  outOfBag: true,
};

/** Rows of three classes, which depend on two numbers. */
function simulated(rows: number): Sample {
  const random = createRandom(3);
  const draw = () => Float64Array.from({ length: rows }, () => Math.round(random.uniform() * 40) / 4);
  const [a, b] = [draw(), draw()];
  const target = a.map((value, row) =>
    random.uniform() < 0.1 ? random.below(3) : value < 4 ? 0 : b[row] < 5 ? 1 : 2,
  );
  return {
    columns: [
      { kind: 'numeric', values: a },
      { kind: 'numeric', values: b },
    ],
    target,
  };
}

const training = (sample: Sample, classes = 3) => ({ ...trainingRows(sample), classes });

/** The node of the leaf that a row reaches in one tree. */
function leafAt({ feature, threshold, left, right, missingLeft }: Forest, root: number, x: Float64Array) {
  let node = root;
  while (feature[node] >= 0) {
    const given = x[feature[node]];
    node = (Number.isNaN(given) ? missingLeft[node] === 1 : given < threshold[node])
      ? left[node]
      : right[node];
  }
  return node;
}

test('the first split of a tree has the least Gini impurity of all splits of its rows', () => {
  fc.assert(
    fc.property(samples(fc.nat(2)), (sample) => {
      const whole = { ...options, trees: 1, columnsPerSplit: 4, minimumLeaf: 1, replace: false, maxDepth: 1 };
      const { forest } = growForestSync(training(sample), { ...whole, mask: undefined });
      const x = Array.from(sample.target, (_, row) => featuresOfRow(sample.columns, row));
      const score = (rows: number[]) =>
        [0, 1, 2].reduce((sum, k) => sum + rows.filter((row) => sample.target[row] === k).length ** 2, 0) /
        Math.max(1, rows.length);
      const every = x.map((_, row) => row);
      const scoreOf = (isLeft: (row: number) => boolean) =>
        score(every.filter(isLeft)) + score(every.filter((row) => !isLeft(row)));
      const all = Array.from(x[0]).flatMap((_, j) =>
        [...x.map((row) => row[j]), Infinity].flatMap((threshold) =>
          [true, false].map((missingLeft) =>
            scoreOf((row) => (Number.isNaN(x[row][j]) ? missingLeft : x[row][j] < threshold)),
          ),
        ),
      );
      const found = forest.feature[0] < 0 ? score(every) : scoreOf((row) => leafAt(forest, 0, x[row]) === 1);
      expect(found).toBeCloseTo(Math.max(score(every), ...all), 9);
    }),
  );
});

test('of two classes it grows the trees of the target of 0 and 1', () => {
  const sample = simulated(300);
  sample.target.forEach((k, row) => {
    sample.target[row] = Math.min(k, 1);
  });
  const rare = { ...options, columnsPerSplit: 1, replace: false, sampleShare: 0.6, minimumLeaf: 4 }; // no tie of gains
  const binary = growForestSync(trainingRows(sample), rare);
  const { forest, leafValues, outOfBag } = growForestSync(training(sample, 2), rare);
  expect(forest.threshold).toEqual(binary.forest.threshold);
  expect(forest.cover).toEqual(binary.forest.cover);
  const shares = forest.value.map((row, node) =>
    forest.feature[node] < 0 ? (leafValues?.[2 * row + 1] ?? Number.NaN) : 0,
  );
  expect(shares).toEqual(binary.forest.value);
  expect(outOfBag.filter((_, i) => i % 2 === 1)).toEqual(binary.outOfBag);
});

test('each leaf has a row of shares of its own, and they add up to 1', () => {
  const { forest, leafValues = new Float64Array() } = growForestSync(training(simulated(300)), options);
  const rows = forest.value.filter((_, node) => forest.feature[node] < 0);
  expect(Array.from(rows)).toEqual(Array.from(rows.keys()));
  expect(leafValues).toHaveLength(3 * rows.length);
  for (let leaf = 0; leaf < rows.length; leaf++) {
    const shares = leafValues.subarray(3 * leaf, 3 * leaf + 3);
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
  }
});

test('any number of threads grows the same bytes', async () => {
  const rows = training(simulated(4000));
  const many = { ...options, trees: 60 };
  const alone = growForestSync(rows, many);
  expect(await growForest(rows, many, { threads: 3 })).toEqual(alone);
  expect(alone.outOfBag.some((share) => share > 0 && share < 1)).toBe(true);
});

test('rows are drawn in proportion to their weights, also more often than an entry can say', () => {
  // no leaf can be split, so that it has the shares of the rows drawn
  const sample = simulated(300);
  const weights = Float64Array.from(sample.target, (k, row) => (row === 7 ? 40 : 1 + k));
  const total = weights.reduce((a, b) => a + b);
  const stumps = { ...options, trees: 200, minimumLeaf: 1e4 };
  const { forest, leafValues = new Float64Array() } = growForestSync(
    { ...training(sample), weights },
    stumps,
  );
  expect(forest.cover[0]).toBe(total);
  for (const k of [0, 1, 2]) {
    const share =
      weights.reduce((sum, weight, row) => sum + (sample.target[row] === k ? weight : 0), 0) / total;
    const mean = leafValues.reduce((sum, each, i) => sum + (i % 3 === k ? each : 0), 0) / 200;
    expect(mean).toBeCloseTo(share, 2);
  }
});

test('a forest of weighted rows is as one of the repeated rows, but for the draws', () => {
  const sample = simulated(400);
  const weights = Float64Array.from(sample.target, (_, row) => 1 + (row % 3));
  const copies = Array.from(weights.keys()).flatMap((row) => new Array<number>(weights[row]).fill(row));
  const repeated = {
    columns: sample.columns.map((column) => ({
      ...column,
      values: Float64Array.from(copies, (row) => column.values[row]),
    })),
    target: Float64Array.from(copies, (row) => sample.target[row]),
  } as Sample;
  const many = { ...options, trees: 300, minimumLeaf: 10 };
  const [a, b] = [{ ...training(sample), weights }, training(repeated)].map((each) =>
    growForestSync(each, many),
  );
  const answer = ({ forest, leafValues = new Float64Array() }: typeof a, x: Float64Array, k: number) =>
    forest.roots.reduce((sum, root) => sum + leafValues[3 * forest.value[leafAt(forest, root, x)] + k], 0) /
    300;
  for (const x of [Float64Array.of(2, 2), Float64Array.of(7, 2), Float64Array.of(7, 8)])
    for (const k of [0, 1, 2]) expect(Math.abs(answer(a, x, k) - answer(b, x, k))).toBeLessThan(0.04);
});
