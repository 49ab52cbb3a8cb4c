import type { NumericColumn } from '@hearth/artifact';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { float32Reader } from './float32.ts';

const readFloat32 = (value: number, of: NumericColumn) => float32Reader(of)(value);
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

test('a limit in 32 bits, written with nine digits, is the limit', () => {
  fc.assert(
    fc.property(fc.double({ min: 1e-3, max: 1e6, noNaN: true }), (limit) => {
      const written = Number(Math.fround(limit).toPrecision(9));
      expect(readFloat32(written, column(-1, limit))).toBe(limit);
    }),
  );
});

test('a listed value is read from its 32 bits', () => {
  const listed = { ...column(-1e9, 1e9), enum: [0.123456789, 2.5] };
  expect(readFloat32(Math.fround(0.123456789), listed)).toBe(0.123456789);
  expect(readFloat32(2.5, listed)).toBe(2.5);
  expect(readFloat32(Math.fround(0.3), listed)).toBe(0.3);
});

test('the shortest decimal is the one with the fewest digits', () => {
  fc.assert(
    fc.property(fc.float({ min: -1e6, max: 1e6, noNaN: true, noInteger: true }), (value) => {
      const digits = [1, 2, 3, 4, 5, 6, 7, 8, 9].find(
        (n) => Math.fround(Number(value.toPrecision(n))) === value,
      );
      expect(readFloat32(value, column(-1e9, 1e9))).toBe(Number(value.toPrecision(digits ?? 9)));
    }),
    { examples: [[-30435.1875], [30435.1875]] },
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
