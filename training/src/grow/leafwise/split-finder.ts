import type { Random } from '../../random.ts';
import { addEight, addFour, addOne, type NodeRows } from './accumulate.ts';
import { type Split, type SplitLimits, SplitSearch, type Summed } from './best-split.ts';
import { binInCode } from './joint-columns.ts';
import type { Steps } from './packed-sum.ts';
import { fillers, type RowMatrix } from './row-matrix.ts';
import type { Team } from './team.ts';

/** The packed sums of the bins of a node's rows. */
export type Histogram = Float64Array;

/** Sums the bins of nodes, and finds their best splits, over some of the columns. */
export interface SplitFinder {
  /** Begins a tree, with only these columns; [columns], 1 where a column may be split. @param random what splits are drawn with */
  begin(columns: Uint8Array, steps: Steps, random: Random): void;
  /** The histogram of these rows, and of those of the other threads. */
  count(of: NodeRows): Histogram;
  /** Turns the histogram of a node into that of one child, by subtracting the other's: hist(parent) − hist(child) = hist(other child). */
  subtract(parent: Histogram, child: Histogram): void;
  find(histogram: Histogram, node: Summed): Split | undefined;
  /** Gives the memory back. */
  release(histogram: Histogram): void;
}

/** @param packed of the rows of the matrix; filled before each tree */
export function createSplitFinder(
  matrix: RowMatrix,
  packed: Float64Array,
  limits: SplitLimits,
  team: Team,
): SplitFinder {
  const { columns, joint } = matrix;
  const { first, ofByte, cells, length, shared } = layOut(matrix);
  const search = new SplitSearch(limits);
  const bounded = columns.some(({ direction }) => direction !== 0);
  const free: Histogram[] = [];
  let used: number[] = [];
  let words: number[] = [];
  let steps: Steps;
  let draw: Random;
  const { splitShare = 1 } = limits;

  return {
    begin(chosen, gridSteps, random) {
      steps = gridSteps;
      draw = random;
      used = Array.from(columns.keys()).filter((c) => chosen[c] === 1);
      words = [...new Set(used.map((c) => joint.byte[c] >> 2))].sort((a, b) => a - b);
    },
    count(of) {
      const histogram = free.pop()?.fill(0, 0, cells) ?? new Float64Array(length);
      let i = 0;
      for (; i + 1 < words.length; i += 2)
        addEight(matrix, of, packed, histogram, ofByte, words[i], words[i + 1]);
      const isAlone = 4 * words[i] + 1 === joint.count;
      if (isAlone) addOne(matrix, of, packed, histogram, ofByte, words[i]);
      else if (i < words.length) addFour(matrix, of, packed, histogram, ofByte, words[i]);
      for (const each of shared) each(histogram);
      team.addUp(histogram.subarray(0, cells));
      return histogram;
    },
    subtract(parent, child) {
      for (let i = 0; i < cells; i++) parent[i] -= child[i];
    },
    find(histogram, node) {
      search.begin(node, steps, bounded, draw);
      let wanted = Math.max(1, Math.round(splitShare * used.length));
      // selection sampling (Knuth, The Art of Computer Programming 2, 3.4.2, algorithm S): every set of so many columns is as probable
      for (const [i, c] of used.entries()) {
        const left = used.length - i;
        if (wanted < left && draw.uniform() * left >= wanted) continue;
        wanted--;
        search.offer(c, columns[c], histogram, first[c]);
      }
      return search.found();
    },
    release: (histogram) => free.push(histogram),
  };
}

interface Layout {
  /** The place of the first bin of each column, and of the first cell that the codes of a byte are counted into. */
  first: Int32Array;
  ofByte: Int32Array;
  /** The cells of the columns' bins; behind them are those of bytes that columns share, and of what fills the last word up. */
  cells: number;
  length: number;
  /** Adds the cells of a byte that columns share to those of their bins, and sets them to 0. */
  shared: ((histogram: Histogram) => void)[];
}

function layOut({ columns, joint, stride }: RowMatrix): Layout {
  const first = new Int32Array(columns.length);
  const ofByte = new Int32Array(stride);
  const shared: Layout['shared'] = [];
  let cells = 0;
  for (const [c, { size }] of columns.entries()) {
    first[c] = cells;
    cells += size + 1;
  }
  let length = cells;
  for (let byte = 0; byte < stride; byte++) {
    const members = joint.members[byte] ?? [];
    if (members.length === 1) {
      ofByte[byte] = first[members[0]];
      continue;
    }
    ofByte[byte] = length;
    const codes = joint.codes[byte] ?? fillers;
    if (members.length > 1) {
      const places = Int32Array.from({ length: codes * members.length }, (_, i) => {
        const c = members[i % members.length];
        return first[c] + binInCode(joint, columns, c, Math.floor(i / members.length));
      });
      shared.push(sumByColumn(length, codes, places, members.length));
    }
    length += codes;
  }
  return { first, ofByte, cells, length, shared };
}

/** @param places where the bins of each code are; [codes × columns] */
const sumByColumn =
  (from: number, codes: number, places: Int32Array, columns: number) =>
  (histogram: Histogram): void => {
    for (let code = 0; code < codes; code++) {
      const sum = histogram[from + code];
      if (sum === 0) continue;
      histogram[from + code] = 0;
      for (let i = code * columns; i < (code + 1) * columns; i++) histogram[places[i]] += sum;
    }
  };
