import { createRandom } from '../../random.ts';
import { treeSeed } from '../training-rows.ts';
import { sizesOf } from './draw.ts';
import { createRounds, type GradientBoosting } from './grow-round.ts';
import { type Loss, lossOf } from './losses.ts';
import { blocksOf } from './row-blocks.ts';
import type { MaskedCopies } from './row-matrix.ts';
import { type BoostedRows, beginScores, keepRows, type ScoredRows, unscoredRows } from './scored-rows.ts';
import { alone } from './team.ts';

/** A short boosting that shows which copies are hard to answer. */
const pilot = { rounds: 40, rate: 0.2, leaves: 31, rowShare: 0.1 };
const copiesOfPilot = 2;
/** The least probability to keep a copy: none weighs more than 20 times as much as if all were kept. */
const least = 0.05;
/** Where answers are less alike in their uncertainty, most copies say little. */
const alike = 0.6;

/**
 * Whether answers with some columns are much less certain for few rows than for most, as of a rare class that is easy to tell. Where noise is
 * everywhere, hard copies are those with the most noise, and no better than any. Rows count by their weight. For losses of one output.
 */
export function haveHardCopies(training: BoostedRows, options: GradientBoosting): boolean {
  const loss = lossOf(options.loss);
  const few = growPilot(training, options, loss);
  const { matrix, weight } = few;
  const { hessian } = derivativesOf(few, loss);
  let [sum, squares, total] = [0, 0, 0];
  for (let row = matrix.whole; row < matrix.rows; row++) {
    sum += Math.sqrt(weight[row] * hessian[row]); // weight × standard deviation of the outcome, if the answer is right
    squares += hessian[row];
    total += weight[row];
  }
  return sum ** 2 < alike * squares * total;
}

/**
 * Rows and masked copies that are drawn from many more: with a probability in proportion to their gradient and hessian after a short boosting,
 * by which their weight is divided (importance sampling, as in `draw.ts`). For losses of one output.
 * @param mask.from copies of each row to draw from
 */
export function hardCopies(
  training: BoostedRows,
  options: GradientBoosting,
  mask: MaskedCopies & { from: number },
): ScoredRows {
  const loss = lossOf(options.loss);
  const many = unscoredRows(training, { ...mask, copies: mask.from }, options.seed);
  growPilot(training, options, loss, many);
  const { matrix } = many;
  const { gradient, hessian } = derivativesOf(many, loss);
  const size = new Float64Array(matrix.rows);
  sizesOf(gradient, hessian, size, { blocks: blocksOf(matrix.rows, alone), team: alone });
  const unit = unitFor(size.subarray(matrix.whole), mask.copies * matrix.whole);
  const random = createRandom(treeSeed(options.seed, -2));
  const kept: number[] = [];
  const share: number[] = [];
  for (let row = 0; row < matrix.rows; row++) {
    const probability = row < matrix.whole ? 1 : probabilityOf(size[row], unit);
    if (random.uniform() >= probability) continue;
    kept.push(row);
    share.push(matrix.share[row] / probability);
  }
  return keepRows(training, many, Int32Array.from(kept), Float64Array.from(share));
}

/** @param others get their scores too @returns the rows and copies that it was grown on, with their scores */
function growPilot(
  training: BoostedRows,
  options: GradientBoosting,
  loss: Loss,
  others?: ScoredRows,
): ScoredRows {
  if (loss.outputs > 1) throw new Error('copies are drawn by their gradients for one output only');
  const { mask, seed } = options;
  const own = unscoredRows(training, mask && { ...mask, copies: copiesOfPilot }, (seed + 1) >>> 0);
  beginScores(others ? [own, others] : [own], loss, training.start);
  const work = { own, ...(others && { tested: others }), options: { ...options, ...pilot } };
  const grow = createRounds(work, alone);
  for (let round = 0; round < pilot.rounds; round++) grow();
  return own;
}

function derivativesOf(
  rows: ScoredRows,
  { derive }: Loss,
): { gradient: Float64Array; hessian: Float64Array } {
  const count = rows.matrix.rows;
  const [gradient, hessian] = [new Float64Array(count), new Float64Array(count)];
  derive(0, rows, gradient, hessian, { from: 0, to: count });
  return { gradient, hessian };
}

const probabilityOf = (size: number, unit: number): number => Math.min(1, Math.max(least, size / unit));

/** The size from which on a copy is kept for certain, so that about so many are kept; by bisection. */
function unitFor(sizes: Float64Array, wanted: number): number {
  let [low, high] = [Number.MIN_VALUE, sizes.reduce((a, b) => Math.max(a, b), Number.MIN_VALUE) / least];
  for (let step = 0; step < 30; step++) {
    const unit = (low + high) / 2;
    const expected = sizes.reduce((sum, size) => sum + probabilityOf(size, unit), 0);
    if (expected > wanted) low = unit;
    else high = unit;
  }
  return high;
}
