import type { BinList } from './bin-list.ts';
import { type Counts, slotSize, slots } from './count-rows.ts';

/** Counts of nodes with more rows than packed counts hold. */
export interface WideCounts {
  /** Adds packed counts, and clears them. */
  add(counts: Counts): void;
  /** Lists a slot and clears it. @returns the entries of the list, that of missing values the last */
  list(into: BinList, slot: number, size: number): number;
}

export function createWideCounts(): WideCounts {
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
