/** 32-bit words of a bit set of 256 bins. */
const words = 8;

/** The rows of one node: the indices from `start` to before `end`. One object is used for all nodes of a tree. */
export interface AddedRows {
  rows: Int32Array;
  start: number;
  end: number;
  /** Gradient and weight of each row, interleaved; [2 × rows]. */
  sums: Float64Array;
}

/**
 * Adds the gradients and weights of rows to the histogram of one column.
 * @param bins of the column
 * @param histogram gradient and weight of each bin, interleaved, from `offset` on
 */
export function accumulate(
  bins: Uint8Array,
  { rows, start, end, sums }: AddedRows,
  histogram: Float64Array,
  offset: number,
): void {
  for (let i = start; i < end; i++) {
    const row = rows[i];
    const at = offset + 2 * bins[row];
    histogram[at] += sums[2 * row];
    histogram[at + 1] += sums[2 * row + 1];
  }
}

/** Writes the bins below `size` with a weight into `occupied`, in ascending order. @returns their number */
export function occupiedBins(
  histogram: Float64Array,
  offset: number,
  size: number,
  occupied: Uint8Array,
): number {
  let count = 0;
  for (let bin = 0; bin < size; bin++) {
    if (histogram[offset + 2 * bin + 1] !== 0) occupied[count++] = bin;
  }
  return count;
}

/**
 * `accumulate` and `occupiedBins` in one pass whose time depends only on the number of rows: for nodes with fewer rows than bins.
 * @param marks a bit set, all 0 before and after; [8]
 */
export function accumulateFew(
  bins: Uint8Array,
  { rows, start, end, sums }: AddedRows,
  histogram: Float64Array,
  size: number,
  occupied: Uint8Array,
  marks: Int32Array,
): number {
  for (let i = start; i < end; i++) {
    const row = rows[i];
    const bin = bins[row];
    marks[bin >> 5] |= 1 << (bin & 31);
    histogram[2 * bin] += sums[2 * row];
    histogram[2 * bin + 1] += sums[2 * row + 1];
  }
  let count = 0;
  for (let word = 0; word < words; word++) {
    let bits = marks[word];
    if (bits === 0) continue;
    marks[word] = 0;
    for (; bits !== 0; bits &= bits - 1) {
      const bin = (word << 5) + 31 - Math.clz32(bits & -bits);
      if (bin !== size) occupied[count++] = bin;
    }
  }
  return count;
}
