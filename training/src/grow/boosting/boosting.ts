import type { Forest } from '@hearth/artifact';
import { createRandom, permutation, type Random } from '../../random.ts';
import type { BinnedColumn } from '../bins.ts';
import { exactGrid } from '../exact-sums.ts';
import { joinForests, leafTree } from '../join-forests.ts';
import { type MaskOptions, maskRows } from '../sums/masked-rows.ts';
import { createTreeGrower } from '../sums/tree.ts';
import { assertTrainable, type TrainingRows, treeSeed } from '../training-rows.ts';
import { losses } from './losses.ts';

export interface BoostOptions {
  /** `logistic` for a target of 0 and 1 (scores are log-odds); `squared` for numbers. */
  loss: keyof typeof losses;
  /** Learning rate (shrinkage): each tree's leaves are multiplied by it. */
  rate: number;
  maxDepth: number;
  /** Maximum number of leaves; the leaf with the largest gain is split first. */
  maxLeaves?: number;
  /** Minimum of Σ weight · curvature of the loss over the rows of a leaf. */
  minimumWeight: number;
  /** Ridge penalty on the leaves. */
  l2: number;
  /** Shares of rows and columns drawn for each tree, without replacement. */
  rowShare?: number;
  columnShare?: number;
  mask?: MaskOptions;
  /** 32-bit integer. */
  seed: number;
}

/** Boosted trees, to which more can be added. */
export interface Booster {
  /** The score before any tree. */
  base: number;
  grow(): void;
  /** What the last tree adds to the score of a row of a table with the same bins. */
  step(columns: readonly BinnedColumn[], row: number): number;
  /** Mean loss over the training rows. */
  loss(): number;
  forest(): Forest;
}

export interface Boosted {
  /** The score is `base` plus the sum of the leaves. */
  base: number;
  forest: Forest;
}

/** Grows `rounds` gradient-boosted trees; `chooseRounds` finds the number of rounds. */
export function boost(training: TrainingRows, options: BoostOptions, rounds: number): Boosted {
  const booster = createBooster(training, options);
  for (let round = 0; round < rounds; round++) booster.grow();
  return { base: booster.base, forest: booster.forest() };
}

/**
 * Gradient boosting with Newton steps (Friedman 2001; Chen & Guestrin 2016, XGBoost): each tree fits the slope of the loss divided by its
 * curvature. The same rows, options and seed give the same bytes.
 */
export function createBooster(training: TrainingRows, options: BoostOptions): Booster {
  assertTrainable(training);
  const { rate, maxDepth, maxLeaves = Infinity, l2, rowShare = 1, columnShare = 1, seed } = options;
  const loss = losses[options.loss];
  const { table, copies, redraw } = maskRows(training.table, training.rows, options.mask);
  redraw(createRandom(treeSeed(seed, -1)));
  const target = Float64Array.from({ length: table.rows }, (_, i) => training.target[sourceOf(i)]);
  const cover = Float64Array.from(
    { length: table.rows },
    (_, i) => (training.weights ? training.weights[sourceOf(i)] : 1) / copies,
  );
  const weight = cover.reduce((sum, each) => sum + each, 0);
  const base = loss.start(
    cover.reduce((sum, each, i) => sum + each * target[i], 0) / weight,
    training.rows.length,
  );
  const score = new Float64Array(table.rows).fill(base);
  const grower = createTreeGrower(table, {
    columnsPerSplit: table.columns.length,
    minimumWeight: Math.max(options.minimumWeight, Number.MIN_VALUE),
    l2,
    maxDepth,
    maxLeaves,
  });
  grower.cover.set(cover);
  const trees: Forest[] = [];

  return { base, grow, step, loss: meanLoss, forest };

  function forest(): Forest {
    return joinForests(trees.length > 0 ? trees : [leafTree(0, weight)]);
  }

  function sourceOf(row: number): number {
    return training.rows[Math.floor(row / copies)];
  }

  function grow(): void {
    const random = createRandom(treeSeed(seed, trees.length));
    differentiate();
    const count = drawRows(random);
    grower.grow(count, drawColumns(random), random);
    for (let row = 0; row < table.rows; row++) score[row] += step(table.columns, row);
    trees.push(grower.tree(0, rate));
  }

  function differentiate(): void {
    const { sums } = grower;
    let slopes = 0;
    let curvatures = 0;
    for (let row = 0; row < table.rows; row++) {
      sums[2 * row] = cover[row] * loss.slope(target[row], score[row]);
      sums[2 * row + 1] = cover[row] * loss.curvature(target[row], score[row]);
      slopes += Math.abs(sums[2 * row]);
      curvatures += sums[2 * row + 1];
    }
    const slopeGrid = exactGrid(slopes);
    const curvatureGrid = exactGrid(curvatures);
    for (let row = 0; row < table.rows; row++) {
      sums[2 * row] = slopeGrid.round(sums[2 * row]);
      sums[2 * row + 1] = Math.max(curvatureGrid.step, curvatureGrid.round(sums[2 * row + 1]));
    }
  }

  function drawRows(random: Random): number {
    const rows = training.rows.length;
    const wanted = Math.max(1, Math.round(rowShare * rows));
    let count = 0;
    for (let row = 0, drawn = 0; drawn < wanted; row++) {
      if (wanted < rows && random.uniform() * (rows - row) >= wanted - drawn) continue;
      for (let copy = 0; copy < copies; copy++) grower.rows[count++] = row * copies + copy;
      drawn++;
    }
    return count;
  }

  function drawColumns(random: Random): Int32Array {
    const columns = table.columns.length;
    const wanted = Math.max(1, Math.round(columnShare * columns));
    if (wanted === columns) return Int32Array.from(table.columns.keys());
    return permutation(columns, random).slice(0, wanted).sort();
  }

  function step(columns: readonly BinnedColumn[], row: number): number {
    return rate * grower.predict(columns, row);
  }

  function meanLoss(): number {
    let sum = 0;
    for (let row = 0; row < table.rows; row++) sum += cover[row] * loss.of(target[row], score[row]);
    return sum / weight;
  }
}
