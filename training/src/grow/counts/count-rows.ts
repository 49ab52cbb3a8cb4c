import { countsOf, type DrawnRows } from './drawn-rows.ts';

/** Number of columns counted in one pass over the rows, each in its own slot. */
export const slots = 3;

/** Bins of a slot, including the bin of missing values. */
export const slotSize = 256;

/** Counts of bins while rows are added; all 0 between two nodes. */
export interface Counts {
  /** Weight in the lower 16 bits, positives in the upper 16; [slots × slotSize]. */
  packed: Int32Array;
  /** A bit set of the bins with rows; [slots × 8]. */
  marks: Int32Array;
  /** A bit set of the words of `marks` that are not 0; [slots]. */
  used: Int32Array;
}

/** The rows of one node: the entries from `start` to before `end`. One object is used for all nodes of a tree. */
export interface CountedRows {
  /** Bins of all rows of the table, row-major; each row takes `stride` bytes. */
  bins: Uint8Array;
  stride: number;
  entries: DrawnRows;
  start: number;
  end: number;
}

export const createCounts = (): Counts => ({
  packed: new Int32Array(slots * slotSize),
  marks: new Int32Array(slots * 8),
  used: new Int32Array(slots),
});

/** Adds rows to the bins of one column in the first slot. @param column position of its bin within a row */
export function countOne(
  { packed }: Counts,
  { bins, stride, entries, start, end }: CountedRows,
  column: number,
): void {
  for (let i = start; i < end; i++) {
    const entry = entries[i];
    const at = bins[(entry >>> 5) * stride + column];
    packed[at] = (packed[at] + countsOf[entry & 31]) | 0;
  }
}

/** Adds rows to the bins of three columns. The CPU processes them in parallel, so it takes less than three passes of `countOne`. */
export function countThree(
  { packed }: Counts,
  { bins, stride, entries, start, end }: CountedRows,
  first: number,
  second: number,
  third: number,
): void {
  for (let i = start; i < end; i++) {
    const entry = entries[i];
    const row = (entry >>> 5) * stride;
    const counts = countsOf[entry & 31];
    const a = bins[row + first];
    packed[a] = (packed[a] + counts) | 0;
    const b = bins[row + second] + slotSize;
    packed[b] = (packed[b] + counts) | 0;
    const c = bins[row + third] + 2 * slotSize;
    packed[c] = (packed[c] + counts) | 0;
  }
}

/** `countOne` that also marks the bins with rows. */
export function markOne(
  { packed, marks, used }: Counts,
  { bins, stride, entries, start, end }: CountedRows,
  column: number,
): void {
  let words = 0;
  for (let i = start; i < end; i++) {
    const entry = entries[i];
    const at = bins[(entry >>> 5) * stride + column];
    packed[at] = (packed[at] + countsOf[entry & 31]) | 0;
    words |= 1 << (at >>> 5);
    marks[at >>> 5] |= 1 << at;
  }
  used[0] = words;
}

/** `countThree` that also marks the bins with rows. */
export function markThree(
  { packed, marks, used }: Counts,
  { bins, stride, entries, start, end }: CountedRows,
  first: number,
  second: number,
  third: number,
): void {
  let firstWords = 0;
  let secondWords = 0;
  let thirdWords = 0;
  for (let i = start; i < end; i++) {
    const entry = entries[i];
    const row = (entry >>> 5) * stride;
    const counts = countsOf[entry & 31];
    const a = bins[row + first];
    packed[a] = (packed[a] + counts) | 0;
    firstWords |= 1 << (a >>> 5);
    marks[a >>> 5] |= 1 << a;
    const b = bins[row + second];
    packed[b + slotSize] = (packed[b + slotSize] + counts) | 0;
    secondWords |= 1 << (b >>> 5);
    marks[(b >>> 5) + 8] |= 1 << b;
    const c = bins[row + third];
    packed[c + 2 * slotSize] = (packed[c + 2 * slotSize] + counts) | 0;
    thirdWords |= 1 << (c >>> 5);
    marks[(c >>> 5) + 16] |= 1 << c;
  }
  used[0] = firstWords;
  used[1] = secondWords;
  used[2] = thirdWords;
}
