/**
 * The rows that a tree is grown on. Each entry has 32 bits, so that counting reads one number per row:
 *
 *     | index in the table of bins: 27 bits | times drawn, at most 15: 4 bits | target: 1 bit |
 *
 * `entry >>> 5` is the index, `(entry >>> 1) & 15` how often the row was drawn, `entry & 1` its target, and `countsOf[entry & 31]` what it
 * adds to a bin.
 */
export type DrawnRows = Int32Array;

const mostTimes = 15;

/** What an entry adds to a bin, by its lowest 5 bits: times drawn in the lower 16 bits, and, if its target is 1, in the upper 16; [32]. */
export const countsOf: Int32Array = Int32Array.from(
  { length: 32 },
  (_, low) => (low >>> 1) * ((low & 1) * 2 ** 16 + 1),
);

/** Maximum number of entries: rows drawn more than 15 times take several, and one is written that does not count. */
export const mostEntries = (rows: number, draws: number): number => rows + Math.ceil(draws / mostTimes) + 1;

/**
 * Writes the entries of the drawn rows, in their order.
 * @param draws how often each row was drawn; [rows]
 * @param copies number of copies of each row, which are adjacent in the table; each has its own entry
 * @param rowWeight how many draws a draw of the whole row, the first of its copies, counts as
 * @returns the number of entries
 */
export function packDraws(
  draws: Uint8Array | Int32Array,
  positive: Uint8Array,
  copies: number,
  rowWeight: number,
  entries: DrawnRows,
): number {
  let count = 0;
  for (let row = 0; row < draws.length; row++) {
    write(row, row * copies, draws[row] * rowWeight);
    for (let copy = 1; copy < copies; copy++) write(row, row * copies + copy, draws[row]);
  }
  return count;

  function write(row: number, index: number, all: number): void {
    let times = all;
    for (; times > mostTimes; times -= mostTimes)
      entries[count++] = (index << 5) | (mostTimes << 1) | positive[row];
    // A row that was not drawn is written too, and overwritten by the next: there is no branch to mispredict.
    entries[count] = (index << 5) | (times << 1) | positive[row];
    count += (0 - times) >>> 31;
  }
}
