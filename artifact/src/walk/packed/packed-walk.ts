import type { Walk } from '../walk.ts';
import { widthOf, writeCodes, writeLeafCodes } from './codes.ts';
import { createKernel, type Kernel, lanes } from './kernel.ts';
import type { NodeLayout } from './layout.ts';
import type { PackedForest } from './pack.ts';

/** Codes of one block of rows: as many as leave room for trees in the second-level cache. */
const blockCodes = 1 << 17;

/** Walks a packed forest, eight rows or four trees in parallel: while one walk waits for memory, the others continue. */
export function packedWalk(packed: PackedForest): Walk {
  const width = widthOf(packed);
  const one = new Uint16Array(width);
  writeLeafCodes(one, width);
  const blockRows = lanes * Math.ceil(blockCodes / (lanes * width));
  let kernel: Kernel | undefined;
  const leavesOfOne = new Float64Array(packed.bases.length - 1);

  return {
    sumLeaves(x) {
      writeCodes(packed, x, 0, 1, one);
      return walkRow(packed, one, leavesOfOne);
    },
    sumBatch(x, sums) {
      kernel ??= kernelOf(packed, blockRows, width);
      for (let from = 0; from < sums.length; from += blockRows) {
        const count = Math.min(blockRows, sums.length - from);
        writeCodes(packed, x, from, count, kernel.codes);
        sumBlock(packed, kernel, count);
        sums.set(kernel.sums.subarray(0, count), from);
      }
    },
    sumRanges(x, starts, sums) {
      const rows = sums[0].length;
      if (rows === 1) {
        writeCodes(packed, x, 0, 1, one);
        walkRow(packed, one, leavesOfOne);
        for (const [k, some] of sums.entries()) some[0] = sumOf(leavesOfOne, starts[k], starts[k + 1]);
        return;
      }
      kernel ??= kernelOf(packed, blockRows, width);
      for (let from = 0; from < rows; from += blockRows) {
        const count = Math.min(blockRows, rows - from);
        writeCodes(packed, x, from, count, kernel.codes);
        for (const [k, some] of sums.entries()) {
          sumBlock(packed, kernel, count, starts[k], starts[k + 1]);
          some.set(kernel.sums.subarray(0, count), from);
        }
      }
    },
    eachTree(x, rows, add) {
      const leaves = new Float64Array(rows);
      if (rows < lanes) return eachTreeOfFew(packed, x, leaves, add);
      kernel ??= kernelOf(packed, blockRows, width);
      const codes = new Uint16Array(rows * width);
      writeLeafCodes(codes, width);
      writeCodes(packed, x, 0, rows, codes);
      for (let tree = 0; tree + 1 < packed.bases.length; tree++) {
        loadTree(packed, kernel, tree);
        for (let from = 0; from < rows; from += blockRows) {
          const count = Math.min(blockRows, rows - from);
          kernel.codes.set(codes.subarray(from * width, (from + count) * width));
          kernel.sums.fill(0);
          kernel.addTree(count);
          leaves.set(kernel.sums.subarray(0, count), from);
        }
        add(leaves);
      }
    },
  };
}

function kernelOf(packed: PackedForest, rows: number, width: number): Kernel {
  const { layout, values } = packed;
  const slots = largestTree(packed);
  const kernel = createKernel(layout, {
    slots,
    values: layout.isNumbered ? values.length : slots,
    rows,
    width,
  });
  if (layout.isNumbered) kernel.values.set(values);
  return kernel;
}

/** The sum of the leaves of the trees from `from` to before `to`, in tree order. */
function sumOf(leaves: Float64Array, from: number, to: number): number {
  let sum = 0;
  for (let tree = from; tree < to; tree++) sum += leaves[tree];
  return sum;
}

/** Sums of the leaves of a block of rows in some of the trees, in tree order: each tree stays in the first-level cache while all rows walk it. */
function sumBlock(
  packed: PackedForest,
  kernel: Kernel,
  rows: number,
  from = 0,
  to = packed.bases.length - 1,
): void {
  kernel.sums.fill(0);
  for (let tree = from; tree < to; tree++) {
    loadTree(packed, kernel, tree);
    kernel.addTree(rows);
  }
}

function loadTree({ layout, bases, nodes, values }: PackedForest, kernel: Kernel, tree: number): void {
  kernel.nodes.set(nodes.subarray(bases[tree], bases[tree + 1]));
  if (!layout.isNumbered) kernel.values.set(values.subarray(bases[tree], bases[tree + 1]));
}

