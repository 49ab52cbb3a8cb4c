import { createRandom, permutation } from '../random.ts';

/** The number of a fold is one byte. */
export const mostFolds = 255;

/**
 * Assigns rows to folds so that each fold has the same share of positives, give or take one.
 * @returns fold of each row, 0 … folds-1; [rows]
 */
export function stratifiedFolds(target: Uint8Array, folds: number, seed: number): Uint8Array {
  const random = createRandom(seed);
  const fold = new Uint8Array(target.length);
  let dealt = 0;
  for (const label of [0, 1]) {
    const rows = Array.from(target.keys()).filter((row) => target[row] === label);
    for (const i of permutation(rows.length, random)) fold[rows[i]] = dealt++ % folds;
  }
  return fold;
}

/** Rows inside and outside of one fold. */
export function splitFold(fold: Uint8Array, held: number): { train: Int32Array; test: Int32Array } {
  const rows = Int32Array.from(fold.keys());
  return { train: rows.filter((row) => fold[row] !== held), test: rows.filter((row) => fold[row] === held) };
}
