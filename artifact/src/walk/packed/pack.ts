import type { Forest } from '../../forest/forest.ts';
import { countAtMost, type Thresholds, thresholdsOf } from '../thresholds.ts';
import { chooseLayout, type NodeLayout } from './layout.ts';

/** A forest with 4-byte nodes: small enough for the cache, unlike the forest as it is stored. */
export interface PackedForest {
  layout: NodeLayout;
  thresholds: Thresholds;
  /** The feature whose codes each column holds; the two columns of the leaves follow and are not listed; [columns]. */
  featureOf: Int32Array;
  /** Code of a missing value: 0 goes left at every node, `farRight` goes right; [columns]. */
  missingCode: Int32Array;
  /** Where the slots of each tree start; the last entry is the end; the root is in slot 1; [trees + 1]. */
  bases: Int32Array;
  /** [slots] */
  nodes: Int32Array;
  /** Leaf values: by value number, or by slot if they are not numbered. */
  values: Float64Array;
}

/** The code that goes right at every node. */
export const farRight = 0xffff;

/** @returns undefined if columns, thresholds and the nodes of a tree do not fit into four bytes */
export function packForest(forest: Forest, features: number): PackedForest | undefined {
  const { roots, feature } = forest;
  if (roots.length === 0) return undefined;
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

/** One key per column, for each feature and side of missing values that occurs: 2 × feature, plus 1 if missing values go left. */
function sidesOf({ feature, missingLeft }: Forest, features: number): number[] {
  const used = new Uint8Array(2 * features);
  for (let node = 0; node < feature.length; node++) {
    if (feature[node] >= 0) used[2 * feature[node] + missingLeft[node]] = 1;
  }
  return Array.from(used.keys()).filter((key) => used[key] === 1);
}

/** Numbers the distinct leaf values; undefined if values hardly repeat, because a lookup by slot is as fast then. */
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

/** Levels of a tree that are stored together: seven pairs of nodes, about one cache line. */
const levels = 3;

/**
 * Assigns a slot to every node of a tree: siblings are neighbours, and nodes that a walk visits in sequence are close together.
 * @param slots written; [nodes]
 * @returns number of slots; slot 0 is never used
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
