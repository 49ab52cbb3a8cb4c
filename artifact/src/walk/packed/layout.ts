import type { Thresholds } from '../thresholds.ts';

/**
 * Which of a node's 32 bits hold what, from the highest to the lowest:
 *
 *     | column | threshold number | pair | leaf |
 *              ^ columnShift      ^ thresholdShift
 *
 * - inner node: a row whose code in the column is at most the threshold number goes to the pair's first slot, which is even, any
 *   other row to the slot after it; the lowest bit is 0.
 * - leaf: the lowest bit is 1, and in place of the threshold number stands the number of its value. A leaf leads to itself, so that
 *   rows that walk together need not end together: its pair is its own, and its column has a code that sends every row to its side.
 *
 * The widths depend on the forest: the column and the pair take the bits they need, the threshold number takes the rest.
 */
export interface NodeLayout {
  columnShift: number;
  thresholdShift: number;
  thresholdMask: number;
  /** Leaves of a node the first slot of its pair, which is even. */
  pairMask: number;
  /** Whether leaves number their values; else there are too many of them, and the value of each slot is kept. */
  isNumbered: boolean;
}

/** Codes are counts of thresholds in 16 bits, the largest of which is kept for missing values. */
const mostThresholds = 0xfffe;

/** Leaves that go right ask a column whose code is larger than any of the numbers. */
const mostValues = 0xffff;

/** @returns undefined where they do not fit */
export function chooseLayout({
  columns,
  thresholds: { starts },
  values,
  bases,
}: {
  columns: number;
  thresholds: Thresholds;
  /** Values of leaves that could be numbered. */
  values: number;
  bases: Int32Array;
}): NodeLayout | undefined {
  const slots = largestStep(bases);
  const thresholds = largestStep(starts);
  const thresholdShift = bitsFor(slots);
  const columnShift = 32 - bitsFor(columns);
  const thresholdBits = columnShift - thresholdShift;
  if (thresholdBits < bitsFor(thresholds) || thresholds > mostThresholds) return undefined;
  return {
    columnShift,
    thresholdShift,
    thresholdMask: 2 ** thresholdBits - 1,
    pairMask: 2 ** thresholdShift - 2,
    isNumbered: values <= Math.min(mostValues, 2 ** thresholdBits),
  };
}

function largestStep(starts: Int32Array): number {
  let most = 0;
  for (let i = 1; i < starts.length; i++) most = Math.max(most, starts[i] - starts[i - 1]);
  return most;
}

/** Bits of the numbers below `count`; at least one, because a shift by 32 bits does not shift. */
const bitsFor = (count: number): number => Math.max(1, Math.ceil(Math.log2(count)));