/** The leaves of fewer rows than the kernel has lanes. */
function eachTreeOfFew(
  packed: PackedForest,
  x: Float64Array,
  leaves: Float64Array,
  add: (leaves: Float64Array) => void,
): void {
  const { bases } = packed;
  const width = widthOf(packed);
  const codes = new Uint16Array(leaves.length * width);
  writeLeafCodes(codes, width);
  writeCodes(packed, x, 0, leaves.length, codes);
  const trees = bases.length - 1;
  const all = new Float64Array(leaves.length * trees);
  for (let row = 0; row < leaves.length; row++)
    walkRow(packed, codes.subarray(row * width, (row + 1) * width), all.subarray(row * trees));
  for (let tree = 0; tree < trees; tree++) {
    for (let row = 0; row < leaves.length; row++) leaves[row] = all[row * trees + tree];
    add(leaves);
  }
}

/**
 * Writes the leaf of one row in each tree. Four trees advance together until all four are at a leaf: the lowest bit is 1 only in leaves, so
 * the AND of the four nodes has it only then. The sign bit of `threshold number − code` is the side: 0 is left, 1 is right.
 * @param out [trees] @returns their sum, in tree order
 */
function walkRow(
  { layout, bases, nodes, values }: PackedForest,
  codes: Uint16Array,
  out: Float64Array,
): number {
  const { columnShift, thresholdShift, thresholdMask, pairMask, isNumbered } = layout;
  const trees = bases.length - 1;
  let sum = 0;
  let tree = 0;
  for (; tree + 4 <= trees; tree += 4) {
    const base0 = bases[tree];
    const base1 = bases[tree + 1];
    const base2 = bases[tree + 2];
    const base3 = bases[tree + 3];
    let slot0 = 1;
    let slot1 = 1;
    let slot2 = 1;
    let slot3 = 1;
    let node0 = nodes[base0 + 1];
    let node1 = nodes[base1 + 1];
    let node2 = nodes[base2 + 1];
    let node3 = nodes[base3 + 1];
    while ((node0 & node1 & node2 & node3 & 1) === 0) {
      slot0 =
        (node0 & pairMask) +
        ((((node0 >>> thresholdShift) & thresholdMask) - codes[node0 >>> columnShift]) >>> 31);
      slot1 =
        (node1 & pairMask) +
        ((((node1 >>> thresholdShift) & thresholdMask) - codes[node1 >>> columnShift]) >>> 31);
      slot2 =
        (node2 & pairMask) +
        ((((node2 >>> thresholdShift) & thresholdMask) - codes[node2 >>> columnShift]) >>> 31);
      slot3 =
        (node3 & pairMask) +
        ((((node3 >>> thresholdShift) & thresholdMask) - codes[node3 >>> columnShift]) >>> 31);
      node0 = nodes[base0 + slot0];
      node1 = nodes[base1 + slot1];
      node2 = nodes[base2 + slot2];
      node3 = nodes[base3 + slot3];
    }
    const leaf0 = values[isNumbered ? (node0 >>> thresholdShift) & thresholdMask : base0 + slot0];
    const leaf1 = values[isNumbered ? (node1 >>> thresholdShift) & thresholdMask : base1 + slot1];
    const leaf2 = values[isNumbered ? (node2 >>> thresholdShift) & thresholdMask : base2 + slot2];
    const leaf3 = values[isNumbered ? (node3 >>> thresholdShift) & thresholdMask : base3 + slot3];
    out[tree] = leaf0;
    out[tree + 1] = leaf1;
    out[tree + 2] = leaf2;
    out[tree + 3] = leaf3;
    sum = sum + leaf0 + leaf1 + leaf2 + leaf3;
  }
  for (; tree < trees; tree++) {
    out[tree] = leafOf(nodes, values, layout, bases[tree], codes);
    sum += out[tree];
  }
  return sum;
}

const largestTree = ({ bases }: PackedForest): number =>
  bases.reduce((most, base, tree) => Math.max(most, base - (bases[tree - 1] ?? 0)), 0);

function leafOf(
  nodes: Int32Array,
  values: Float64Array,
  { columnShift, thresholdShift, thresholdMask, pairMask, isNumbered }: NodeLayout,
  base: number,
  codes: Uint16Array,
): number {
  let slot = 1;
  let node = nodes[base + 1];
  while ((node & 1) === 0) {
    slot =
      (node & pairMask) +
      ((((node >>> thresholdShift) & thresholdMask) - codes[node >>> columnShift]) >>> 31);
    node = nodes[base + slot];
  }
  return values[isNumbered ? (node >>> thresholdShift) & thresholdMask : base + slot];
}
