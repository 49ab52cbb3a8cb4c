import { expect, test } from 'vitest';
import { unimodal } from './unimodal.ts';

const even = (length: number) => new Float64Array(length).fill(1 / length);

test('heights that change direction once are unchanged', () => {
  const hill = Float64Array.of(0, 1, 3, 2, -1);
  const valley = Float64Array.of(4, 2, 2, 3);
  expect(unimodal(hill, even(5))).toEqual(hill);
  expect(unimodal(valley, even(4))).toEqual(valley);
});

test('the smaller of two changes of direction is removed', () => {
  expect([...unimodal(Float64Array.of(0, 2, 1, 5, 3), even(5))]).toEqual(
    [0, 1.5, 1.5, 5, 3].map((h) => expect.closeTo(h, 9)),
  );
});
