import type { Forest } from '@hearth/artifact';
import { createRandom, permutation, type Random } from '../../random.ts';
import type { BinnedTable } from '../bins.ts';
import { joinForests, leafTree } from '../join-forests.ts';
import { assertTrainable, type TrainingRows, treeSeed } from '../training-rows.ts';
import { createCategorySets, type SetFeature } from './category-sets.ts';
import { drawAlike, drawAll, drawByGradient } from './draw.ts';
import { createTreeGrower, type TreeLimits } from './leafwise-tree.ts';
import { type LossName, lossOf, weightedQuantile } from './losses.ts';
import { packRows } from './packed-sum.ts';
import { routeRows } from './route.ts';
import { type MaskedCopies, type RowMatrix, rowMatrix } from './row-matrix.ts';
import { toForest } from './to-forest.ts';
import type { TreeNode } from './tree-node.ts';

export interface GradientBoosting extends TreeLimits {
  loss: LossName;
  /** Learning rate (shrinkage): each tree's leaves are multiplied by it. */
  rate: number;
  /** The share of the rows that is drawn for each tree, on average (`draw.ts`). */
  rowShare?: number;
  /** The share of the columns that is drawn for each tree. */
  columnShare?: number;
  mask?: MaskedCopies;
  /** 32-bit integer. */
  seed: number;
}

export interface BoostedRows extends Omit<TrainingRows, 'classes'> {
  /** What is added to the score of each row before any tree, such as the logarithm of an exposure; [table rows]. */
  offset?: ArrayLike<number>;
}

/** Boosted trees, to which more can be added. */
export interface Booster {
  /** The score of each output before any tree. */
  base: number[];
  /** Grows a tree for each output. */
  grow(): void;
  /** Mean loss over the training rows. */
  loss(): number;
  /** Mean loss over the rows held out. */
  heldOutLoss(): number;
  /** A forest for each output; its score is the base plus the sum of the leaves. */
  forests(): Forest[];
  /** The sets of categories in the forests; the first one is the feature behind those of the table. */
  sets: SetFeature[];
}

/**
 * Gradient boosting with Newton steps (Friedman 2001; Chen & Guestrin 2016, XGBoost) of trees that grow leaf by leaf (Ke et al. 2017,
 * LightGBM). The same rows, options and seed give the same bytes.
 * @param held rows whose loss is followed; their table has the same bins
 */
export function createBooster(
  training: BoostedRows,
  options: GradientBoosting,
  held?: { table: BinnedTable; rows: Int32Array },
): Booster {
  assertTrainable(training);
  const { rate, rowShare = 1, columnShare = 1, seed } = options;
  const loss = lossOf(options.loss);
  const own = scoreRows(training, options);
  const tested = held && scoreRows({ ...training, ...held }, options);
  const { matrix, target, weight } = own;
  const base = loss.start(target, weight, own.offset);
  for (const rows of tested ? [own, tested] : [own]) {
    rows.scores = base.map((start) =>
      Float64Array.from({ length: rows.matrix.rows }, (_, row) => start + (rows.offset?.[row] ?? 0)),
    );
  }
  const grower = createTreeGrower(matrix, options);
  const gradient = new Float64Array(matrix.rows);
  const hessian = new Float64Array(matrix.rows);
  const trees: Forest[][] = base.map(() => []);
  const total = weight.reduce((sum, each) => sum + each, 0);
  const alike = weight.every((each) => each === 1);
  const drawSome = loss.quantile === undefined ? drawByGradient : drawAlike;
  const draw = rowShare < 1 ? drawSome(rowShare) : drawAll;
  const sets = createCategorySets(matrix.columns);
  let round = 0;

  return {
    base,
    grow() {
      for (const output of base.keys()) growTree(output);
      round++;
    },
    loss: () => loss.total(target, weight, own.scores) / total,
    heldOutLoss: () =>
      tested
        ? loss.total(tested.target, tested.weight, tested.scores) / tested.weight.reduce((a, b) => a + b)
        : Number.NaN,
    forests: () => trees.map((some) => joinForests(round > 0 ? some : [leafTree(0, total)])),
    sets: sets.features,
  };

  function growTree(output: number): void {
    const random = createRandom(treeSeed(seed, round * base.length + output));
    loss.derive(output, target, weight, own.scores, gradient, hessian);
    const { rows, scratch } = grower;
    const count = draw(rows, gradient, hessian, random);
    const steps = packRows(gradient, hessian, rows.subarray(0, count), grower.packed);
    const nodes = grower.grow(count, drawColumns(matrix.columns.length, columnShare, random), steps);
    const leaves = nodes.filter(({ split }) => !split);
    for (const leaf of leaves) finishLeaf(leaf, own.scores[output]);
    const cover = new Float64Array(nodes.length);
    const reach = (leaf: TreeNode, from: number, to: number): void => {
      addTo(own.scores[output], rows, from, to, leaf.value);
      if (alike) cover[leaf.place] += to - from;
      else for (let i = from; i < to; i++) cover[leaf.place] += weight[rows[i]];
    };
    for (const leaf of leaves) reach(leaf, leaf.start, leaf.end);
    routeRows(nodes[0], matrix, rows, [count, rows.length], scratch, reach);
    if (tested) {
      const { order, scores } = tested;
      routeRows(nodes[0], tested.matrix, order, [0, order.length], tested.scratch, (leaf, from, to) =>
        addTo(scores[output], order, from, to, leaf.value),
      );
    }
    for (const { place, split } of nodes.toReversed())
      if (split) cover[place] = cover[split.left.place] + cover[split.right.place];
    trees[output].push(toForest(nodes, matrix.columns, cover, sets));
  }

  function finishLeaf(leaf: TreeNode, score: Float64Array): void {
    const rows = grower.rows.subarray(leaf.start, leaf.end);
    if (loss.quantile !== undefined) {
      const residuals = Float64Array.from(rows, (row) => target[row] - score[row]);
      const value = weightedQuantile(
        residuals,
        Float64Array.from(rows, (row) => weight[row]),
        loss.quantile,
      );
      leaf.value = Math.min(Math.max(value, leaf.low), leaf.high);
    }
    leaf.value *= rate;
  }
}

function addTo(scores: Float64Array, rows: Int32Array, from: number, to: number, value: number): void {
  for (let i = from; i < to; i++) scores[rows[i]] += value;
}

/** Rows with their target, weight and scores. */
interface ScoredRows {
  matrix: RowMatrix;
  target: Float64Array;
  weight: Float64Array;
  offset?: Float64Array;
  scores: Float64Array[];
  order: Int32Array;
  scratch: Int32Array;
}

function scoreRows(
  { table, target, rows, weights, offset }: BoostedRows,
  { mask, seed }: GradientBoosting,
): ScoredRows {
  const matrix = rowMatrix(table, rows, mask, seed);
  const { source, share } = matrix;
  return {
    matrix,
    target: Float64Array.from(source, (row) => target[row]),
    weight: share.map((each, i) => each * (weights ? weights[source[i]] : 1)),
    ...(offset && { offset: Float64Array.from(source, (row) => offset[row]) }),
    scores: [],
    order: Int32Array.from(source.keys()),
    scratch: new Int32Array(matrix.rows),
  };
}

/** 1 for the drawn columns. */
function drawColumns(columns: number, share: number, random: Random): Uint8Array {
  const wanted = Math.max(1, Math.round(share * columns));
  const drawn = new Uint8Array(columns);
  for (const c of permutation(columns, random).subarray(0, wanted)) drawn[c] = 1;
  return drawn;
}
