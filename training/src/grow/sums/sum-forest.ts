import type { Forest } from '@hearth/artifact';
import { createRandom } from '../../random.ts';
import { exactGrid } from '../exact-sums.ts';
import { drawRows } from '../forest/draw-rows.ts';
import { createOutOfBagSums, type ForestGrower, type ForestOptions } from '../forest/grower.ts';
import { joinForests } from '../join-forests.ts';
import { type TrainingRows, treeSeed } from '../training-rows.ts';
import { copiesInWeight, maskRows } from './masked-rows.ts';
import { createTreeGrower, type TreeGrower } from './tree.ts';

/** Grows trees from sums of gradients and weights, for any target, with weights and monotone columns. */
export function createSumForestGrower(training: TrainingRows, options: ForestOptions): ForestGrower {
  const {
    trees,
    columnsPerSplit,
    mostColumns,
    minimumLeaf,
    maxDepth = Infinity,
    mask,
    seed,
    randomSplits,
  } = options;
  const { table, copies, redraw } = maskRows(training.table, training.rows, mask);
  const { offset, largest, weights, gradients } = prepare(training, copiesInWeight(mask));
  const grower = createTreeGrower(table, {
    columnsPerSplit,
    mostColumns,
    minimumWeight: Math.max(minimumLeaf, Number.MIN_VALUE),
    l2: 0,
    maxDepth,
    randomSplits,
    maxLeaves: Infinity,
  });
  const columns = Int32Array.from(table.columns.keys());
  const draws = new Int32Array(training.rows.length);
  const outOfBag = createOutOfBagSums(options.outOfBag ? training.rows.length : 0);
  const grid = exactGrid(trees * largest);
  const grown: Forest[] = [];
  let nodes = 0;
  return {
    outOfBag,
    grow(number) {
      const random = createRandom(treeSeed(seed, number));
      drawRows(draws, options, random);
      redraw(random);
      const count = fillRows(grower, draws, copies, mask?.rowWeight ?? 1, gradients, weights);
      grower.grow(count, columns, random);
      if (options.outOfBag) addAnswers();
      const tree = grower.tree(offset, 1);
      grown.push(tree);
      nodes += tree.feature.length;
    },
    waiting: () => nodes,
    take() {
      nodes = 0;
      return joinForests(grown.splice(0));
    },
  };

  function addAnswers(): void {
    for (let row = 0; row < draws.length; row++) {
      if (draws[row] > 0) continue;
      outOfBag.sum[row] += grid.round(grower.predict(table.columns, row * copies) + offset);
      outOfBag.trees[row]++;
    }
  }
}

/** Weight and weighted target of one of each row's copies, on a grid. The smallest target is subtracted, so that 0 and 1 stay exact. */
function prepare({ target, rows, weights: given }: TrainingRows, copies: number) {
  const offset = rows.reduce((least, row) => Math.min(least, target[row]), Infinity);
  const largest = rows.reduce((most, row) => Math.max(most, Math.abs(target[row])), 0);
  const weights = Float64Array.from(rows, (row) => (given ? given[row] : 1) / copies);
  const gradients = Float64Array.from(rows, (row, i) => weights[i] * (target[row] - offset));
  for (const values of [weights, gradients]) {
    const most = values.reduce((a, b) => Math.max(a, b), 0);
    const grid = exactGrid(most * rows.length * copies);
    for (let i = 0; i < values.length; i++) values[i] = grid.round(values[i]);
  }
  return { offset, largest, weights, gradients };
}

function fillRows(
  { rows, sums, cover }: TreeGrower,
  draws: Int32Array,
  copies: number,
  rowWeight: number,
  gradients: Float64Array,
  weights: Float64Array,
): number {
  let count = 0;
  for (let drawn = 0; drawn < draws.length; drawn++) {
    if (draws[drawn] === 0) continue;
    for (let row = drawn * copies; row < (drawn + 1) * copies; row++) {
      rows[count++] = row;
      const times = row === drawn * copies ? rowWeight * draws[drawn] : draws[drawn];
      sums[2 * row] = times * gradients[drawn];
      sums[2 * row + 1] = times * weights[drawn];
      cover[row] = sums[2 * row + 1];
    }
  }
  return count;
}
