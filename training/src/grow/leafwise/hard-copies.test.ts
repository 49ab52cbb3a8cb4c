import { expect, test } from 'vitest';
import { trainingRows } from '../../../testing/grow-tables.ts';
import { createRandom } from '../../random.ts';
import { hardCopies, haveHardCopies } from './hard-copies.ts';

const mask = { copies: 1, share: 0.25, from: 8 };
const options = {
  loss: 'logistic',
  rate: 0.1,
  leaves: 8,
  maxDepth: Infinity,
  minimumWeight: 1e-3,
  l2: 1,
  seed: 7,
  mask,
} as const;
const count = 1000;

/** Six columns that each say nearly all of what decides the class. */
function table(positive: (value: number, random: number) => boolean) {
  const random = createRandom(5);
  const decisive = Float64Array.from({ length: count }, () => random.uniform());
  const columns = Array.from({ length: 6 }).map(() => ({
    kind: 'numeric' as const,
    values: decisive.map((value) => value + 0.05 * random.uniform()),
  }));
  return trainingRows({
    columns,
    target: decisive.map((value) => Number(positive(value, random.uniform()))),
  });
}

const rareAndClear = table((value) => value > 0.95);

test('of many copies the hard ones are kept, with the weight of all', () => {
  const { matrix, target, weight } = hardCopies(rareAndClear, options, mask);
  const positives = (from: number, to: number) =>
    target.subarray(from, to).reduce((a, b) => a + b) / (to - from);
  expect(Array.from(matrix.source.subarray(0, count))).toEqual(Array.from(rareAndClear.rows));
  expect(Math.abs(matrix.rows / count - 2)).toBeLessThan(0.2);
  expect(positives(count, matrix.rows)).toBeGreaterThan(2 * positives(0, count));
  const ofCopies = weight.subarray(count).reduce((a, b) => a + b) / count;
  expect(ofCopies).toBeGreaterThan(0.9 * mask.share);
  expect(ofCopies).toBeLessThan(1.1 * mask.share);
});

test('where every copy is answered perfectly, some are kept, with finite weights', () => {
  const start = (row: number, _: Uint8Array | undefined, into: Float64Array) => {
    into[0] = rareAndClear.target[row] === 1 ? 800 : -800;
  };
  const { matrix, weight } = hardCopies({ ...rareAndClear, start }, options, mask);
  expect(matrix.rows).toBeLessThan(2 * count);
  expect(weight.every(Number.isFinite)).toBe(true);
});

test('weights that differ make no copies hard', () => {
  const noise = table((_, random) => random < 0.3);
  const weights = Float64Array.from({ length: count }, (_, row) => (row % 10 === 0 ? 50 : 0.1));
  expect(haveHardCopies({ ...noise, weights }, options)).toBe(false);
  expect(haveHardCopies({ ...rareAndClear, weights }, options)).toBe(true);
});

test('copies are hard where a rare class is easy to tell, not where all is noise', () => {
  expect(haveHardCopies(rareAndClear, options)).toBe(true);
  expect(
    haveHardCopies(
      table((_, random) => random < 0.3),
      options,
    ),
  ).toBe(false);
});
