import type { Thresholds } from '../thresholds.ts';

/**
 * The 32 bits of a node, from the highest to the lowest:
 *
 *     | column | threshold number | pair | leaf |
 *              ^ columnShift      ^ thresholdShift
 *
 * - inner node: a row whose code in the column is at most the threshold number goes to the pair's first slot, which is even, any
 *   other row to the slot after it; the lowest bit is 0.
 * - leaf: the lowest bit is 1, and the threshold number is replaced by the number of its value. A leaf leads to itself, so that
 *   rows can walk together and arrive at different steps: its pair is its own, and its column has a code that selects its side.
 *
 * The widths depend on the forest: the column and the pair take the bits they need, the threshold number takes the rest.
 */
export interface NodeLayout {
  columnShift: number;
  thresholdShift: number;
  thresholdMask: number;
  /** Extracts the first slot of the pair, which is even. */
  pairMask: number;
  /** Whether leaves hold the number of their value; if there are too many distinct values, each slot has its own value instead. */
  isNumbered: boolean;
}

/** Codes are counts of thresholds in 16 bits; the largest code is reserved for missing values. */
const maxThresholds = 0xfffe;

/** Right leaves compare with a code that must be larger than every value number. */
const maxValues = 0xffff;

/** @returns undefined if they do not fit into 32 bits */
export function chooseLayout({
  columns,
  thresholds: { starts },
  values,
  bases,
}: {
  columns: number;
  thresholds: Thresholds;
  /** Number of distinct leaf values; Infinity if they should not be numbered. */
  values: number;
  bases: Int32Array;
}): NodeLayout | undefined {
  const slots = largestStep(bases);
  const thresholds = largestStep(starts);
  const thresholdShift = bitsFor(slots);
  const columnShift = 32 - bitsFor(columns);
  const thresholdBits = columnShift - thresholdShift;
  if (thresholdBits < bitsFor(thresholds) || thresholds > maxThresholds) return undefined;
  return {
    columnShift,
    thresholdShift,
    thresholdMask: 2 ** thresholdBits - 1,
    pairMask: 2 ** thresholdShift - 2,
    isNumbered: values <= Math.min(maxValues, 2 ** thresholdBits),
  };
}

function largestStep(starts: Int32Array): number {
  let most = 0;
  for (let i = 1; i < starts.length; i++) most = Math.max(most, starts[i] - starts[i - 1]);
  return most;
}

/** Bits of the numbers below `count`; at least one, because a shift by 32 bits does not shift. */
const bitsFor = (count: number): number => Math.max(1, Math.ceil(Math.log2(count)));
