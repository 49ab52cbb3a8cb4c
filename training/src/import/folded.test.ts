import fc from 'fast-check';
import { expect, test } from 'vitest';
import { atMost, atMost32, below32, nextFloat32, nextFloat64, previousFloat32 } from './folded.ts';

const finite = { noNaN: true, noDefaultInfinity: true } as const;
const float32 = fc.float(finite);
const float64 = fc.oneof(fc.double(finite), float32);

/** Numbers on both sides of a threshold: on it, one step of float32 and of float64 beside it, halfway to the next float32. */
function around(t: number): number[] {
  const single = Math.fround(t);
  const near = [t, single, previousFloat32(single), nextFloat32(single)].filter(Number.isFinite);
  const middles = near.slice(2).map((each) => each / 2 + single / 2);
  const all = [...near, ...middles];
  return all
    .flatMap((x) => [x, nextFloat64(x), -nextFloat64(-x)])
    .filter((x) => Number.isFinite(Math.fround(x)));
}

const agrees = (theirs: (x: number, t: number) => boolean, fold: (t: number) => number) => (t: number) => {
  for (const x of around(t)) expect([x, x < fold(t)]).toEqual([x, theirs(x, t)]);
};

test('x <= t', () => {
  fc.assert(
    fc.property(
      float64,
      agrees((x, t) => x <= t, atMost),
    ),
  );
  for (const t of [0, -0, Number.MIN_VALUE, -Number.MIN_VALUE]) agrees((x, t) => x <= t, atMost)(t);
});

test('float32(x) < t', () => {
  fc.assert(
    fc.property(
      float32,
      agrees((x, t) => Math.fround(x) < t, below32),
    ),
  );
  for (const t of [
    0,
    -0,
    1,
    -1,
    2 ** -149,
    2 ** 24 + 2,
    2 ** -126,
    3.4028234663852886e38,
    -3.4028234663852886e38,
  ])
    agrees((x, t) => Math.fround(x) < t, below32)(t);
});

test('float32(x) <= t, for a t between two float32 too', () => {
  const inRange = float64.filter((t) => Number.isFinite(Math.fround(t)));
  fc.assert(
    fc.property(
      inRange,
      agrees((x, t) => Math.fround(x) <= t, atMost32),
    ),
  );
  for (const t of [0, 0.1, -0.1, 1e-46, -1e-46]) agrees((x, t) => Math.fround(x) <= t, atMost32)(t);
});

test('an infinite threshold sends every number to one side', () => {
  for (const fold of [atMost, below32, atMost32]) {
    expect(1e38 < fold(Infinity)).toBe(true);
    expect(-1e38 < fold(-Infinity)).toBe(false);
  }
});
