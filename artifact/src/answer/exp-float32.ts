/** So many parts of an octave have a power of two in the table. */
const parts = 32;
const powers = Float64Array.from({ length: parts }, (_, i) => 2 ** (i / parts));
const [c0, c1, c2] = [
  0.05550361559341535 / parts ** 3,
  0.2402284522445722 / parts ** 2,
  0.6931471806916203 / parts,
];
/** Less is 0 in float32, and more is infinite. */
const [least, most] = [-103.97208404541016, 88.72283172607422];

/**
 * The exponential of a float32 as a float32, by the algorithm of glibc's `expf` (from ARM's optimized routines, MIT): exp(x) = 2^(k/32) ·
 * 2^(r/32) with a table for the first factor and a cubic in r for the second, in float64. Tools that compute in float32 on Linux have the
 * same bits; elsewhere the last one can differ.
 */
export function expFloat32(x: number): number {
  if (!(x >= least)) return Number.isNaN(x) ? x : 0;
  if (x > most) return Infinity;
  const z = x * (parts / Math.LN2);
  const k = Math.round(z);
  const r = z - k;
  const scale = powers[k & (parts - 1)] * 2 ** (k >> 5);
  return Math.fround(((c0 * r + c1) * (r * r) + (c2 * r + 1)) * scale);
}
