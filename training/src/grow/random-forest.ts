import type { Forest } from '@hearth/artifact';
import { createRandom, type Random } from '../random.ts';
import { exactGrid } from './exact-sums.ts';
import { joinForests } from './join-forests.ts';
import { type MaskOptions, maskRows } from './masked-rows.ts';
import { assertTrainable, type TrainingRows, treeSeed } from './training-rows.ts';
import { createTreeGrower, type TreeGrower } from './tree.ts';

export interface ForestOptions {
  trees: number;
  /** Columns drawn at each split, until one of them can be split. */
  columnsPerSplit: number;
  /** Least number (or weight) of rows in a leaf. */
  minimumLeaf: number;
  maxDepth?: number;
  /** Rows drawn for each tree, as a share of all. */
  sampleShare: number;
  /** Whether a row can be drawn more than once: a share of 1 is then the bootstrap. */
  replace: boolean;
  mask?: MaskOptions;
  /** 32-bit whole number. */
  seed: number;
}

export interface GrownForest {
  /** Answers are its leaves' sum divided by the number of trees. */
  forest: Forest;
  /** Mean answer of the trees that did not draw a row, NaN where all did; in the order of the training rows. */
  outOfBag: Float64Array;
}

/**
 * Grows a random forest of regression trees (Breiman 2001); on a target of 0 and 1 a probability forest (Malley et al. 2012).
 * The same rows, options and seed give the same bytes.
 */
export function growForest(training: TrainingRows, options: ForestOptions): GrownForest {
  assertTrainable(training);
  const { trees, columnsPerSplit, minimumLeaf, maxDepth = Infinity, mask, seed } = options;
  const { table, copies, redraw } = maskRows(training.table, training.rows, mask);
  const { offset, weights, gradients } = prepare(training, copies);
  const grower = createTreeGrower(table, {
    columnsPerSplit,
    minimumWeight: Math.max(minimumLeaf, Number.MIN_VALUE),
    l2: 0,
    maxDepth,
    maxLeaves: Infinity,
  });
  const columns = Int32Array.from(table.columns.keys());
  const draws = new Int32Array(training.rows.length);
  const outOfBag = createOutOfBag(training.rows.length);
  const grown: Forest[] = [];
  for (let tree = 0; tree < trees; tree++) {
    const random = createRandom(treeSeed(seed, tree));
    drawRows(draws, options, random);
    redraw(random);
    const count = fillRows(grower, draws, copies, gradients, weights);
    grower.grow(count, columns, random);
    grown.push(grower.tree(offset, 1));
    outOfBag.add(draws, (row) => grower.predict(table.columns, row * copies) + offset);
  }
  return { forest: joinForests(grown), outOfBag: outOfBag.means() };
}

/** Weight and weighted target of each row's copies, on a grid; the least target is taken off, so that 0 and 1 stay exact. */
function prepare({ target, rows, weights: given }: TrainingRows, copies: number) {
  const offset = rows.reduce((least, row) => Math.min(least, target[row]), Infinity);
  const weights = Float64Array.from(rows, (row) => (given ? given[row] : 1) / copies);
  const gradients = Float64Array.from(rows, (row, i) => weights[i] * (target[row] - offset));
  for (const values of [weights, gradients]) {
    const largest = values.reduce((a, b) => Math.max(a, b), 0);
    const grid = exactGrid(largest * rows.length * copies);
    for (let i = 0; i < values.length; i++) values[i] = grid.round(values[i]);
  }
  return { offset, weights, gradients };
}

/** How often each row is drawn. */
function drawRows(draws: Int32Array, { sampleShare, replace }: ForestOptions, random: Random): void {
  const rows = draws.length;
  const wanted = Math.max(1, Math.round(sampleShare * rows));
  draws.fill(0);
  if (replace) {
    for (let i = 0; i < wanted; i++) draws[random.below(rows)]++;
    return;
  }
  // Selection sampling (Knuth, The Art of Computer Programming 2, algorithm 3.4.2 S).
  for (let row = 0, drawn = 0; drawn < wanted; row++) {
    if (random.uniform() * (rows - row) < wanted - drawn) {
      draws[row] = 1;
      drawn++;
    }
  }
}

function fillRows(
  { rows, sums, cover }: TreeGrower,
  draws: Int32Array,
  copies: number,
  gradients: Float64Array,
  weights: Float64Array,
): number {
  let count = 0;
  for (let drawn = 0; drawn < draws.length; drawn++) {
    if (draws[drawn] === 0) continue;
    for (let row = drawn * copies; row < (drawn + 1) * copies; row++) {
      rows[count++] = row;
      sums[2 * row] = draws[drawn] * gradients[drawn];
      sums[2 * row + 1] = draws[drawn] * weights[drawn];
      cover[row] = sums[2 * row + 1];
    }
  }
  return count;
}

function createOutOfBag(rows: number) {
  const sum = new Float64Array(rows);
  const trees = new Int32Array(rows);
  return {
    add(draws: Int32Array, answer: (row: number) => number): void {
      for (let row = 0; row < rows; row++) {
        if (draws[row] > 0) continue;
        sum[row] += answer(row);
        trees[row]++;
      }
    },
    means: (): Float64Array => sum.map((value, row) => value / trees[row]),
  };
}
