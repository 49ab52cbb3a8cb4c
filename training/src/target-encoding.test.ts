import type { CategoryColumn } from '@hearth/artifact';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRandom } from './random.ts';
import { encoderOf } from './target-encoding.ts';

const texts = { en: 'a', 'pt-BR': 'a' };
const column: CategoryColumn = {
  name: 'shop',
  label: texts,
  description: texts,
  group: 'all',
  required: false,
  type: 'category',
  categories: Array.from({ length: 40 }, (_, i) => ({ value: `s${i}`, label: texts })),
};
const rows = 200;
const everyRow = Int32Array.from({ length: rows }, (_, i) => i);

/** Half of the categories have the mean 1, the others −1. */
function simulated() {
  const random = createRandom(3);
  const cells = Float64Array.from({ length: rows }, () => random.below(39));
  const target = cells.map((cell) => (cell % 2 === 0 ? 1 : -1) + random.uniform());
  return { cells, target };
}

const encode = (
  { cells, target }: { cells: Float64Array; target: ArrayLike<number> },
  learned = everyRow,
  hasClasses = false,
) => {
  const [{ grown, features }] = encoderOf(column, cells, 0, { target, hasClasses })(learned);
  return { values: grown.values, numbers: features[0].numbers as number[] };
};

test('the number of a training row does not depend on its own target', () => {
  const sample = simulated();
  fc.assert(
    fc.property(fc.nat(rows - 1), fc.double({ min: -9, max: 9, noNaN: true }), (row, value) => {
      const changed = encode({ ...sample, target: sample.target.with(row, value) });
      expect(changed.values[row]).toBe(encode(sample).values[row]);
    }),
    { numRuns: 20 },
  );
});

test('nothing depends on the targets of rows that are held out', () => {
  const sample = simulated();
  const learned = everyRow.filter((row) => row % 4 !== 0);
  const target = sample.target.map((y, row) => (row % 4 === 0 ? 1000 : y));
  expect(encode({ ...sample, target }, learned)).toEqual(encode(sample, learned));
});

test('a row that is held out has the number of the artifact', () => {
  const sample = simulated();
  const learned = everyRow.filter((row) => row % 4 !== 0);
  const { values, numbers } = encode(sample, learned);
  for (let row = 0; row < rows; row += 4) expect(values[row]).toBe(numbers[sample.cells[row]]);
});

test('a category has about its mean, one in no row and one that is not listed the mean of all', () => {
  const sample = simulated();
  const { numbers } = encode(sample);
  expect(numbers).toHaveLength(41);
  expect(numbers[0]).toBeGreaterThan(1);
  expect(numbers[1]).toBeLessThan(0);
  const mean = sample.target.reduce((sum, y) => sum + y, 0) / rows;
  expect(numbers[39]).toBeCloseTo(mean, 4);
  expect(numbers[40]).toBeCloseTo(mean, 4);
});

test('categories that differ by chance only have one number', () => {
  const random = createRandom(4);
  const target = Float64Array.from({ length: rows }, () => random.below(2));
  const { numbers } = encode({ ...simulated(), target }, everyRow, true);
  const spread = Math.max(...numbers) - Math.min(...numbers);
  expect(spread).toBeLessThan(0.6);
});

test('of several classes, each has a number for its share', () => {
  const { cells } = simulated();
  const target = cells.map((cell) => cell % 3);
  const variables = encoderOf(column, cells, 0, { target, hasClasses: false, classes: ['a', 'b', 'c'] })(
    everyRow,
  );
  expect(variables).toHaveLength(3);
  const [numbers] = variables.map(({ features }) => features[0].numbers as number[]);
  const [most] = [0, 1, 2].toSorted(
    (a, b) => target.filter((y) => y === b).length - target.filter((y) => y === a).length,
  );
  expect(numbers[most]).toBeGreaterThan(numbers[(most + 1) % 3]);
});

test('a missing cell is missing, and probabilities become finite log-odds', () => {
  const { cells, target } = simulated();
  const classes = target.map((y) => (y > 0.5 ? 1 : 0));
  const { values, numbers } = encode({ cells: cells.with(7, Number.NaN), target: classes }, everyRow, true);
  expect(values[7]).toBeNaN();
  for (const number of numbers) expect(number).toSatisfy(Number.isFinite);
  expect(numbers[0]).toBeGreaterThan(numbers[1]);
});
