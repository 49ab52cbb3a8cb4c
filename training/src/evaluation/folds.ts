import { createRandom, permutation } from '../random.ts';

/** A fold's number is stored in one byte. */
export const mostFolds = 255;

/**
 * Assigns rows to folds so that the numbers of rows of a class in two folds differ by at most one.
 * @returns fold of each row, 0 … folds-1; [rows]
 */
export function stratifiedFolds(target: Uint8Array, folds: number, seed: number): Uint8Array {
  const random = createRandom(seed);
  const fold = new Uint8Array(target.length);
  let next = 0;
  const last = target.reduce((most, label) => Math.max(most, label), 1);
  for (let label = 0; label <= last; label++) {
    const rows = Array.from(target.keys()).filter((row) => target[row] === label);
    for (const i of permutation(rows.length, random)) fold[rows[i]] = next++ % folds;
  }
  return fold;
}

/** The rows outside of one fold (`train`) and inside it (`test`). */
export function splitFold(fold: Uint8Array, held: number): { train: Int32Array; test: Int32Array } {
  const rows = Int32Array.from(fold.keys());
  return { train: rows.filter((row) => fold[row] !== held), test: rows.filter((row) => fold[row] === held) };
}
