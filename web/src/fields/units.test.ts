import type { NumericColumn } from '@hearth/artifact';
import { expect, test } from 'vitest';
import { fromOtherUnit, inOtherUnit } from './units.ts';

const cholesterol: NumericColumn = {
  name: 'chol',
  type: 'integer',
  seen: { minimum: 126, maximum: 564 },
  unit: { en: 'mg/dl' },
  otherUnit: { unit: { en: 'mmol/L' }, factor: 0.02586 },
};

test('a value has a second unit, and comes back to a value that the column takes', () => {
  expect(inOtherUnit(cholesterol, 240)).toBe(6.21);
  expect(fromOtherUnit(cholesterol, 6.2)).toBe(240);
  expect(fromOtherUnit({ ...cholesterol, type: 'number' }, 6.2)).toBe(239.753);
  for (let value = 130; value < 560; value += 7) {
    expect(Math.abs(fromOtherUnit(cholesterol, inOtherUnit(cholesterol, value)) - value)).toBeLessThan(
      0.01 * value,
    );
  }
});
