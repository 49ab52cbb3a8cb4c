import { expect, test } from 'vitest';
import { addTerms, noTerms, writeMeans } from './linear-terms.ts';

const sides = { features: [{ column: 'a' }], outputs: 2 };

function terms() {
  const linear = noTerms(sides);
  linear.coefficient.set([2, -1]);
  linear.missing.set([7, 5]);
  return linear;
}

test('a number adds its multiple to each output, and a missing one what stands for it', () => {
  const scores = Float64Array.of(1, 1, 1, 1);
  addTerms(terms(), [Float64Array.of(3), Float64Array.of(Number.NaN)], scores);
  expect([...scores]).toEqual([7, -2, 8, 6]);
});

test('the mean of a term counts a row of weight 3 as three rows', () => {
  const rows = [Float64Array.of(3), Float64Array.of(Number.NaN)];
  const [weighted, repeated] = [terms(), terms()];
  const sampling = { weights: Float64Array.of(3, 1) };
  writeMeans(weighted, { x: rows, outputs: 2, sampling }, Int32Array.of(0, 1));
  writeMeans(repeated, { x: rows, outputs: 2 }, Int32Array.of(0, 0, 0, 1));
  expect([...weighted.mean]).toEqual([...repeated.mean]);
  expect([...weighted.mean]).toEqual([(3 * 6 + 7) / 4, (3 * -3 + 5) / 4]);
});
