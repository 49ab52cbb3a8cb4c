/**
 * The rows that a tree is grown on, each in 32 bits, so that counting reads one number for a row: its place in the table of bins,
 * how often it was drawn (at most 15 times), and whether its target is 1.
 */
export type DrawnRows = Int32Array;

const mostTimes = 15;

/** What a drawn row adds to a bin, by its lowest 5 bits: times drawn in the lower half, where its target is 1 also in the upper; [32]. */
export const countsOf: Int32Array = Int32Array.from(
  { length: 32 },
  (_, low) => (low >>> 1) * ((low & 1) * 2 ** 16 + 1),
);

/** Number of entries that so many draws from so many rows may need: those drawn more than 15 times take several. */
export const mostEntries = (rows: number, draws: number): number => rows + Math.ceil(draws / mostTimes);

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
    for (let left = draws[row]; left > 0; left -= mostTimes) {
      const low = (Math.min(left, mostTimes) << 1) | positive[row];
      for (let copy = 0; copy < copies; copy++) entries[count++] = ((row * copies + copy) << 5) | low;
    }
  }
  return count;
}
