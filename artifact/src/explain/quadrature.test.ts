import { expect, test } from 'vitest';
import { gaussLegendre } from './quadrature.ts';

test('n points integrate every power up to 2n − 1 exactly over the unit interval', () => {
  for (let count = 1; count <= 50; count++) {
    const { points, weights } = gaussLegendre(count);
    for (let power = 0; power < 2 * count; power++) {
      const integral = weights.reduce((sum, weight, i) => sum + weight * points[i] ** power, 0);
      expect(integral).toBeCloseTo(1 / (power + 1), 13);
    }
  }
});
