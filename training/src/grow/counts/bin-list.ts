import { type Counts, slotSize } from './count-rows.ts';

/** The bins of one column in which a node has rows, ascending, the missing values apart. */
export interface BinList {
  length: number;
  bin: Int32Array;
  /** Rows in each bin and all before it, and those of them with a target of 1. */
  weight: Int32Array;
  positives: Int32Array;
  missingWeight: number;
  missingPositives: number;
}

export const createBinList = (): BinList => ({
  length: 0,
  bin: new Int32Array(slotSize + 1),
  weight: new Int32Array(slotSize + 1),
  positives: new Int32Array(slotSize + 1),
  missingWeight: 0,
  missingPositives: 0,
});

/** Lists a slot, looking at every bin, and clears it. @returns the entries of the list, that of missing values the last */
export function listBins(
  { bin, weight, positives }: BinList,
  { packed }: Counts,
  slot: number,
  size: number,
): number {
  const offset = slot * slotSize;
  let length = 0;
  let rows = 0;
  let ones = 0;
  for (let each = 0; each <= size; each++) {
    const counts = packed[offset + each];
    packed[offset + each] = 0;
    bin[length] = each;
    rows += counts & 0xffff;
    ones += counts >>> 16;
    weight[length] = rows;
    positives[length] = ones;
    length += (counts | (0 - counts)) >>> 31; // stays behind for the next where it is 0: no branch to be guessed
  }
  return length;
}

/** `listBins` by the marks, which it clears, too. */
export function listMarked({ bin, weight, positives }: BinList, counts: Counts, slot: number): number {
  const { packed, marks, used } = counts;
  const offset = slot * slotSize;
  let length = 0;
  let rows = 0;
  let ones = 0;
  for (let words = used[slot]; words !== 0; words &= words - 1) {
    const word = 31 - Math.clz32(words & -words);
    let bits = marks[8 * slot + word];
    marks[8 * slot + word] = 0;
    for (; bits !== 0; bits &= bits - 1) {
      const each = (word << 5) + 31 - Math.clz32(bits & -bits);
      const sum = packed[offset + each];
      packed[offset + each] = 0;
      bin[length] = each;
      rows += sum & 0xffff;
      ones += sum >>> 16;
      weight[length] = rows;
      positives[length++] = ones;
    }
  }
  return length;
}

/** Sets the missing values apart. @param size number of the column's bins, which is the bin of missing values */
export function partMissing(list: BinList, length: number, size: number): void {
  const last = length - 1;
  list.length = length;
  const isMissing = last >= 0 && list.bin[last] === size;
  list.missingWeight = isMissing ? list.weight[last] - (last > 0 ? list.weight[last - 1] : 0) : 0;
  list.missingPositives = isMissing ? list.positives[last] - (last > 0 ? list.positives[last - 1] : 0) : 0;
  if (isMissing) list.length = last;
}
