import { createRandom, permutation, type Random } from '../../random.ts';
import { exactGrid } from '../exact-sums.ts';
import { treeSeed } from '../training-rows.ts';
import { drawAlike, drawAll, drawByGradient } from './draw.ts';
import { createTreeGrower, type TreeLimits } from './leafwise-tree.ts';
import { type LossName, lossOf, weightedQuantile } from './losses.ts';
import { packRows } from './packed-sum.ts';
import { routeRows } from './route.ts';
import { blocksOf, listRows } from './row-blocks.ts';
import type { MaskedCopies } from './row-matrix.ts';
import type { ScoredRows } from './scored-rows.ts';
import { alone, type Team } from './team.ts';
import { type GrownTree, toForest } from './to-forest.ts';
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

/** What the threads of a team work on. */
export interface BoostingWork {
  own: ScoredRows;
  /** Rows whose loss is followed. */
  tested?: ScoredRows;
  options: GradientBoosting;
}

/** Grows a tree for each output. @returns those that this thread has: of one output all threads have the tree, of several each its own */
export type GrowRound = () => { output: number; tree: GrownTree }[];

/**
 * Threads of a team share the rows of a tree if there is one output, and the trees of a round if there are several: the trees of a round do not
 * depend on each other.
 */
export function createRounds({ own, tested, options }: BoostingWork, team: Team): GrowRound {
  const { rate, rowShare = 1, columnShare = 1, seed } = options;
  const { matrix, target, weight, scores } = own;
  const outputs = scores.length;
  const loss = lossOf(options.loss);
  const within = outputs > 1 ? alone : team;
  const rowsOfTree = { blocks: blocksOf(matrix.rows, within), team: within };
  const grower = createTreeGrower(matrix, options, rowsOfTree);
  const gradient = new Float64Array(matrix.rows);
  const hessian = new Float64Array(matrix.rows);
  const alike = weight.every((each) => each === 1);
  // exact, so that covers are the same whatever the order of rows and threads
  const grid = exactGrid(weight.reduce((sum, each) => sum + each, 0));
  const cover = alike ? undefined : weight.map((each) => grid.round(each));
  const drawSome = loss.quantile === undefined ? drawByGradient : drawAlike;
  const draw = rowShare < 1 ? drawSome(rowShare) : drawAll;
  const held = tested && listRows(blocksOf(tested.matrix.rows, within));
  const scratch = new Int32Array(held?.length ?? 0);
  let round = 0;

  return () => {
    if (loss.share) {
      for (const block of blocksOf(matrix.rows, team)) loss.share(scores, own.shares, block);
      team.meet();
    }
    const grown = Array.from({ length: outputs }, (_, output) => output)
      .filter((output) => within === team || output % team.size === team.rank)
      .map((output) => ({ output, tree: growTree(output) }));
    round++;
    team.meet();
    return grown;
  };

  function growTree(output: number): GrownTree {
    const random = createRandom(treeSeed(seed, round * outputs + output));
    for (const block of rowsOfTree.blocks) loss.derive(output, own, gradient, hessian, block);
    const { rows } = grower;
    const count = draw(rows, rowsOfTree, gradient, hessian, random);
    const steps = packRows(gradient, hessian, rows.subarray(0, count), grower.packed, within);
    const nodes = grower.grow(count, drawColumns(matrix.columns.length, columnShare, random), steps, random);
    const leaves = nodes.filter(({ split }) => !split);
    for (const leaf of leaves) finishLeaf(leaf, scores[output]);
    const covers = new Float64Array(nodes.length);
    const reach = (leaf: TreeNode, from: number, to: number): void => {
      addTo(scores[output], rows, from, to, leaf.value);
      if (cover) for (let i = from; i < to; i++) covers[leaf.place] += cover[rows[i]];
      else covers[leaf.place] += to - from;
    };
    for (const leaf of leaves) reach(leaf, leaf.start, leaf.end);
    routeRows(nodes[0], matrix, rows, [count, rows.length], grower.scratch, reach);
    if (tested && held) {
      routeRows(nodes[0], tested.matrix, held, [0, held.length], scratch, (leaf, from, to) =>
        addTo(tested.scores[output], held, from, to, leaf.value),
      );
    }
    within.addUp(covers);
    for (const { place, split } of nodes.toReversed())
      if (split) covers[place] = covers[split.left.place] + covers[split.right.place];
    return toForest(nodes, matrix.columns, covers);
  }

  function finishLeaf(leaf: TreeNode, score: Float64Array): void {
    if (loss.quantile !== undefined) {
      const rows = grower.rows.subarray(leaf.start, leaf.end);
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

/** 1 for the drawn columns. */
function drawColumns(columns: number, share: number, random: Random): Uint8Array {
  const wanted = Math.max(1, Math.round(share * columns));
  const drawn = new Uint8Array(columns);
  for (const c of permutation(columns, random).subarray(0, wanted)) drawn[c] = 1;
  return drawn;
}
