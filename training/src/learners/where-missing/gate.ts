import type { Forest } from '@hearth/artifact';
import type { Design } from '../../design.ts';
import { emptyForest } from '../../grow/index.ts';
import { given } from '../written-trees.ts';

/** The features that are given exactly where their column is, of the columns that no training row misses. */
export function gateOf({ binned }: Design, rows: Int32Array): number[] {
  const seen = new Set<number>();
  return binned.columns.flatMap(({ feature, owner, always, bins, size }) => {
    if (always || seen.has(owner) || rows.some((row) => bins[row] === size)) return [];
    seen.add(owner);
    return [feature];
  });
}

/** The same trees with the opposite sign, for rows only that have all of these features; others get 0. */
export function behind(gate: readonly number[], forest: Forest): Forest {
  const { roots } = forest;
  const trees = roots.length;
  const before = 2 * gate.length;
  const gated = emptyForest(trees, forest.feature.length + trees * before);
  for (const each of [gated.feature, gated.left, gated.right]) each.fill(-1);
  for (let tree = 0; tree < trees; tree++) {
    const { [tree]: from } = roots;
    const end = tree + 1 < trees ? roots[tree + 1] : forest.feature.length;
    const root = from + tree * before;
    gated.roots[tree] = root;
    for (const [i, feature] of gate.entries()) {
      const node = root + 2 * i;
      gated.feature[node] = feature;
      gated.threshold[node] = given;
      gated.right[node] = node + 1;
      gated.left[node] = node + 2;
      gated.cover[node] = forest.cover[from];
    }
    const by = root + before - from;
    for (let node = from; node < end; node++) {
      gated.feature[node + by] = forest.feature[node];
      gated.threshold[node + by] = forest.threshold[node];
      gated.left[node + by] = forest.left[node] === -1 ? -1 : forest.left[node] + by;
      gated.right[node + by] = forest.right[node] === -1 ? -1 : forest.right[node] + by;
      gated.missingLeft[node + by] = forest.missingLeft[node];
      gated.value[node + by] = -forest.value[node];
      gated.cover[node + by] = forest.cover[node];
    }
  }
  return gated;
}
