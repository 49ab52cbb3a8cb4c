import { expect, test } from 'vitest';
import { correctedResampledTest, pairedTest, studentTail } from './statistics.ts';

test.each([
  [2.776, 4, 0.05],
  [2.571, 5, 0.05],
  [12.706, 1, 0.05],
  [1.962, 999, 0.05],
  [0, 7, 1],
])('Student’s t of %f with %i degrees of freedom leaves %f in the tails', (t, freedom, p) => {
  expect(studentTail(t, freedom)).toBeCloseTo(p, 3);
});

test('folds that share training rows tell less than rows that do not', () => {
  const differences = [0.02, 0.01, 0.015, 0.005, 0.02];
  const t = 0.014 / Math.sqrt((1 / 5 + 1 / 4) * 4.25e-5);
  expect(correctedResampledTest(differences, 1 / 4)).toBeCloseTo(studentTail(t, 4), 12);
  expect(correctedResampledTest(differences, 0)).toBeCloseTo(
    studentTail(0.014 / Math.sqrt(4.25e-5 / 5), 4),
    12,
  );
});

test('without a difference nothing is significant', () => {
  expect(correctedResampledTest([0, 0, 0], 0.25)).toBe(1);
  expect(pairedTest(new Float64Array(100))).toBe(1);
  expect(pairedTest(Float64Array.from({ length: 100 }, (_, i) => (i % 2 ? 1 : -1)))).toBeCloseTo(1, 12);
});
