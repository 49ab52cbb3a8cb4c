import { countsOf, type DrawnRows } from './drawn-rows.ts';

/** Columns that are counted in one pass over the rows, each in a slot of its own. */
export const slots = 3;

/** Bins of a slot: of values, and one of missing ones. */
export const slotSize = 256;

/** Counts of bins while rows are added; between nodes all of them are 0. */
export interface Counts {
  /** Weight in the lower half, positives in the upper; [slots × slotSize]. */
  packed: Int32Array;
  /** A bit for each bin that has rows; [slots × 8]. */
  marks: Int32Array;
  /** A bit for each word of the marks that has bits; [slots]. */
  used: Int32Array;
}

/** The rows of a node that are counted: the entries from `start` to before `end`. One object serves all nodes of a tree. */
export interface CountedRows {
  /** Of all rows of the table, a row's side by side; a row has `stride` of them. */
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

/** Adds rows to the bins of one column in the first slot. @param column where its bin stands in a row */
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

/** Adds rows to the bins of three columns, which takes less than three times as long: the processor works on all at once. */
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

/** `countOne`, and marks the bins that have rows. */
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

/** `countThree`, and marks the bins that have rows. */
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
