import { type Forest, sumLeaves } from '../forest.ts';
import { packForest } from './pack.ts';
import { packedWalk } from './packed-walk.ts';
import type { Walk } from './walk.ts';

export type { Walk } from './walk.ts';

/** Prepares the walk through a sound forest: faster than `sumLeaves`, and the same to the last bit. */
export function createWalk(forest: Forest, features: number): Walk {
  const packed = packForest(forest, features);
  return packed ? packedWalk(packed) : plainWalk(forest, features);
}

const plainWalk = (forest: Forest, features: number): Walk => ({
  sumLeaves: (x) => sumLeaves(forest, x),
  sumBatch(x, sums) {
    for (let row = 0; row < sums.length; row++) {
      sums[row] = sumLeaves(forest, x.subarray(row * features, (row + 1) * features));
    }
  },
});
