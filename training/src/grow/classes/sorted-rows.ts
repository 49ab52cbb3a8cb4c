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

export const binOf = (key: number): number => key >>> 23;
export const classOf = (key: number): number => (key >>> 15) & 255;
export const timesOf = (key: number): number => key & mostTimes;

const mostTimes = 2 ** 15 - 1;
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
  /** The place of the first bin of each column; behind the bins of all columns is room for what fills the last word of a row up. */
  const first = new Int32Array(columns.length + 4);
  for (const [c, { size }] of columns.entries()) first.fill(first[c] + size + 1, c + 1);
  /** The cells of a class. */
  const width = first[columns.length] + 256;
  /** How often the rows of each class and bin were drawn; [classes × width]. */
  const counts = new Int32Array(classes * width);
  let isCounted = false;

  return { begin, sort };

  /** Begins with a node. @param all whether its rows are sorted by every column: then they are counted for all of them at once */
  function begin(rows: CountedRows, all: boolean): void {
    isCounted = all && counts.length <= cellsPerRow.ofAll * columns.length * (rows.end - rows.start);
    if (!isCounted) return;
    counts.fill(0);
    const { bins: table, stride, entries, start, end } = rows;
    const words = new Int32Array(table.buffer, table.byteOffset, table.length / 4);
    for (let i = start; i < end; i++) {
      const row = entries[i] >>> 5;
      const times = (entries[i] >>> 1) & 15;
      const from = table[row * stride + classAt] * width;
      const at = (row * stride) / 4;
      for (let c = 0; c < columns.length; c += 4) {
        const four = words[at + (c >> 2)];
        counts[from + first[c] + (four & 255)] += times;
        counts[from + first[c + 1] + ((four >>> 8) & 255)] += times;
        counts[from + first[c + 2] + ((four >>> 16) & 255)] += times;
        counts[from + first[c + 3] + (four >>> 24)] += times;
      }
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
      counts.fill(0, of * width + first[column], of * width + first[column + 1]);
    for (let i = start; i < end; i++) {
      const row = (entries[i] >>> 5) * stride;
      counts[table[row + classAt] * width + first[column] + table[row + column]] += (entries[i] >>> 1) & 15;
    }
    list(column);
  }

  /** Lists the counts of a column. */
  function list(column: number): void {
    let at = 0;
    for (let bin = 0; bin <= columns[column].size; bin++) {
      for (let of = 0; of < classes; of++) {
        for (let times = counts[of * width + first[column] + bin]; times > 0; times -= mostTimes)
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
    for (let i = 0; i < end - start; i++) keys[places[binOf(unsorted[i])]++] = unsorted[i];
  }
}
