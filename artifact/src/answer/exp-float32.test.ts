import { expect, test } from 'vitest';
import { expFloat32 } from './exp-float32.ts';

/** x and expf(x) of glibc 2.36, where the float32 nearest to Math.exp(x) is another number. */
const hard: [number, number][] = [
  [0.10039696097373962, 1.1056097745895386],
  [1.30316162109375, 3.6809160709381104],
  [23.46581268310547, 15526478848],
  [-0.3401772081851959, 0.7116442322731018],
  [-6.301388740539551, 0.0018337564542889595],
];

test.each(hard)('the exponential of %d is that of glibc', (x, y) => {
  expect(expFloat32(x)).toBe(y);
  expect(Math.fround(Math.exp(x))).not.toBe(y);
});

test('beyond the range of float32 it is 0 or infinite, and nothing stays nothing', () => {
  expect([-200, -Infinity, 89, Infinity].map(expFloat32)).toEqual([0, 0, Infinity, Infinity]);
  expect(expFloat32(Number.NaN)).toBeNaN();
  expect(expFloat32(0)).toBe(1);
});

test('it is within one step of float32 of the exponential of float64', () => {
  for (let x = -87; x < 88; x += 0.37)
    expect(Math.abs(expFloat32(Math.fround(x)) / Math.exp(Math.fround(x)) - 1)).toBeLessThan(2 ** -23);
});
