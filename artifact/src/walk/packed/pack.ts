import type { Forest } from '../../forest/forest.ts';
import { countAtMost, type Thresholds, thresholdsOf } from '../thresholds.ts';
import { chooseLayout, type NodeLayout } from './layout.ts';

/** A forest of 4-byte nodes, which stay in the cache where the forest as it is stored does not. */
export interface PackedForest {
  layout: NodeLayout;
  thresholds: Thresholds;
  /** The feature that each column holds codes of; behind the last are those that leaves ask; [columns]. */
  featureOf: Int32Array;
  /** A missing value's code: 0 goes left at every node, `farRight` right; [columns]. */
  missingCode: Int32Array;
  /** Where each tree's slots begin, and after the last tree where they end; the root is in slot 1; [trees + 1]. */
  bases: Int32Array;
  /** [slots] */
  nodes: Int32Array;
  /** What leaves add: by their numbers, or by slot where they are not numbered. */
  values: Float64Array;
}

/** The code that goes right at every node. */
export const farRight = 0xffff;

/** @returns undefined where the forest has more columns, thresholds or nodes in a tree than fit into four bytes */
export function packForest(forest: Forest, features: number): PackedForest | undefined {
  const { roots, feature } = forest;
  const thresholds = thresholdsOf(forest, features);
  const sided = sidesOf(forest, features);
  const slots = new Int32Array(feature.length);
  const bases = new Int32Array(roots.length + 1);
  for (let tree = 0; tree < roots.length; tree++) {
    bases[tree + 1] = bases[tree] + placeTree(forest, roots[tree], slots);
  }
  const numbered = numberValues(forest);
  const values = numbered?.size ?? Infinity;
  const layout = chooseLayout({ columns: sided.length + 2, thresholds, values, bases });
  if (!layout) return undefined;
  const numbers = layout.isNumbered ? numbered : undefined;
  const packed: PackedForest = {
    layout,
    thresholds,
    featureOf: Int32Array.from(sided, (key) => key >> 1),
    missingCode: Int32Array.from(sided, (key) => (key & 1 ? 0 : farRight)),
    bases,
    nodes: new Int32Array(bases[roots.length]),
    values: numbers ? Float64Array.from(numbers.keys()) : new Float64Array(bases[roots.length]),
  };
  const columnOf = new Int32Array(2 * features);
  for (const [column, key] of sided.entries()) columnOf[key] = column;
  for (let tree = 0; tree < roots.length; tree++) {
    const end = tree + 1 < roots.length ? roots[tree + 1] : feature.length;
    for (let node = roots[tree]; node < end; node++) {
      writeNode(packed, forest, node, bases[tree], slots, columnOf, numbers);
    }
  }
  return packed;
}

/** Twice each feature that is asked, and one more where missing values go left: each of them is a column. */
function sidesOf({ feature, missingLeft }: Forest, features: number): number[] {
  const asked = new Uint8Array(2 * features);
  for (let node = 0; node < feature.length; node++) {
    if (feature[node] >= 0) asked[2 * feature[node] + missingLeft[node]] = 1;
  }
  return Array.from(asked.keys()).filter((key) => asked[key] === 1);
}

/** A number for each value of leaves; none where values hardly come twice, because then they are as fast to look up by slot. */
function numberValues({ feature, value }: Forest): Map<number, number> | undefined {
  const most = Math.max(16, feature.length / 16);
  const numbers = new Map<number, number>();
  for (let node = 0; node < feature.length; node++) {
    if (feature[node] >= 0 || numbers.has(value[node])) continue;
    if (numbers.size >= most) return undefined;
    numbers.set(value[node], numbers.size);
  }
  return numbers;
}

function writeNode(
  { layout, thresholds, featureOf, nodes, values }: PackedForest,
  { feature, threshold, left, value, missingLeft }: Forest,
  node: number,
  base: number,
  slots: Int32Array,
  columnOf: Int32Array,
  numbers: ReadonlyMap<number, number> | undefined,
): void {
  const slot = slots[node];
  const { columnShift, thresholdShift } = layout;
  if (feature[node] < 0) {
    const side = slot & 1;
    const number = numbers?.get(value[node]) ?? 0;
    nodes[base + slot] = ((featureOf.length + side) << columnShift) | (number << thresholdShift) | slot | 1;
    if (!numbers) values[base + slot] = value[node];
    return;
  }
  const column = columnOf[2 * feature[node] + missingLeft[node]];
  const number = countAtMost(thresholds, feature[node], threshold[node]) - 1;
  nodes[base + slot] = (column << columnShift) | (number << thresholdShift) | slots[left[node]];
}

/** Levels of a tree that lie together: seven pairs of nodes, which about fill a line of the cache. */
const levels = 3;

/**
 * Gives every node of a tree its slot, siblings side by side, and nodes that a walk is likely to pass one after the other near.
 * @param slots written; [nodes]
 * @returns number of slots, of which the first is never used
 */
function placeTree({ feature, left, right }: Forest, root: number, slots: Int32Array): number {
  slots[root] = 1;
  let next = 2;
  const tops = [root];
  for (let top = tops.pop(); top !== undefined; top = tops.pop()) {
    let level = [top];
    for (let depth = 0; depth < levels; depth++) {
      const below: number[] = [];
      for (const node of level) {
        if (feature[node] < 0) continue;
        slots[left[node]] = next++;
        slots[right[node]] = next++;
        below.push(left[node], right[node]);
      }
      level = below;
    }
    tops.push(...level.reverse());
  }
  return next;
}
