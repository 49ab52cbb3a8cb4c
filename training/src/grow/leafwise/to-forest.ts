import type { Forest } from '@hearth/artifact';
import type { ColumnBins } from '../bins.ts';
import { missingSide } from '../split.ts';
import type { CategorySets } from './category-sets.ts';
import type { TreeNode } from './tree-node.ts';

/** A finished tree as arrays. */
export interface GrownTree {
  forest: Forest;
  /** The splits on sets of categories, whose features have no number yet. */
  sets: { node: number; column: number; set: Uint8Array }[];
}

/** @param cover of each node */
export function toForest(
  nodes: readonly TreeNode[],
  columns: readonly ColumnBins[],
  cover: Float64Array,
): GrownTree {
  const count = nodes.length;
  const sets: GrownTree['sets'] = [];
  const forest = {
    roots: Int32Array.of(0),
    feature: new Int32Array(count).fill(-1),
    threshold: new Float64Array(count),
    left: new Int32Array(count).fill(-1),
    right: new Int32Array(count).fill(-1),
    value: new Float64Array(count),
    cover,
    missingLeft: new Uint8Array(count),
  };
  for (const { place, split, value } of nodes) {
    if (!split) {
      forest.value[place] = value;
      continue;
    }
    const column = columns[split.column];
    const isIndicator = column.kind === 'category' && split.next !== -1;
    if (split.set) sets.push({ node: place, column: split.column, set: split.set });
    else forest.feature[place] = column.feature + (isIndicator ? split.at : 0);
    forest.threshold[place] = split.threshold;
    forest.left[place] = split.left.place;
    forest.right[place] = split.right.place;
    forest.missingLeft[place] = split.missing === missingSide.left ? 1 : 0;
  }
  return { forest, sets };
}

/** Numbers the sets on which a tree splits. */
export function numberSets({ forest, sets }: GrownTree, into: CategorySets): Forest {
  for (const { node, column, set } of sets) forest.feature[node] = into.featureOf(column, set);
  return forest;
}
