/**
 * A threshold for inputs of 32 bits. Inputs and threshold are both rounded to the nearest, which keeps their order: a value goes to
 * the other side only where it lies below the threshold and rounds to the same 32-bit number. A threshold half-way between two
 * neighbouring 32-bit numbers goes to the upper one, so that it still parts them.
 */
export function roundThreshold(threshold: number): number {
  const nearest = Math.fround(threshold);
  if (nearest >= threshold) return nearest;
  const above = nextAbove(nearest);
  return threshold - nearest < above - threshold ? nearest : above;
}

/** The least 32-bit number above one that is finite. */
function nextAbove(value: number): number {
  const float = Float32Array.of(value + 0); // of -0 and 0 the latter
  const bits = new Int32Array(float.buffer);
  bits[0] += value < 0 ? -1 : 1;
  return float[0];
}
