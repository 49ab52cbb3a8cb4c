import fc from 'fast-check';
import { expect, test } from 'vitest';
import { figuresOf } from './external.ts';

test('no bin of an evaluation at another place has fewer than five rows, and each row is in one', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 20, maxLength: 60 }),
      (drawn) => {
        const prediction = Float64Array.from(drawn);
        const target = prediction.map((_, i) => i % 2);
        const { reliability } = figuresOf('chance', target, prediction);
        expect(reliability.reduce((sum, { rows }) => sum + rows, 0)).toBe(drawn.length);
        for (const { low, high, rows, predicted, observed } of reliability) {
          expect(rows).toBeGreaterThanOrEqual(5);
          expect(predicted).toBeGreaterThanOrEqual(low - 1e-12);
          expect(predicted).toBeLessThanOrEqual(high + 1e-12);
          expect(observed * rows).toBeCloseTo(Math.round(observed * rows), 9);
        }
        const sum = reliability.reduce((total, { rows, predicted }) => total + rows * predicted, 0);
        expect(sum).toBeCloseTo(
          drawn.reduce((a, b) => a + b, 0),
          9,
        );
      },
    ),
    { numRuns: 100 },
  );
});
