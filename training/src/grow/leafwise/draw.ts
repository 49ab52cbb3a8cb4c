import type { Random } from '../../random.ts';
import { addBlocks, type Block, blockOf, countBlocks, listRows } from './row-blocks.ts';
import type { Team } from './team.ts';

/** The rows that a thread draws from. */
export interface OwnRows {
  blocks: readonly Block[];
  team: Team;
}

/**
 * Lists the rows that are drawn for a tree, and behind them the others. Both parts are in ascending order, in which memory is read fastest.
 * @param rows filled with all rows of this thread @returns how many are drawn
 */
type Draw = (
  rows: Int32Array,
  own: OwnRows,
  gradient: Float64Array,
  hessian: Float64Array,
  random: Random,
) => number;

/** Draws every row. */
export const drawAll: Draw = (rows, { blocks }) => listRows(blocks, rows).length;

/** Draws exactly this share of the rows, on one thread. */
export const drawAlike =
  (share: number): Draw =>
  (rows, _own, _gradient, _hessian, random) => {
    const wanted = Math.max(1, Math.round(share * rows.length));
    let [drawn, others] = [0, wanted];
    for (let row = 0; row < rows.length; row++) {
      const isDrawn = random.uniform() * (rows.length - row) < wanted - drawn;
      rows[isDrawn ? drawn++ : others++] = row;
    }
    return wanted;
  };

/**
 * Minimal variance sampling (Ibragimov & Gusev 2019, NeurIPS 32): a row is drawn with a probability in proportion to its gradient and hessian,
 * at most 1, and both are divided by it, so that sums stay unbiased. The mean probability would be the share without this limit: where few
 * rows are answered badly, fewer are drawn.
 */
export function drawByGradient(share: number): Draw {
  let size = new Float64Array(0);
  let others = new Int32Array(0);
  return (rows, own, gradient, hessian, random) => {
    if (size.length !== gradient.length)
      [size, others] = [new Float64Array(gradient.length), new Int32Array(rows.length)];
    const certain = sizesOf(gradient, hessian, size, own) / share;
    const seed = random.below(2 ** 32);
    let [drawn, left] = [0, 0];
    for (const { from, to } of own.blocks) {
      for (let row = from; row < to; row++) {
        const probability = size[row] / certain;
        if (probability >= 1) rows[drawn++] = row;
        else if (hashed(row, seed) < probability) {
          rows[drawn++] = row;
          gradient[row] /= probability;
          hessian[row] /= probability;
        } else others[left++] = row;
      }
    }
    const all = Float64Array.of(drawn);
    own.team.addUp(all);
    if (all[0] === 0) return drawAll(rows, own, gradient, hessian, random);
    rows.set(others.subarray(0, left), drawn);
    return drawn;
  };
}

/** A number of a row from 0 to below 1 that looks random, of this seed: the last steps of MurmurHash3 (Appleby), cheaper than a stream. */
function hashed(row: number, seed: number): number {
  let bits = Math.imul((row + 1) ^ seed, 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  return ((bits ^ (bits >>> 13)) >>> 0) / 2 ** 32;
}

/**
 * The size of a row: the root of gradient² + λ hessian², where λ gives both the same part in all rows.
 * @returns the mean size
 */
export function sizesOf(
  gradient: Float64Array,
  hessian: Float64Array,
  size: Float64Array,
  { blocks, team }: OwnRows,
): number {
  const sums = new Float64Array(2 * countBlocks(size.length));
  for (const { from, to } of blocks) {
    let [ofGradients, ofHessians] = [0, 0];
    for (let row = from; row < to; row++) {
      ofGradients += gradient[row] ** 2;
      ofHessians += hessian[row] ** 2;
    }
    sums.set([ofGradients, ofHessians], 2 * blockOf(from));
  }
  const [gradients, hessians] = addBlocks(sums, team);
  const lambda = hessians > 0 ? gradients / hessians : 0;
  sums.fill(0);
  for (const { from, to } of blocks) {
    let sum = 0;
    for (let row = from; row < to; row++) {
      size[row] = Math.sqrt(gradient[row] ** 2 + lambda * hessian[row] ** 2);
      sum += size[row];
    }
    sums[2 * blockOf(from)] = sum;
  }
  return addBlocks(sums, team)[0] / size.length;
}
