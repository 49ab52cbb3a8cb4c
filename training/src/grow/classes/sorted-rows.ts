import type { CountedRows } from '../counts/count-rows.ts';

/**
 * The rows of a node in the order of their bins in one column; missing values, whose bin is the last, come last. Each has 32 bits:
 *
 *     | bin: 8 bits | class: 8 bits | times drawn: 8 bits |
 */
export interface SortedRows {
  length: number;
  keys: Int32Array;
}

/** Up to this number of rows, insertion is the faster sort. */
const mostInserted = 24;

/** Sorts the rows of a node by column. @param capacity maximum number of rows @param classAt place of the class in a row of bins */
export function createRowSorter(capacity: number, classAt: number) {
  const sorted: SortedRows = { length: 0, keys: new Int32Array(capacity) };
  const unsorted = new Int32Array(capacity);
  /** For each bin, the place of its next row. */
  const places = new Int32Array(257);

  /** Valid until the next call. */
  return (rows: CountedRows, column: number): SortedRows => {
    const length = rows.end - rows.start;
    sorted.length = length;
    if (length <= mostInserted) insert(rows, column, sorted.keys);
    else distribute(rows, column, sorted.keys);
    return sorted;
  };

  function insert(
    { bins, stride, entries, start, end }: CountedRows,
    column: number,
    keys: Int32Array,
  ): void {
    for (let i = start; i < end; i++) {
      const row = (entries[i] >>> 5) * stride;
      const key = (bins[row + column] << 16) | (bins[row + classAt] << 8) | ((entries[i] >>> 1) & 15);
      let at = i - start;
      for (; at > 0 && keys[at - 1] > key; at--) keys[at] = keys[at - 1];
      keys[at] = key;
    }
  }

  function distribute(
    { bins, stride, entries, start, end }: CountedRows,
    column: number,
    keys: Int32Array,
  ): void {
    places.fill(0);
    for (let i = start; i < end; i++) {
      const row = (entries[i] >>> 5) * stride;
      const bin = bins[row + column];
      unsorted[i - start] = (bin << 16) | (bins[row + classAt] << 8) | ((entries[i] >>> 1) & 15);
      places[bin + 1]++;
    }
    for (let bin = 1; bin < 256; bin++) places[bin] += places[bin - 1];
    for (let i = 0; i < end - start; i++) keys[places[unsorted[i] >>> 16]++] = unsorted[i];
  }
}
