import type { Random } from '../../random.ts';

/** Lists the rows that are drawn for a tree, and behind them the others. @param rows filled with all rows @returns how many are drawn */
type Draw = (rows: Int32Array, gradient: Float64Array, hessian: Float64Array, random: Random) => number;

/**
 * Draws a share of the rows for each tree. Both parts of the list are in ascending order, in which memory is read fastest.
 * @param byGradient Minimal variance sampling (Ibragimov & Gusev 2019, NeurIPS 32): a row is drawn with a probability in proportion to its
 * gradient and hessian, at most 1, and both are divided by it, so that sums stay unbiased. Rows that are answered well already cost
 * little: of many classes, a tree needs few rows of the others. Otherwise all rows are alike.
 */
export function createDraw(share: number, byGradient: boolean): Draw {
  if (share >= 1) return all;
  if (!byGradient) return (rows, _gradient, _hessian, random) => drawAlike(rows, share, random);
  let size = new Float64Array(0);
  let others = new Int32Array(0);
  return (rows, gradient, hessian, random) => {
    if (size.length !== rows.length)
      [size, others] = [new Float64Array(rows.length), new Int32Array(rows.length)];
    sizesOf(gradient, hessian, size);
    const least = threshold(size, share * rows.length);
    let [drawn, left] = [0, 0];
    for (let row = 0; row < rows.length; row++) {
      const probability = size[row] / least;
      if (probability >= 1) rows[drawn++] = row;
      else if (random.uniform() < probability) {
        rows[drawn++] = row;
        gradient[row] /= probability;
        hessian[row] /= probability;
      } else others[left++] = row;
    }
    if (drawn === 0) return all(rows);
    rows.set(others.subarray(0, left), drawn);
    return drawn;
  };
}

function all(rows: Int32Array): number {
  for (let row = 0; row < rows.length; row++) rows[row] = row;
  return rows.length;
}

/** Exactly this share of the rows. */
function drawAlike(rows: Int32Array, share: number, random: Random): number {
  const wanted = Math.max(1, Math.round(share * rows.length));
  let [drawn, others] = [0, wanted];
  for (let row = 0; row < rows.length; row++) {
    const isDrawn = random.uniform() * (rows.length - row) < wanted - drawn;
    rows[isDrawn ? drawn++ : others++] = row;
  }
  return wanted;
}

/** The size of a row: the root of gradient² + λ hessian², where λ gives both the same part in all rows. */
function sizesOf(gradient: Float64Array, hessian: Float64Array, size: Float64Array): void {
  let [gradients, hessians] = [0, 0];
  for (let row = 0; row < size.length; row++) {
    gradients += gradient[row] ** 2;
    hessians += hessian[row] ** 2;
  }
  const lambda = hessians > 0 ? gradients / hessians : 0;
  for (let row = 0; row < size.length; row++)
    size[row] = Math.sqrt(gradient[row] ** 2 + lambda * hessian[row] ** 2);
}

/** Sizes are counted by their exponent and the first bits of their fraction: eight classes for each power of two. */
const bits = 20;
const asNumber = new Float32Array([Infinity]);
const asBits = new Uint32Array(asNumber.buffer);
const counts = new Float64Array((asBits[0] >>> bits) + 1);
const sums = new Float64Array(counts.length);

/** The size from which on a row is drawn in any case, if on average about so many rows are drawn: Σ min(1, size / threshold) = wanted. */
function threshold(size: Float64Array, wanted: number): number {
  counts.fill(0);
  sums.fill(0);
  let below = 0;
  for (let row = 0; row < size.length; row++) {
    asNumber[0] = size[row];
    const at = asBits[0] >>> bits;
    counts[at]++;
    sums[at] += size[row];
    below += size[row];
  }
  let certain = 0;
  for (let at = counts.length - 2; at > 0; at--) {
    // of the rows of this class and of those below it, none is larger than its upper end
    asBits[0] = (at + 1) << bits;
    if (certain < wanted && below / (wanted - certain) >= asNumber[0]) return below / (wanted - certain);
    certain += counts[at];
    below -= sums[at];
  }
  return Number.MIN_VALUE;
}
