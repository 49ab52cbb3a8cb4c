import { type BinList, createBinList, listBins, listMarked, partMissing } from './bin-list.ts';
import { countOne, countThree, createCounts, markOne, markThree } from './count-rows.ts';
import type { DrawnRows } from './drawn-rows.ts';
import { createWideCounts } from './wide-counts.ts';

/** A node with fewer entries is listed by marks, in a time that depends on its rows alone. */
const fewEntries = 64;

/** Largest weight of a node whose counts are packed. */
const mostPacked = 2 ** 16 - 1;

/** Entries, each of at most 15 draws, that packed counts hold. */
const chunk = 2 ** 12;

/** Counts a node's rows by bin, up to three columns in one pass. */
export interface CountHistograms {
  /** Says which rows are counted: those of the entries from `start` to before `end`, together drawn `weight` times. */
  begin(bins: Uint8Array, entries: DrawnRows, start: number, end: number, weight: number): void;
  /** Counts one column, in the first slot. */
  countOne(column: number): void;
  /** Counts three columns, each in a slot. */
  countThree(first: number, second: number, third: number): void;
  /** What has been counted in a slot, once, and until the next is taken. @param size number of the column's bins */
  take(slot: number, size: number): BinList;
}

/** @param stride bytes of a row */
export function createCountHistograms(stride: number): CountHistograms {
  const counts = createCounts();
  const wide = createWideCounts();
  const list = createBinList();
  let bins: Uint8Array;
  let entries: DrawnRows;
  let start = 0;
  let end = 0;
  let isSmall = false;
  let isWide = false;
  return {
    begin(nodeBins, nodeEntries, nodeStart, nodeEnd, weight) {
      bins = nodeBins;
      entries = nodeEntries;
      start = nodeStart;
      end = nodeEnd;
      isSmall = end - start < fewEntries;
      isWide = weight > mostPacked;
    },
    countOne(column) {
      if (isSmall) markOne(counts, bins, stride, entries, start, end, column);
      else if (!isWide) countOne(counts, bins, stride, entries, start, end, column);
      else {
        for (let from = start; from < end; from += chunk) {
          countOne(counts, bins, stride, entries, from, Math.min(from + chunk, end), column);
          wide.add(counts);
        }
      }
    },
    countThree(first, second, third) {
      if (isSmall) markThree(counts, bins, stride, entries, start, end, first, second, third);
      else if (!isWide) countThree(counts, bins, stride, entries, start, end, first, second, third);
      else {
        for (let from = start; from < end; from += chunk) {
          const to = Math.min(from + chunk, end);
          countThree(counts, bins, stride, entries, from, to, first, second, third);
          wide.add(counts);
        }
      }
    },
    take(slot, size) {
      const length = isSmall
        ? listMarked(list, counts, slot)
        : isWide
          ? wide.list(list, slot, size)
          : listBins(list, counts, slot, size);
      partMissing(list, length, size);
      return list;
    },
  };
}
