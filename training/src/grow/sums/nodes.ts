import type { Forest } from '@hearth/artifact';
import { missingSide } from '../split.ts';

const integers = [
  'feature',
  'left',
  'right',
  'column',
  'at',
  'next',
  'start',
  'end',
  'depth',
  'slot',
] as const;
const numbers = [
  'threshold',
  'value',
  'cover',
  'gradient',
  'weight',
  'low',
  'high',
  'gain',
  'leftGradient',
  'leftWeight',
] as const;

type Integers = Record<(typeof integers)[number], Int32Array>;
type Numbers = Record<(typeof numbers)[number], Float64Array>;

/** The nodes of a growing tree. The arrays are reused for the next tree, and grow when needed. */
export interface TreeNodes extends Integers, Numbers {
  /** One of `missingSide`; in a finished tree, 1 for left and 0 for right. */
  missingLeft: Uint8Array;
  count: number;
}

export function createNodes(capacity: number): TreeNodes {
  return {
    ...(Object.fromEntries(integers.map((name) => [name, new Int32Array(capacity)])) as Integers),
    ...(Object.fromEntries(numbers.map((name) => [name, new Float64Array(capacity)])) as Numbers),
    missingLeft: new Uint8Array(capacity),
    count: 0,
  };
}

/** Adds a leaf with the rows from `start` to before `end`. @returns its index */
export function addNode(nodes: TreeNodes, start: number, end: number, depth: number): number {
  if (nodes.count === nodes.feature.length) lengthen(nodes);
  const node = nodes.count++;
  nodes.feature[node] = -1;
  nodes.left[node] = -1;
  nodes.right[node] = -1;
  nodes.threshold[node] = 0;
  nodes.missingLeft[node] = 0;
  nodes.slot[node] = -1;
  nodes.start[node] = start;
  nodes.end[node] = end;
  nodes.depth[node] = depth;
  return node;
}

function lengthen(nodes: TreeNodes): void {
  const longer = createNodes(2 * nodes.feature.length);
  for (const name of integers) longer[name].set(nodes[name]);
  for (const name of numbers) longer[name].set(nodes[name]);
  longer.missingLeft.set(nodes.missingLeft);
  Object.assign(nodes, longer, { count: nodes.count });
}

/** Computes the covers from the leaves up, and sends missing values that did not occur in training to the larger child. */
export function finishNodes(nodes: TreeNodes, rows: Int32Array, rowCover: Float64Array): void {
  const { cover, left, right, start, end, missingLeft } = nodes;
  for (let node = nodes.count - 1; node >= 0; node--) {
    cover[node] = 0;
    if (nodes.feature[node] === -1) {
      for (let i = start[node]; i < end[node]; i++) cover[node] += rowCover[rows[i]];
      continue;
    }
    cover[node] = cover[left[node]] + cover[right[node]];
    if (missingLeft[node] === missingSide.unseen) {
      missingLeft[node] = cover[left[node]] >= cover[right[node]] ? 1 : 0;
    }
  }
}

/** The finished tree, with `(value + offset) × scale` in its leaves. */
export function toTree(nodes: TreeNodes, offset: number, scale: number): Forest {
  const { count } = nodes;
  const feature = nodes.feature.slice(0, count);
  const value = new Float64Array(count);
  for (let node = 0; node < count; node++) {
    if (feature[node] === -1) value[node] = (nodes.value[node] + offset) * scale;
  }
  return {
    roots: Int32Array.of(0),
    feature,
    threshold: nodes.threshold.slice(0, count),
    left: nodes.left.slice(0, count),
    right: nodes.right.slice(0, count),
    value,
    cover: nodes.cover.slice(0, count),
    missingLeft: nodes.missingLeft.slice(0, count),
  };
}
