import type { DrawnRows } from './drawn-rows.ts';

/** Bins of rows, row-major: the whole table, or a copy of the rows of one node that fits into a cache. */
export interface RowTier {
  bins: Uint8Array;
  /** The same memory in words of 4 bins. */
  words: Int32Array;
  /** Maximum number of rows. */
  rows: number;
}

/** Sizes that fit into the L2 and the L1 cache, in bytes. */
const cacheSizes = [2 ** 20, 2 ** 15];

/** The table, and smaller tiers for copies of the rows of one node; the largest first. */
export function createTiers(table: Uint8Array, stride: number): RowTier[] {
  const tiers = [tierOf(table, table.length / stride)];
  for (const size of cacheSizes) {
    const rows = Math.floor(size / stride);
    if (rows > 0 && rows < tiers[0].rows) tiers.push(tierOf(new Uint8Array(rows * stride), rows));
  }
  return tiers;
}

const tierOf = (bins: Uint8Array, rows: number): RowTier => ({
  bins,
  words: new Int32Array(bins.buffer, bins.byteOffset, bins.length / 4),
  rows,
});

/** Copies the rows of a node into a smaller tier, and changes its entries to point there. */
export function moveRows(
  from: RowTier,
  to: RowTier,
  stride: number,
  entries: DrawnRows,
  start: number,
  end: number,
): void {
  const source = from.words;
  const target = to.words;
  const words = stride / 4;
  let at = 0;
  for (let i = start; i < end; i++) {
    const entry = entries[i];
    let read = (entry >>> 5) * words;
    for (let word = 0; word < words; word++) target[at++] = source[read++];
    entries[i] = ((i - start) << 5) | (entry & 31);
  }
}
