import type { Random } from '../../random.ts';

/**
 * Lists the rows that are drawn for a tree, and behind them the others. Both parts are in ascending order, in which memory is read fastest.
 * @param rows filled with all rows @returns how many are drawn
 */
type Draw = (rows: Int32Array, gradient: Float64Array, hessian: Float64Array, random: Random) => number;

/** Draws every row. */
export const drawAll: Draw = (rows) => {
  for (let row = 0; row < rows.length; row++) rows[row] = row;
  return rows.length;
};

/** Draws exactly this share of the rows. */
export const drawAlike =
  (share: number): Draw =>
  (rows, _gradient, _hessian, random) => {
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
  return (rows, gradient, hessian, random) => {
    if (size.length !== rows.length)
      [size, others] = [new Float64Array(rows.length), new Int32Array(rows.length)];
    const certain = sizesOf(gradient, hessian, size) / share;
    const seed = random.below(2 ** 32);
    let [drawn, left] = [0, 0];
    for (let row = 0; row < rows.length; row++) {
      const probability = size[row] / certain;
      if (probability >= 1) rows[drawn++] = row;
      else if (hashed(row, seed) < probability) {
        rows[drawn++] = row;
        gradient[row] /= probability;
        hessian[row] /= probability;
      } else others[left++] = row;
    }
    if (drawn === 0) return drawAll(rows, gradient, hessian, random);
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
function sizesOf(gradient: Float64Array, hessian: Float64Array, size: Float64Array): number {
  let [gradients, hessians] = [0, 0];
  for (let row = 0; row < size.length; row++) {
    gradients += gradient[row] ** 2;
    hessians += hessian[row] ** 2;
  }
  const lambda = hessians > 0 ? gradients / hessians : 0;
  let sum = 0;
  for (let row = 0; row < size.length; row++) {
    size[row] = Math.sqrt(gradient[row] ** 2 + lambda * hessian[row] ** 2);
    sum += size[row];
  }
  return sum / size.length;
}
