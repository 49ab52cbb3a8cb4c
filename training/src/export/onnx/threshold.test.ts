import fc from 'fast-check';
import { expect, test } from 'vitest';
import { roundThreshold } from './threshold.ts';

const number = fc.double({ min: -1e30, max: 1e30, noNaN: true });
const single = fc.float({ min: -(2 ** 100), max: 2 ** 100, noNaN: true });

test('a threshold halfway between two 32-bit numbers separates them, even neighbours', () => {
  fc.assert(
    fc.property(single, single, (one, other) => {
      const [low, high] = [Math.min(one, other), Math.max(one, other)];
      fc.pre(low < high && high - low > 2 ** -140);
      const threshold = roundThreshold(low + (high - low) / 2);
      expect([low < threshold, high < threshold]).toEqual([true, false]);
    }),
  );
  const neighbours = [1 + 2 ** -22, 1 + 2 ** -23];
  const threshold = roundThreshold((neighbours[0] + neighbours[1]) / 2);
  expect(neighbours.map((x) => x < threshold)).toEqual([false, true]);
});

test('a rounded value goes to the same side, unless it rounds to the threshold', () => {
  fc.assert(
    fc.property(number, number, (threshold, x) => {
      fc.pre(Math.fround(x) !== Math.fround(threshold));
      expect(Math.fround(x) < roundThreshold(threshold)).toBe(x < threshold);
    }),
  );
});

test('a value equal to the threshold goes right, as without rounding', () => {
  for (const x of [2.3, -2.3, 0.1, 54, 0, 1e-3]) expect(Math.fround(x) < roundThreshold(x)).toBe(false);
});

test('every 32-bit number is below the threshold that tests for missing values', () => {
  expect(3e38 < roundThreshold(Number.MAX_VALUE)).toBe(true);
});
