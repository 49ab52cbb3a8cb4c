import { createRandom } from '../../random.ts';
import { exactGrid } from '../exact-sums.ts';
import { drawRows, numberOfDraws } from '../forest/draw-rows.ts';
import { createOutOfBagSums, type ForestGrower, type ForestOptions } from '../forest/grower.ts';
import { copiesInWeight } from '../sums/masked-rows.ts';
import { treeSeed } from '../training-rows.ts';
import type { CountTable } from './count-table.ts';
import { createCountTreeGrower } from './count-tree.ts';
import { mostEntries, packDraws } from './drawn-rows.ts';
import { maskTable } from './masked-table.ts';
import { leafOfRow, takeTrees } from './preorder-nodes.ts';

/** Grows trees from counts of rows, for a target of 0 and 1. */
export function createCountForestGrower(table: CountTable, options: ForestOptions): ForestGrower {
  const {
    trees,
    columnsPerSplit,
    mostColumns,
    minimumLeaf,
    maxDepth = Infinity,
    sampleShare,
    mask,
    seed,
    randomSplits = false,
  } = options;
  const { bins, copies, redraw } = maskTable(table, mask);
  const draws = new Uint8Array(table.rows);
  const weight = copiesInWeight(mask);
  const rowWeight = mask?.rowWeight ?? 1;
  const capacity = copies * mostEntries(table.rows, rowWeight * numberOfDraws(table.rows, sampleShare));
  const grower = createCountTreeGrower(table, bins, capacity, {
    columnsPerSplit,
    mostColumns,
    minimumLeaf: minimumLeaf * weight,
    maxDepth,
    drawsPerRow: weight,
    randomSplits,
  });
  const outOfBag = createOutOfBagSums(options.outOfBag ? table.rows : 0);
  const grid = exactGrid(trees);
  return {
    outOfBag,
    grow(tree) {
      const random = createRandom(treeSeed(seed, tree));
      drawRows(draws, options, random);
      redraw(draws, random);
      grower.grow(packDraws(draws, table.positive, copies, rowWeight, grower.entries), random);
      if (options.outOfBag) addAnswers();
    },
    waiting: () => grower.nodes.count,
    take: () => takeTrees(grower.nodes),
  };

  function addAnswers(): void {
    for (let row = 0; row < table.rows; row++) {
      if (draws[row] > 0) continue;
      outOfBag.sum[row] += grid.round(grower.nodes.value[leafOfRow(grower.nodes, table, row)]);
      outOfBag.trees[row]++;
    }
  }
}
