import { type BinList, createBinList, listBins, listMarked, separateMissing } from './bin-list.ts';
import {
  type CountedRows,
  type Counts,
  countOne,
  countThree,
  createCounts,
  markOne,
  markThree,
  slotSize,
  slots,
} from './count-rows.ts';
import type { DrawnRows } from './drawn-rows.ts';

/** Up to this many entries, bins are marked, and listed in a time that depends only on the number of rows. */
const mostMarked = 63;

/** Maximum weight of a node that 16-bit counts can hold. */
const mostPacked = 2 ** 16 - 1;

/** Number of entries, of at most 15 draws each, that 16-bit counts can always hold. */
const chunk = 2 ** 12;

/** Counts a node's rows by bin, up to three columns in one pass. */
export interface CountHistograms {
  /** Sets the rows to count: the entries from `start` to before `end`, drawn `weight` times in all. */
  begin(bins: Uint8Array, entries: DrawnRows, start: number, end: number, weight: number): void;
  /** Counts one column in the first slot. */
  countOne(column: number): void;
  /** Counts three columns, each in its own slot. */
  countThree(first: number, second: number, third: number): void;
  /** The counts of a slot, which it clears; the list is valid until the next call. @param size number of the column's bins */
  take(slot: number, size: number): BinList;
}

/** @param stride bytes per row */
export function createCountHistograms(stride: number): CountHistograms {
  const counts = createCounts();
  const wide = createWideCounts();
  const list = createBinList();
  const rows: CountedRows = { bins: new Uint8Array(), stride, entries: new Int32Array(), start: 0, end: 0 };
  let weight = 0;
  return { begin, countOne: one, countThree: three, take };

  function begin(
    nodeBins: Uint8Array,
    from: DrawnRows,
    first: number,
    last: number,
    nodeWeight: number,
  ): void {
    rows.bins = nodeBins;
    rows.entries = from;
    rows.start = first;
    rows.end = last;
    weight = nodeWeight;
  }

  function one(column: number): void {
    if (rows.end - rows.start <= mostMarked) markOne(counts, rows, column);
    else if (weight <= mostPacked) countOne(counts, rows, column);
    else inChunks(() => countOne(counts, rows, column));
  }

  function three(a: number, b: number, c: number): void {
    if (rows.end - rows.start <= mostMarked) markThree(counts, rows, a, b, c);
    else if (weight <= mostPacked) countThree(counts, rows, a, b, c);
    else inChunks(() => countThree(counts, rows, a, b, c));
  }

  /** Counts rows in chunks that 16-bit counts can hold. */
  function inChunks(count: () => void): void {
    const { start, end } = rows;
    for (rows.start = start; rows.start < end; rows.start = rows.end) {
      rows.end = Math.min(rows.start + chunk, end);
      count();
      wide.add(counts);
    }
    rows.start = start;
    rows.end = end;
  }

  function take(slot: number, size: number): BinList {
    separateMissing(list, listSlot(slot, size), size);
    return list;
  }

  function listSlot(slot: number, size: number): number {
    if (rows.end - rows.start <= mostMarked) return listMarked(list, counts, slot);
    return weight <= mostPacked ? listBins(list, counts, slot, size) : wide.list(list, slot, size);
  }
}

/** 32-bit counts for nodes with more rows than 16-bit counts can hold. */
export interface WideCounts {
  /** Adds packed counts and clears them. */
  add(counts: Counts): void;
  /** Lists and clears a slot. @returns the length of the list, with the missing values as the last element */
  list(into: BinList, slot: number, size: number): number;
}

function createWideCounts(): WideCounts {
  const weights = new Int32Array(slots * slotSize);
  const positives = new Int32Array(slots * slotSize);
  return {
    add({ packed }) {
      for (let i = 0; i < packed.length; i++) {
        weights[i] += packed[i] & 0xffff;
        positives[i] += packed[i] >>> 16;
      }
      packed.fill(0);
    },
    list(into, slot, size) {
      let length = 0;
      let rows = 0;
      let ones = 0;
      for (let bin = 0; bin <= size; bin++) {
        const at = slot * slotSize + bin;
        if (weights[at] === 0) continue;
        into.bin[length] = bin;
        rows += weights[at];
        ones += positives[at];
        into.weight[length] = rows;
        into.positives[length++] = ones;
        weights[at] = 0;
        positives[at] = 0;
      }
      return length;
    },
  };
}
