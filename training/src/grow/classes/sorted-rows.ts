import type { CountedRows } from '../counts/count-rows.ts';
import type { ClassTable } from './class-table.ts';

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
const cellsPerRow = { ofOne: 1, ofAll: 4 };

/** Sorts the rows of a node by column. @param capacity maximum number of rows */
export function createRowSorter(
  { columns, classes }: Pick<ClassTable, 'columns' | 'classes'>,
  capacity: number,
) {
  const classAt = columns.length;
  const sorted: SortedRows = { length: 0, keys: new Int32Array(capacity) };
  const unsorted = new Int32Array(capacity);
  /** For each bin, the place of its next row. */
  const places = new Int32Array(257);
  /** The place of the first bin of each column, and of the first bin of the next class. */
  const first = new Int32Array(columns.length + 1);
  for (const [c, { size }] of columns.entries()) first[c + 1] = first[c] + size + 1;
  const { [columns.length]: bins } = first;
  /** How often the rows of each class and bin were drawn; [classes × bins of all columns]. */
  const counts = new Int32Array(classes * bins);
  let isCounted = false;

  return { begin, sort };

  /** Begins with a node. @param all whether its rows are sorted by every column: then they are counted for all of them at once */
  function begin(rows: CountedRows, all: boolean): void {
    isCounted = all && bins * classes <= cellsPerRow.ofAll * columns.length * (rows.end - rows.start);
    if (!isCounted) return;
    counts.fill(0);
    for (let i = rows.start; i < rows.end; i++) {
      const at = (rows.entries[i] >>> 5) * rows.stride;
      const times = (rows.entries[i] >>> 1) & 15;
      const from = rows.bins[at + classAt] * bins;
      for (let c = 0; c < columns.length; c++) counts[from + first[c] + rows.bins[at + c]] += times;
    }
  }

  /** Valid until the next call. */
  function sort(rows: CountedRows, column: number): SortedRows {
    const length = rows.end - rows.start;
    sorted.length = length;
    if (isCounted) list(column);
    else if ((columns[column].size + 1) * classes <= cellsPerRow.ofOne * length) count(rows, column);
    else if (length <= mostInserted) insert(rows, column, sorted.keys);
    else distribute(rows, column, sorted.keys);
    return sorted;
  }

  function count({ bins: table, stride, entries, start, end }: CountedRows, column: number): void {
    for (let of = 0; of < classes; of++)
      counts.fill(0, of * bins + first[column], of * bins + first[column + 1]);
    for (let i = start; i < end; i++) {
      const row = (entries[i] >>> 5) * stride;
      counts[table[row + classAt] * bins + first[column] + table[row + column]] += (entries[i] >>> 1) & 15;
    }
    list(column);
  }

  /** Lists the counts of a column. */
  function list(column: number): void {
    let at = 0;
    for (let bin = 0; bin <= columns[column].size; bin++) {
      for (let of = 0; of < classes; of++) {
        for (let times = counts[of * bins + first[column] + bin]; times > 0; times -= mostTimes)
          sorted.keys[at++] = keyOf(bin, of, Math.min(times, mostTimes));
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
