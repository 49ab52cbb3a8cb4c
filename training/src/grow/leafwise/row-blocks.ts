import type { Team } from './team.ts';

/**
 * Rows in a row that are worked on together. Sums over rows are sums of the sums of blocks, in the order of the blocks, so that they have the
 * same bits whichever thread has which block.
 */
export interface Block {
  from: number;
  /** The row behind the last one. */
  to: number;
}

const bits = 12;

export const blockOf = (row: number): number => row >> bits;

export const countBlocks = (rows: number): number => Math.max(1, Math.ceil(rows / 2 ** bits));

/** The blocks of a thread: every second of two threads, so that each has rows of all kinds. */
export const blocksOf = (rows: number, { rank, size }: Pick<Team, 'rank' | 'size'>): Block[] =>
  Array.from({ length: countBlocks(rows) }, (_, i) => ({
    from: i << bits,
    to: Math.min(rows, (i + 1) << bits),
  })).filter((_, i) => i % size === rank);

/** The rows of blocks, in ascending order. */
export function listRows(blocks: readonly Block[], into?: Int32Array): Int32Array {
  const rows = into ?? new Int32Array(blocks.reduce((sum, { from, to }) => sum + to - from, 0));
  let i = 0;
  for (const { from, to } of blocks) for (let row = from; row < to; row++) rows[i++] = row;
  return rows;
}

/** Adds the pairs of sums of all blocks, of which each thread has its own. @param sums [2 × blocks] */
export function addBlocks(sums: Float64Array, team: Team): [number, number] {
  team.addUp(sums);
  let [first, second] = [0, 0];
  for (let i = 0; i < sums.length; i += 2) {
    first += sums[i];
    second += sums[i + 1];
  }
  return [first, second];
}
