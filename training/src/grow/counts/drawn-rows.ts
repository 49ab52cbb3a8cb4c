/**
 * The rows that a tree is grown on, each in 32 bits, so that counting reads one number for a row:
 *
 *     | place in the table of bins: 27 bits | times drawn, at most 15: 4 bits | target: 1 bit |
 *
 * `entry >>> 5` is the place, `(entry >>> 1) & 15` how often it was drawn, `entry & 1` its target, and `entry & 31` the index of what
 * it adds to a bin, `countsOf`.
 */
export type DrawnRows = Int32Array;

const mostTimes = 15;

/** What a drawn row adds to a bin, by its lowest 5 bits: times drawn in the lower half, where its target is 1 also in the upper; [32]. */
export const countsOf: Int32Array = Int32Array.from(
  { length: 32 },
  (_, low) => (low >>> 1) * ((low & 1) * 2 ** 16 + 1),
);

/** Length of the entries for so many draws from so many rows: those drawn more than 15 times take several, and one is written in vain. */
export const mostEntries = (rows: number, draws: number): number => rows + Math.ceil(draws / mostTimes) + 1;

/**
 * Writes the rows that were drawn, in their order.
 * @param draws how often each row was drawn; [rows]
 * @param copies entries of each row, its copies in the table standing side by side
 * @returns the number of entries
 */
export function packDraws(
  draws: Uint8Array,
  positive: Uint8Array,
  copies: number,
  entries: DrawnRows,
): number {
  let count = 0;
  for (let row = 0; row < draws.length; row++) {
    let times = draws[row];
    for (; times > mostTimes; times -= mostTimes) count = write(row, mostTimes, count);
    // A row that was not drawn is written, too, and overwritten by the next: no branch that the processor would have to guess.
    const after = write(row, times, count);
    count += (after - count) * ((0 - times) >>> 31);
  }
  return count;

  function write(row: number, times: number, at: number): number {
    const low = (times << 1) | positive[row];
    for (let copy = 0; copy < copies; copy++) entries[at + copy] = ((row * copies + copy) << 5) | low;
    return at + copies;
  }
}
