import { type Counts, slotSize } from './count-rows.ts';

/** The bins of one column with rows of a node, in ascending order; the missing values are separate. */
export interface BinList {
  length: number;
  bin: Int32Array;
  /** Cumulative over the bins: number of rows, and of those with a target of 1. */
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

/** Lists and clears a slot by looking at every bin. @returns the length of the list, with the missing values as the last element */
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
    length += (counts | (0 - counts)) >>> 31; // 0 if the bin is empty, so that the next bin overwrites it: no branch to mispredict
  }
  return length;
}

/** `listBins` by the marks, which it also clears. */
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

/** Removes the missing values from the list. @param size number of the column's bins, which is the index of the bin of missing values */
export function separateMissing(list: BinList, length: number, size: number): void {
  const last = length - 1;
  list.length = length;
  const isMissing = last >= 0 && list.bin[last] === size;
  list.missingWeight = isMissing ? list.weight[last] - (last > 0 ? list.weight[last - 1] : 0) : 0;
  list.missingPositives = isMissing ? list.positives[last] - (last > 0 ? list.positives[last - 1] : 0) : 0;
  if (isMissing) list.length = last;
}
