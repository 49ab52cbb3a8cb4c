import { widthOf, writeCodes } from './codes.ts';
import { createKernel, type Kernel, lanes } from './kernel.ts';
import type { NodeLayout } from './layout.ts';
import type { PackedForest } from './pack.ts';
import type { Walk } from './walk.ts';

/** Codes of rows that walk through one tree after the other: as many as leave the second-level cache room for trees. */
const blockCodes = 1 << 17;

/**
 * Walks a packed forest, eight rows or four trees abreast: while one walk waits for memory, the processor goes on with the others.
 * @param cachedSlots a forest of no more slots stays in the second-level cache as a whole: then a row has every tree at hand
 */
export function packedWalk(packed: PackedForest, cachedSlots = 1 << 16): Walk {
  const width = widthOf(packed);
  const one = new Uint16Array(width);
  const blockRows = lanes * Math.ceil(blockCodes / (lanes * width));
  let kernel: Kernel | undefined;

  function sumCached(x: Float64Array, sums: Float64Array): void {
    for (let row = 0; row < sums.length; row++) {
      writeCodes(packed, x, row, 1, one);
      sums[row] = sumRow(packed, one);
    }
  }

  function sumBlocks(x: Float64Array, sums: Float64Array): void {
    kernel ??= createKernel(packed.layout, { slots: largestTree(packed), rows: blockRows, width });
    for (let from = 0; from < sums.length; from += blockRows) {
      const count = Math.min(blockRows, sums.length - from);
      writeCodes(packed, x, from, count, kernel.codes);
      sumBlock(packed, kernel, count);
      sums.set(kernel.sums.subarray(0, count), from);
    }
  }

  return {
    sumLeaves(x) {
      writeCodes(packed, x, 0, 1, one);
      return sumRow(packed, one);
    },
    sumBatch: packed.nodes.length <= cachedSlots ? sumCached : sumBlocks,
  };
}

/** Sum of the leaves of one row, in tree order. */
function sumRow({ layout, bases, nodes, values }: PackedForest, codes: Uint16Array): number {
  const { columnShift, thresholdShift, thresholdMask, pairMask } = layout;
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
    sum += values[base0 + slot0];
    sum += values[base1 + slot1];
    sum += values[base2 + slot2];
    sum += values[base3 + slot3];
  }
  for (; tree < trees; tree++) sum += leafOf(nodes, values, layout, bases[tree], codes, 0);
  return sum;
}

/** Sums of the leaves of the first rows of a block, in tree order: one tree at a time stays in the first-level cache. */
function sumBlock({ bases, nodes, values }: PackedForest, kernel: Kernel, rows: number): void {
  kernel.sums.fill(0);
  for (let tree = 0; tree + 1 < bases.length; tree++) {
    kernel.nodes.set(nodes.subarray(bases[tree], bases[tree + 1]));
    kernel.values.set(values.subarray(bases[tree], bases[tree + 1]));
    kernel.addTree(rows);
  }
}

const largestTree = ({ bases }: PackedForest): number =>
  bases.reduce((most, base, tree) => Math.max(most, base - (bases[tree - 1] ?? 0)), 0);

function leafOf(
  nodes: Int32Array,
  values: Float64Array,
  { columnShift, thresholdShift, thresholdMask, pairMask }: NodeLayout,
  base: number,
  codes: Uint16Array,
  row: number,
): number {
  let slot = 1;
  for (let node = nodes[base + 1]; (node & 1) === 0; node = nodes[base + slot]) {
    slot =
      (node & pairMask) +
      ((((node >>> thresholdShift) & thresholdMask) - codes[row + (node >>> columnShift)]) >>> 31);
  }
  return values[base + slot];
}
