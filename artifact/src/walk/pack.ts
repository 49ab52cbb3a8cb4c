import type { Forest } from '../forest.ts';
import { countAtMost, type Thresholds, thresholdsOf } from './thresholds.ts';

/**
 * A forest of 4-byte nodes, which stay in the cache where the forest as it is stored does not. A node is
 * `column << 26 | threshold << 15 | pair`: a row whose code in the column is at most the threshold's number goes to the slot
 * 2 · pair of the tree, another one to the slot behind it. A leaf leads to itself, so that rows that walk together need not end together.
 */
export interface PackedForest {
  thresholds: Thresholds;
  /** The feature that each column holds codes of; the last column, which leaves ask, holds 1; [columns]. */
  featureOf: Int32Array;
  /** A missing value's code: 0 goes left at every node, `farRight` right; [columns]. */
  missingCode: Int32Array;
  /** Where each tree's slots begin; the root is in slot 1; [trees]. */
  bases: Int32Array;
  /** [slots] */
  nodes: Int32Array;
  /** What a leaf adds; [slots]. */
  values: Float64Array;
}

export const pairBits = 15;
export const columnShift = 26;
export const pairMask = (1 << pairBits) - 1;
export const thresholdMask = (1 << (columnShift - pairBits)) - 1;
const farRight = thresholdMask;
const mostColumns = 1 << (32 - columnShift);

/** @returns undefined where the forest has more columns, thresholds or nodes in a tree than fit into a node */
export function packForest(forest: Forest, features: number): PackedForest | undefined {
  const { roots, feature, missingLeft } = forest;
  const thresholds = thresholdsOf(forest, features);
  for (let i = 0; i < features; i++) {
    if (thresholds.starts[i + 1] - thresholds.starts[i] > thresholdMask) return undefined;
  }
  // a feature has a column for each side that its nodes send missing values to
  const columnOf = new Int32Array(2 * features).fill(-1);
  for (let node = 0; node < feature.length; node++) {
    if (feature[node] >= 0) columnOf[2 * feature[node] + missingLeft[node]] = 0;
  }
  const used = Array.from(columnOf.keys()).filter((key) => columnOf[key] === 0);
  if (used.length + 1 > mostColumns) return undefined;
  for (const [column, key] of used.entries()) columnOf[key] = column;

  const slots = new Int32Array(feature.length);
  const bases = new Int32Array(roots.length);
  let size = 0;
  for (let tree = 0; tree < roots.length; tree++) {
    bases[tree] = size;
    const end = placeTree(forest, roots[tree], slots);
    if (end > 2 * (pairMask + 1)) return undefined;
    size += end;
  }
  const packed: PackedForest = {
    thresholds,
    featureOf: Int32Array.from(used, (key) => key >> 1),
    missingCode: Int32Array.from(used, (key) => (key & 1 ? 0 : farRight)),
    bases,
    nodes: new Int32Array(size),
    values: new Float64Array(size),
  };
  for (let tree = 0; tree < roots.length; tree++) {
    const end = tree + 1 < roots.length ? roots[tree + 1] : feature.length;
    for (let node = roots[tree]; node < end; node++)
      writeNode(packed, forest, node, bases[tree], slots, columnOf);
  }
  return packed;
}

function writeNode(
  { thresholds, featureOf, nodes, values }: PackedForest,
  { feature, threshold, left, value, missingLeft }: Forest,
  node: number,
  base: number,
  slots: Int32Array,
  columnOf: Int32Array,
): void {
  const slot = slots[node];
  if (feature[node] < 0) {
    const staysLeft = 1 - (slot & 1);
    nodes[base + slot] = (featureOf.length << columnShift) | (staysLeft << pairBits) | (slot >> 1);
    values[base + slot] = value[node];
    return;
  }
  const column = columnOf[2 * feature[node] + missingLeft[node]];
  const number = countAtMost(thresholds, feature[node], threshold[node]) - 1;
  nodes[base + slot] = (column << columnShift) | (number << pairBits) | (slots[left[node]] >> 1);
}

/** Levels of a tree that lie together: seven pairs of nodes, which fill a line of the cache. */
const levels = 3;

/**
 * Gives every node of a tree its slot, siblings side by side, and nodes that a walk is likely to pass one after the other near.
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
