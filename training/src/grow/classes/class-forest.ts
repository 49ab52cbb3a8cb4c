import { createRandom } from '../../random.ts';
import { mostEntries, packDraws } from '../counts/drawn-rows.ts';
import { maskTable } from '../counts/masked-table.ts';
import { leafOfRow, takeTrees } from '../counts/preorder-nodes.ts';
import { exactGrid } from '../exact-sums.ts';
import { drawRows, drawsOfWeights, numberOfDraws, weightedDrawer } from '../forest/draw-rows.ts';
import { createOutOfBagSums, type ForestGrower, type ForestOptions } from '../forest/grower.ts';
import { copiesInWeight } from '../sums/masked-rows.ts';
import { treeSeed } from '../training-rows.ts';
import type { ClassTable } from './class-table.ts';
import { createClassTreeGrower } from './class-tree.ts';

/**
 * Grows trees whose leaves have the shares of several classes (probability forests: Malley et al. 2012). Rows with weights are drawn with
 * replacement in proportion to them, so that the counts of a tree stay whole numbers.
 */
export function createClassForestGrower(table: ClassTable, options: ForestOptions): ForestGrower {
  const {
    trees,
    columnsPerSplit,
    mostColumns,
    minimumLeaf,
    maxDepth = Infinity,
    sampleShare,
    mask,
  } = options;
  const { randomSplits = false } = options;
  const { classes, weights } = table;
  const { bins, copies, redraw } = maskTable(table, mask);
  const draws = weights ? new Int32Array(table.rows) : new Uint8Array(table.rows);
  const drawByWeight = weights && weightedDrawer(weights);
  const withoutTarget = new Uint8Array(table.rows);
  const wanted = weights ? drawsOfWeights(weights) : numberOfDraws(table.rows, sampleShare);
  const weight = copiesInWeight(mask);
  const rowWeight = mask?.rowWeight ?? 1;
  const capacity = copies * mostEntries(table.rows, rowWeight * wanted);
  const grower = createClassTreeGrower(table, bins, capacity, {
    columnsPerSplit,
    mostColumns,
    minimumLeaf: minimumLeaf * weight,
    maxDepth,
    drawsPerRow: weight,
    randomSplits,
  });
  const outOfBag = createOutOfBagSums(options.outOfBag ? table.rows : 0, classes);
  const grid = exactGrid(trees);
  return {
    outOfBag,
    grow(tree) {
      const random = createRandom(treeSeed(options.seed, tree));
      if (drawByWeight) drawByWeight(draws, random);
      else drawRows(draws, options, random);
      redraw(draws, random);
      grower.grow(packDraws(draws, withoutTarget, copies, rowWeight, grower.entries), random);
      if (options.outOfBag) addAnswers();
    },
    waiting: () => grower.nodes.count,
    take: () => ({ ...takeTrees(grower.nodes), leafValues: grower.shares.take() }),
  };

  function addAnswers(): void {
    const { nodes, shares } = grower;
    for (let row = 0; row < table.rows; row++) {
      if (draws[row] > 0) continue;
      const from = nodes.value[leafOfRow(nodes, table, row)] * classes;
      for (let k = 0; k < classes; k++) {
        outOfBag.sum[row * classes + k] += grid.round(shares.values[from + k]);
      }
      outOfBag.trees[row]++;
    }
  }
}
