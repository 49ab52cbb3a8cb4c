/**
 * Every comparison of numbers as `x < threshold` in float64. Each function gives the threshold of the equivalent comparison, for any x
 * that a column allows.
 */

const float32 = new Float32Array(1);
const bits32 = new Int32Array(float32.buffer);
const float64 = new Float64Array(1);
const bits64 = new BigInt64Array(float64.buffer);

/** The least float64 above x. */
export function nextFloat64(x: number): number {
  if (x === 0) return Number.MIN_VALUE;
  if (x === Infinity) return x;
  float64[0] = x;
  bits64[0] += x > 0 ? 1n : -1n;
  return float64[0];
}

/** The greatest float32 below x, and the least above it, for a float32 x. */
export function previousFloat32(x: number): number {
  return -nextFloat32(-x);
}

export function nextFloat32(x: number): number {
  if (x === 0) return 2 ** -149;
  if (x === Infinity) return x;
  float32[0] = x;
  bits32[0] += x > 0 ? 1 : -1;
  return float32[0];
}

/** `x <= t` */
export const atMost = (t: number): number => nextFloat64(t);

/** Halfway between the largest float32 and what would be the next one: from here on a number is infinite as a float32. */
const overflow = 3.4028235677973366e38;

/** `float32(x) < t` for a float32 t: the midpoint of t and the float32 below it, and which of both that rounds to decides its own side. */
export function below32(t: number): number {
  if (t === Infinity) return overflow;
  if (t === -Infinity) return -Infinity;
  const under = previousFloat32(t);
  const middle = under === -Infinity ? -overflow : under / 2 + t / 2;
  return Math.fround(middle) === t ? middle : nextFloat64(middle);
}

/** `float32(x) <= t` for a float64 t. */
export function atMost32(t: number): number {
  const rounded = Math.fround(t);
  const most = rounded > t ? previousFloat32(rounded) : rounded;
  return below32(nextFloat32(most));
}
