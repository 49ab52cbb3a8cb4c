import type { ColumnBins } from '../bins.ts';
import { addEight, addFour, addOne, type NodeRows } from './accumulate.ts';
import { type Split, type SplitLimits, SplitSearch, type Summed } from './best-split.ts';
import type { Steps } from './packed-sum.ts';
import { fillers, type RowMatrix } from './row-matrix.ts';

/** The packed sums of the bins of a node's rows. */
export type Histogram = Float64Array;

/** Sums the bins of nodes, and finds their best splits, over some of the columns. */
export interface SplitFinder {
  /** Begins a tree, with only these columns; [columns], 1 where a column may be split. */
  begin(columns: Uint8Array, steps: Steps): void;
  /** The histogram of these rows. */
  count(of: NodeRows): Histogram;
  /** Turns the histogram of a node into that of one child, by subtracting the other's: hist(parent) − hist(child) = hist(other child). */
  subtract(parent: Histogram, child: Histogram): void;
  find(histogram: Histogram, node: Summed): Split | undefined;
  /** Gives the memory back. */
  release(histogram: Histogram): void;
}

/** @param packed of the rows of the matrix; filled before each tree */
export function createSplitFinder(matrix: RowMatrix, packed: Float64Array, limits: SplitLimits): SplitFinder {
  const { columns } = matrix;
  const { first, length } = layOut(columns, matrix.stride);
  const search = new SplitSearch(limits);
  const bounded = columns.some(({ direction }) => direction !== 0);
  const free: Histogram[] = [];
  let used: number[] = [];
  let words: number[] = [];
  let steps: Steps;

  return {
    begin(chosen, gridSteps) {
      steps = gridSteps;
      used = Array.from(columns.keys()).filter((c) => chosen[c] === 1);
      words = [...new Set(used.map((c) => c >> 2))];
    },
    count(of) {
      const histogram = free.pop()?.fill(0) ?? new Float64Array(length);
      let i = 0;
      for (; i + 1 < words.length; i += 2)
        addEight(matrix, of, packed, histogram, first, words[i], words[i + 1]);
      if (i === words.length) return histogram;
      const isAlone = 4 * words[i] + 1 === columns.length;
      if (isAlone) addOne(matrix, of, packed, histogram, first, words[i]);
      else addFour(matrix, of, packed, histogram, first, words[i]);
      return histogram;
    },
    subtract(parent, child) {
      for (let i = 0; i < length; i++) parent[i] -= child[i];
    },
    find(histogram, node) {
      search.begin(node, steps, bounded);
      for (const c of used) search.offer(c, columns[c], histogram, first[c]);
      return search.found();
    },
    release: (histogram) => free.push(histogram),
  };
}

/** The place of the first bin of each column, and of what fills the last word up. */
function layOut(columns: readonly ColumnBins[], stride: number): { first: Int32Array; length: number } {
  const first = new Int32Array(stride);
  let length = 0;
  for (let c = 0; c < stride; c++) {
    first[c] = length;
    length += c < columns.length ? columns[c].size + 1 : fillers;
  }
  return { first, length };
}
