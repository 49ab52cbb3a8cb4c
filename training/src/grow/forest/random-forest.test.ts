import { sumLeaves } from '@hearth/artifact';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { everyRow, featuresOfRow, type Sample, samples, trainingRows } from '../../../testing/grow-tables.ts';
import { createRandom } from '../../random.ts';
import { binTable, type GrowColumn } from '../bins.ts';
import type { ForestOptions } from './grower.ts';
import { growForestSync } from './random-forest.ts';

const options: ForestOptions = {
  trees: 20,
  columnsPerSplit: 2,
  minimumLeaf: 2,
  sampleShare: 1,
  replace: true,
  seed: 5,
  outOfBag: true,
};

/** 200 rows, whose probability increases with one column and decreases with the other. */
function simulated(monotone?: 'increasing' | 'decreasing'): Sample {
  const random = createRandom(3);
  const draw = () => Float64Array.from({ length: 200 }, () => Math.round(random.uniform() * 40) / 4);
  const [a, b] = [draw(), draw()];
  const target = a.map((value, row) => Number(random.uniform() < (10 + value - b[row]) / 20));
  return {
    columns: [
      { kind: 'numeric', values: a, monotone },
      { kind: 'numeric', values: b },
    ],
    target,
  };
}

test('the same rows, options and seed give the same bytes, another seed different ones', () => {
  const grow = (seed: number) => growForestSync(trainingRows(simulated()), { ...options, seed });
  expect(grow(1)).toEqual(grow(1));
  expect(grow(1).forest.threshold).not.toEqual(grow(2).forest.threshold);
});

test('a tree depends on its number, not on the number of trees', () => {
  const grow = (trees: number) => growForestSync(trainingRows(simulated()), { ...options, trees }).forest;
  const few = grow(3);
  expect(grow(9).value.slice(0, few.value.length)).toEqual(few.value);
});

test('rows reach the same leaves in the finished forest as in the growing trees', () => {
  fc.assert(
    fc.property(samples(), (sample) => {
      // With a single tree, the out-of-bag answer of a row is this tree's answer.
      const { forest, outOfBag } = growForestSync(trainingRows(sample), { ...options, trees: 1 });
      for (const [row, answer] of outOfBag.entries()) {
        if (Number.isNaN(answer)) continue;
        expect(sumLeaves(forest, featuresOfRow(sample.columns, row))).toBeCloseTo(answer, 12);
      }
    }),
  );
});

test('the out-of-bag answer of a row is the mean over the trees that did not draw it', () => {
  const sample = simulated();
  const single = (tree: number) => {
    const upTo = (trees: number) => growForestSync(trainingRows(sample), { ...options, trees });
    const [before, after] = [tree === 0 ? undefined : upTo(tree), upTo(tree + 1)];
    return { before, after };
  };
  const { outOfBag: first } = single(0).after;
  const { before, after } = single(1);
  const root = before?.forest.feature.length ?? 0;
  for (let row = 0; row < 200; row++) {
    const wasDrawn = Math.abs(after.outOfBag[row] - first[row]) < 1e-12;
    if (Number.isNaN(first[row]) || wasDrawn) continue;
    const x = featuresOfRow(sample.columns, row);
    const second = sumLeaves({ ...after.forest, roots: Int32Array.of(root) }, x);
    expect(after.outOfBag[row]).toBeCloseTo((first[row] + second) / 2, 12);
  }
  expect(first.filter(Number.isNaN).length).toBeGreaterThan(100);
  expect(after.outOfBag.filter(Number.isNaN).length).toBeLessThan(100);
});

test('a row of weight 3 counts as three rows', () => {
  fc.assert(
    fc.property(
      samples(fc.integer({ min: 2, max: 5 })),
      fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 40, maxLength: 40 }),
      (sample, weights) => {
        const { columns, target } = sample;
        const whole = { ...options, trees: 1, columnsPerSplit: Infinity, replace: false };
        const repeated = Array.from(target.keys()).flatMap((row) => Array<number>(weights[row]).fill(row));
        const table = binTable(columns);
        const weighted = growForestSync(
          { table, target, rows: everyRow(target.length), weights },
          whole,
        ).forest;
        expect(growForestSync({ table, target, rows: Int32Array.from(repeated) }, whole).forest).toEqual(
          weighted,
        );
      },
    ),
  );
});

test('answers increase with a column that is declared increasing, even if the rows contradict it', () => {
  fc.assert(
    fc.property(
      samples(),
      fc.constantFrom(1, -1),
      fc.nat(39),
      fc.boolean(),
      (sample, direction, pick, random) => {
        const monotone = direction === 1 ? 'increasing' : 'decreasing';
        const columns = sample.columns.map(
          (column): GrowColumn => (column.kind === 'numeric' ? { ...column, monotone } : column),
        );
        const every = { ...options, minimumLeaf: 1, randomSplits: random };
        const { forest } = growForestSync(trainingRows({ ...sample, columns }), every);
        const row = featuresOfRow(columns, pick % sample.target.length);
        let feature = 0;
        for (const column of columns) {
          if (column.kind === 'numeric') {
            const answers = Array.from({ length: 41 }, (_, i) =>
              sumLeaves(forest, row.with(feature, i / 8 - 2.5)),
            );
            const steps = answers.slice(1).map((answer, i) => direction * (answer - answers[i]));
            expect(Math.min(...steps)).toBeGreaterThanOrEqual(-1e-12);
          }
          feature += column.kind === 'numeric' ? 1 : column.categories;
        }
      },
    ),
    { numRuns: 200 },
  );
});

