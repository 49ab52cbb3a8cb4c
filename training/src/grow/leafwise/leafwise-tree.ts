import type { Random } from '../../random.ts';
import { lastBinBelow, missingSide, splitThreshold } from '../split.ts';
import { newtonStep, type SplitLimits, type Summed } from './best-split.ts';
import type { OwnRows } from './draw.ts';
import { hessianOf, type Steps } from './packed-sum.ts';
import { partitionRows } from './route.ts';
import { listRows } from './row-blocks.ts';
import type { RowMatrix } from './row-matrix.ts';
import { createSplitFinder } from './split-finder.ts';
import type { TreeNode } from './tree-node.ts';

export interface TreeLimits extends SplitLimits {
  /** Maximum number of leaves; the leaf with the largest gain is split first. */
  leaves: number;
  maxDepth: number;
}

/** Grows trees one after the other in the same memory. */
export interface TreeGrower {
  /** The rows of this thread, those to grow a tree on at the start; the tree reorders them. */
  rows: Int32Array;
  scratch: Int32Array;
  /** The packed gradient and hessian of each row, filled before each tree; [matrix rows]. */
  packed: Float64Array;
  /** Grows a tree on the first `count` rows. @returns its nodes, parents before children */
  grow(count: number, columns: Uint8Array, steps: Steps, random: Random): TreeNode[];
}

/** @param own the rows of this thread; the threads of a team grow each tree together */
export function createTreeGrower(
  matrix: RowMatrix,
  limits: TreeLimits,
  { blocks, team }: OwnRows,
): TreeGrower {
  const { leaves: mostLeaves, maxDepth, minimumWeight, l2 } = limits;
  const rows = listRows(blocks);
  const packed = new Float64Array(matrix.rows);
  const scratch = new Int32Array(rows.length);
  const finder = createSplitFinder(matrix, packed, limits, team);
  let nodes: TreeNode[] = [];
  let steps: Steps;

  return { rows, scratch, packed, grow };

  function grow(count: number, columns: Uint8Array, gridSteps: Steps, random: Random): TreeNode[] {
    nodes = [];
    steps = gridSteps;
    finder.begin(columns, steps, random);
    let sum = 0;
    for (let i = 0; i < count; i++) sum += packed[rows[i]];
    const whole = Float64Array.of(sum, count);
    team.addUp(whole);
    const root = add({ sum: whole[0], low: -Infinity, high: Infinity }, [0, count], whole[1], 0);
    const open: TreeNode[] = [];
    const consider = (node: TreeNode) => {
      if (!node.histogram) return;
      node.best = finder.find(node.histogram, node);
      if (node.best) open.push(node);
      else release(node);
    };
    if (maySplit(root) && mostLeaves > 1) root.histogram = finder.count({ rows, start: 0, end: count });
    consider(root);
    for (let leaves = 1; leaves < mostLeaves && open.length > 0; leaves++) {
      const node = takeBest(open);
      const children = split(node);
      if (leaves + 1 < mostLeaves) divide(node, children);
      release(node);
      for (const child of children) consider(child);
    }
    for (const node of open) release(node);
    return nodes;
  }

  function add(summed: Summed, [start, end]: [number, number], rows: number, depth: number): TreeNode {
    const value = newtonStep(summed, steps, l2);
    const node: TreeNode = { ...summed, start, end, rows, depth, value, place: nodes.length };
    nodes.push(node);
    return node;
  }

  function maySplit({ depth, sum }: TreeNode): boolean {
    return depth < maxDepth && hessianOf(sum) * steps.hessian >= 2 * minimumWeight;
  }

  function release(node: TreeNode): void {
    if (node.histogram) finder.release(node.histogram);
    node.histogram = undefined;
  }

  function split(node: TreeNode): [TreeNode, TreeNode] {
    const { best, start, end, depth, low, high } = node;
    if (!best) throw new Error('a node without a split was taken');
    const column = matrix.columns[best.column];
    const threshold = best.set ? 0.5 : splitThreshold(column, best.at, best.next);
    // bins without rows of this node can lie below the threshold: rows that were not drawn may have them
    const isNumber = column.kind === 'numeric' && best.next !== -1;
    const at = isNumber ? lastBinBelow(column, best.at, threshold) : best.at;
    const middle = partitionRows(matrix, { ...best, at }, rows, start, end, scratch);
    const counts = Float64Array.of(middle - start, end - middle);
    team.addUp(counts);
    const left = add({ sum: best.left, low, high }, [start, middle], counts[0], depth + 1);
    const right = add({ sum: node.sum - best.left, low, high }, [middle, end], counts[1], depth + 1);
    // After a split on a monotone column, the middle of the two values is a bound of the leaves below both children.
    if (column.direction !== 0 && best.next !== -1) {
      const between = (left.value + right.value) / 2;
      if (column.direction > 0) left.high = right.low = between;
      else left.low = right.high = between;
    }
    const { missing } = best;
    const larger = left.rows >= right.rows ? missingSide.left : missingSide.right;
    const side = missing === missingSide.unseen ? larger : missing;
    node.split = { ...best, at, threshold, missing: side, left, right };
    return [left, right];
  }

  /** The histograms of the children that may be split: the smaller one is counted, the larger one is the difference. */
  function divide(node: TreeNode, children: readonly TreeNode[]): void {
    if (!node.histogram || !children.some(maySplit)) return;
    const [small, large] = children[0].rows <= children[1].rows ? children : [children[1], children[0]];
    small.histogram = finder.count({ rows, start: small.start, end: small.end });
    if (maySplit(large)) {
      finder.subtract(node.histogram, small.histogram);
      large.histogram = node.histogram;
      node.histogram = undefined;
    }
    if (!maySplit(small)) release(small);
  }
}

function takeBest(open: TreeNode[]): TreeNode {
  let at = 0;
  const gain = (node: TreeNode) => node.best?.gain ?? 0;
  for (let i = 1; i < open.length; i++) if (gain(open[i]) > gain(open[at])) at = i;
  const [best] = open.splice(at, 1);
  return best;
}
