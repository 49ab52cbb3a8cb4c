import { type Forest, leafOf, sumLeaves } from '../forest/forest.ts';
import type { PackedForest } from './packed/pack.ts';
import { packedWalk } from './packed/packed-walk.ts';
import type { Walk } from './walk.ts';

/** The packed walk of a sound forest, or the plain walk when the forest could not be packed. */
export function walkForest(forest: Forest, features: number, packed: PackedForest | undefined): Walk {
  return packed ? packedWalk(packed) : plainWalk(forest, features);
}

const plainWalk = (forest: Forest, features: number): Walk => ({
  sumLeaves: (x) => sumLeaves(forest, x),
  sumBatch(x, sums) {
    for (let row = 0; row < sums.length; row++) {
      sums[row] = sumLeaves(forest, x.subarray(row * features, (row + 1) * features));
    }
  },
  sumRanges(x, starts, sums) {
    for (let row = 0; row < sums[0].length; row++) {
      const given = x.subarray(row * features, (row + 1) * features);
      for (const [k, some] of sums.entries()) {
        let sum = 0;
        for (let tree = starts[k]; tree < starts[k + 1]; tree++) {
          sum += forest.value[leafOf(forest, forest.roots[tree], given)];
        }
        some[row] = sum;
      }
    }
  },
  eachTree(x, rows, add) {
    const leaves = new Float64Array(rows);
    for (const root of forest.roots) {
      for (let row = 0; row < rows; row++) {
        leaves[row] = forest.value[leafOf(forest, root, x.subarray(row * features, (row + 1) * features))];
      }
      add(leaves);
    }
  },
});
