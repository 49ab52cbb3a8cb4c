import type { CountedRows } from '../counts/count-rows.ts';

/**
 * The rows of a node in the order of their bins in one column; missing values, whose bin is the last, come last. Rows of the same bin and class
 * may be one. Each has 31 bits:
 *
 *     | bin: 8 bits | class: 8 bits | times drawn: 15 bits |
 */
export interface SortedRows {
  length: number;
  keys: Int32Array;
}

export const mostTimes = 2 ** 15 - 1;

const keyOf = (bin: number, of: number, times: number): number => (bin << 23) | (of << 15) | times;

/** Up to this number of rows, insertion is the faster sort. */
const mostInserted = 24;
/** With at most so many bins × classes for each row, counting is faster than sorting. */
const cellsPerRow = 1;

/** Sorts the rows of a node by column. @param capacity maximum number of rows @param classAt place of the class in a row of bins */
export function createRowSorter(capacity: number, classAt: number, classes: number) {
  const sorted: SortedRows = { length: 0, keys: new Int32Array(capacity) };
  const unsorted = new Int32Array(capacity);
  /** For each bin, the place of its next row. */
  const places = new Int32Array(257);
  /** How often rows of each bin and class were drawn; [bins × classes]. */
  const counts = new Int32Array(256 * classes);

  /** Valid until the next call. @param bins of the column, with that of missing values */
  return (rows: CountedRows, column: number, bins: number): SortedRows => {
    const length = rows.end - rows.start;
    sorted.length = length;
    if (bins * classes <= cellsPerRow * length) count(rows, column, bins);
    else if (length <= mostInserted) insert(rows, column, sorted.keys);
    else distribute(rows, column, sorted.keys);
    return sorted;
  };

  function count(
    { bins: table, stride, entries, start, end }: CountedRows,
    column: number,
    bins: number,
  ): void {
    for (let i = start; i < end; i++) {
      const row = (entries[i] >>> 5) * stride;
      counts[table[row + column] * classes + table[row + classAt]] += (entries[i] >>> 1) & 15;
    }
    let at = 0;
    for (let bin = 0, cell = 0; bin < bins; bin++) {
      for (let of = 0; of < classes; of++, cell++) {
        for (let times = counts[cell]; times > 0; times -= mostTimes)
          sorted.keys[at++] = keyOf(bin, of, Math.min(times, mostTimes));
        counts[cell] = 0;
      }
    }
    sorted.length = at;
  }

  function insert(
    { bins, stride, entries, start, end }: CountedRows,
    column: number,
    keys: Int32Array,
  ): void {
    for (let i = start; i < end; i++) {
      const row = (entries[i] >>> 5) * stride;
      const key = keyOf(bins[row + column], bins[row + classAt], (entries[i] >>> 1) & 15);
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
      unsorted[i - start] = keyOf(bin, bins[row + classAt], (entries[i] >>> 1) & 15);
      places[bin + 1]++;
    }
    for (let bin = 1; bin < 256; bin++) places[bin] += places[bin - 1];
    for (let i = 0; i < end - start; i++) keys[places[unsorted[i] >>> 23]++] = unsorted[i];
  }
}
