import type { NumericColumn } from '@hearth/artifact';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readFloat32 } from './float32.ts';

const texts = { en: 'a', 'pt-BR': 'a' };
const column = (minimum: number, maximum: number): NumericColumn => ({
  name: 'x',
  type: 'number',
  label: texts,
  description: texts,
  group: 'all',
  required: false,
  minimum,
  maximum,
  seen: { minimum, maximum },
});

test('a limit in 32 bits is the limit, whatever its digits', () => {
  fc.assert(
    fc.property(fc.double({ min: -1e30, max: 1e30, noNaN: true }), fc.boolean(), (limit, isLeast) => {
      const limits = isLeast ? column(limit, 1e31) : column(-1e31, limit);
      expect(readFloat32(Math.fround(limit), limits)).toBe(limit);
    }),
  );
});

test('a column without limits takes the greatest number of 32 bits as it is', () => {
  const greatest = Math.fround(3.4028234663852886e38);
  const unlimited = { ...column(0, 1), minimum: undefined, maximum: undefined };
  expect(readFloat32(greatest, unlimited)).toBe(greatest);
  expect(readFloat32(-greatest, unlimited)).toBe(-greatest);
  expect(readFloat32(2 ** 53, { ...unlimited, type: 'integer' })).toBe(2 ** 53);
});

test('a decimal of up to six digits comes back from 32 bits', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: -999_999, max: 999_999 }),
      fc.integer({ min: 0, max: 9 }),
      (digits, places) => {
        const decimal = Number(`${digits}e-${places}`);
        expect(readFloat32(Math.fround(decimal), column(-1e9, 1e9))).toBe(decimal);
      },
    ),
  );
});

test('what is read has the same 32 bits, and stands on the same side of every number of 32 bits', () => {
  fc.assert(
    fc.property(fc.float({ noNaN: true }), (value) => {
      expect(Math.fround(readFloat32(value, column(-0.1, 0.1)))).toBe(value);
    }),
  );
});

test.each([123456792, 16777216, 0.1, 0.123456789012, 0, -0, 5e-324])('%d is left as it is', (value) => {
  expect(readFloat32(value, column(-1e9, 1e9))).toBe(value);
});