/** 600 rows whose target depends only on the second column, which is the first plus a little noise. */
function correlated(): Sample {
  const random = createRandom(9);
  const first = Float64Array.from({ length: 600 }, () => random.uniform() * 10);
  const second = first.map((value) => value + random.uniform() * 4 - 2);
  const target = second.map((value) => Number(random.uniform() < 1 / (1 + Math.exp(10 - 2 * value))));
  return { columns: [first, second].map((values) => ({ kind: 'numeric', values })), target };
}

test('with masked copies, a forest without a column answers much like a forest trained without it', () => {
  const sample = correlated();
  const grown = { ...options, trees: 100, minimumLeaf: 20 };
  const withoutSecond = growForestSync(
    trainingRows({ ...sample, columns: [sample.columns[0]] }),
    grown,
  ).forest;
  const distance = (mask?: { copies: number }) => {
    const { forest } = growForestSync(trainingRows(sample), { ...grown, mask });
    return Array.from({ length: 41 }, (_, i) => i / 4).reduce((sum, value) => {
      const made = sumLeaves(withoutSecond, Float64Array.of(value));
      return sum + Math.abs(sumLeaves(forest, Float64Array.of(value, Number.NaN)) - made) / (41 * 100);
    }, 0);
  };
  expect(distance({ copies: 3 })).toBeLessThan(distance() / 2);
});

test.each([
  ['counted', undefined],
  ['summed', new Float64Array(200).fill(1)],
])('a node is a leaf if it cannot be split on any column that may be drawn: %s', (_, weights) => {
  const { columns, target } = simulated();
  const constant: GrowColumn = { kind: 'numeric', values: new Float64Array(200) };
  const training = { ...trainingRows({ columns: [constant, constant, ...columns], target }), weights };
  const splitRoots = (mostColumns?: number) => {
    const grown = growForestSync(training, { ...options, columnsPerSplit: 1, mostColumns });
    return grown.forest.roots.filter((root) => grown.forest.feature[root] >= 0).length;
  };
  expect(splitRoots()).toBe(options.trees);
  expect(splitRoots(3)).toBe(options.trees);
  expect(splitRoots(1)).toBeGreaterThan(0);
  expect(splitRoots(1)).toBeLessThan(options.trees);
});

test.each([
  ['counted', {}],
  ['summed', { weights: new Float64Array(200).fill(1) }],
  ['of classes', { classes: 2 }],
])('random splits differ from tree to tree, between the least and the largest value: %s', (_, as) => {
  const sample = simulated();
  const roots = (randomSplits: boolean) => {
    const every = { ...options, trees: 200, replace: false, maxDepth: 1, minimumLeaf: 1, randomSplits };
    const { forest } = growForestSync({ ...trainingRows(sample), ...as }, { ...every, columnsPerSplit: 1 });
    return Array.from(forest.roots, (root) => forest.threshold[root]);
  };
  const thresholds = roots(true);
  expect(new Set(roots(false)).size).toBe(2);
  expect(new Set(thresholds).size).toBeGreaterThan(30);
  // uniform between 0 and 10, the least and the largest value of both columns
  expect(Math.min(...thresholds)).toBeGreaterThan(0);
  expect(Math.max(...thresholds)).toBeLessThan(10);
  expect(thresholds.reduce((a, b) => a + b) / 200).toBeCloseTo(5, 0);
});

test.each([
  ['counted', {}],
  ['summed', { weights: new Float64Array(600).fill(1) }],
])('the more a row weighs beside its copies, the closer are answers to whole rows: %s', (_, as) => {
  const sample = correlated();
  const error = (rowWeight: number) => {
    const grown = { ...options, trees: 50, minimumLeaf: 1, mask: { copies: 2, rowWeight } };
    const { forest } = growForestSync({ ...trainingRows(sample), ...as }, grown);
    const x = (row: number) => Float64Array.of(sample.columns[0].values[row], sample.columns[1].values[row]);
    return sample.target.reduce((sum, y, row) => sum + (y - sumLeaves(forest, x(row)) / 50) ** 2, 0);
  };
  expect(error(8)).toBeLessThan(0.8 * error(1));
});

test('unusable rows, weights and targets are refused', () => {
  const training = trainingRows(simulated());
  expect(() => growForestSync({ ...training, rows: new Int32Array(0) }, options)).toThrow('no training rows');
  expect(() => growForestSync({ ...training, weights: new Float64Array(200) }, options)).toThrow('weight 0');
  expect(() => growForestSync({ ...training, target: [Number.NaN] }, options)).toThrow('target');
});
