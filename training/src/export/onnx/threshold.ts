/**
 * The threshold for 32-bit inputs. Inputs and threshold are rounded to the nearest 32-bit number, which keeps their order: a value changes
 * sides only if it is below the threshold and rounds to the same number. A threshold halfway between two neighbouring 32-bit numbers is
 * rounded up, so that it still separates them.
 */
export function roundThreshold(threshold: number): number {
  const nearest = Math.fround(threshold);
  if (nearest >= threshold) return nearest;
  const above = nextAbove(nearest);
  return threshold - nearest < above - threshold ? nearest : above;
}

/** The next larger 32-bit number. */
function nextAbove(value: number): number {
  const float = Float32Array.of(value + 0); // turns -0 into 0
  const bits = new Int32Array(float.buffer);
  bits[0] += value < 0 ? -1 : 1;
  return float[0];
}
