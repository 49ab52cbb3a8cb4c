import { createRandom, permutation } from '../../random.ts';

/** A random sample of at most `most` rows, in their order; all of them where there are no more. */
export function sampleRows(rows: Int32Array, most: number, seed: number): Int32Array {
  if (rows.length <= most) return rows;
  return permutation(rows.length, createRandom(seed))
    .subarray(0, most)
    .sort()
    .map((i) => rows[i]);
}
