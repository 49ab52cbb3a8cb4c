import fc from 'fast-check';
import { expect, test } from 'vitest';
import { exactGrid } from './exact-sums.ts';

test('sums of numbers on the grid do not depend on the order, nor on whether they are computed by subtraction', () => {
  const numbers = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 50 });
  fc.assert(
    fc.property(numbers, fc.nat(49), (values, cut) => {
      const grid = exactGrid(values.reduce((sum, value) => sum + Math.abs(value), 0));
      const rounded = values.map(grid.round);
      const sum = (list: number[]) => list.reduce((total, value) => total + value, 0);
      expect(sum(rounded.toReversed())).toBe(sum(rounded));
      expect(sum(rounded) - sum(rounded.slice(0, cut))).toBe(sum(rounded.slice(cut)));
      for (const [i, value] of values.entries())
        expect(Math.abs(rounded[i] - value)).toBeLessThanOrEqual(grid.step / 2);
    }),
  );
});

test('integers are on the grid', () => {
  const { round } = exactGrid(1e9);
  expect([0, 1, 12345].map(round)).toEqual([0, 1, 12345]);
});
