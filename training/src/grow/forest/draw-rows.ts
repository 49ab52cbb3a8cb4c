import type { Random } from '../../random.ts';

export interface DrawOptions {
  /** Number of rows drawn for each tree, as a share of all. */
  sampleShare: number;
  /** Whether a row can be drawn more than once; with a share of 1, this is the bootstrap. */
  replace: boolean;
}

/** Number of draws from this number of rows. */
export const numberOfDraws = (rows: number, sampleShare: number): number =>
  Math.max(1, Math.round(sampleShare * rows));

/** Draws rows, and writes how often each was drawn. */
export function drawRows(
  draws: Uint8Array | Int32Array,
  { sampleShare, replace }: DrawOptions,
  random: Random,
): void {
  const rows = draws.length;
  const wanted = numberOfDraws(rows, sampleShare);
  draws.fill(0);
  if (replace) {
    for (let i = 0; i < wanted; i++) draws[random.below(rows)]++;
    return;
  }
  // Selection sampling (Knuth, The Art of Computer Programming 2, algorithm 3.4.2 S)
  for (let row = 0, drawn = 0; drawn < wanted; row++) {
    if (random.uniform() * (rows - row) < wanted - drawn) {
      draws[row] = 1;
      drawn++;
    }
  }
}
