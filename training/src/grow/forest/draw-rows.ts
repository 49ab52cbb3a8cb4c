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

/** The number of draws from weighted rows: what the weights add up to. */
export const drawsOfWeights = (weights: Float64Array): number =>
  Math.max(1, Math.round(weights.reduce((sum, weight) => sum + weight, 0)));

/** Draws rows with replacement in proportion to their weights: a row of weight 2 as often as two rows. */
export function weightedDrawer(
  weights: Float64Array,
): (draws: Uint8Array | Int32Array, random: Random) => void {
  const wanted = drawsOfWeights(weights);
  const ends = Float64Array.from(weights);
  for (let row = 1; row < ends.length; row++) ends[row] += ends[row - 1];
  const total = ends[ends.length - 1];
  return (draws, random) => {
    draws.fill(0);
    for (let i = 0; i < wanted; i++) draws[rowAt(random.uniform() * total)]++;
  };

  /** The first row whose end is above `at`. */
  function rowAt(at: number): number {
    let [low, high] = [0, ends.length - 1];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (ends[middle] > at) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}
