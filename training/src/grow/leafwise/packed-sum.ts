import { addBlocks, blockOf, countBlocks } from './row-blocks.ts';
import type { Team } from './team.ts';

/**
 * The sums of gradients and of hessians as one number: gradient · 2^26 + hessian, both whole numbers of steps of a grid. A float64 holds
 * whole numbers up to 2^53 exactly, so one addition updates both sums, and neither order nor number of threads changes a bit.
 */
const shift = 2 ** 26;

const pack = (gradient: number, hessian: number): number => gradient * shift + hessian;

export const gradientOf = (sum: number): number => Math.floor(sum / shift);

export const hessianOf = (sum: number): number => sum - Math.floor(sum / shift) * shift;

/** The steps of a tree's grid. */
export interface Steps {
  gradient: number;
  hessian: number;
}

/** All rows together have at most so many steps, and each at most one more by rounding: up to 2^25 rows stay below 2^26. */
const mostSteps = 2 ** 25;

/** A power of two, so that steps times a whole number are exact. */
const stepFor = (total: number): number => 2 ** Math.ceil(Math.log2(total / mostSteps));

/**
 * Rounds gradients and hessians to a grid, and packs them. Whether a number is rounded up or down depends on its row, so that the errors of
 * many rows cancel (stochastic rounding: Shi et al. 2022, NeurIPS 35, "Quantized Training of Gradient Boosting Decision Trees"; they use 2 to
 * 5 bits, here are 25 minus the logarithm of the number of rows).
 * @param rows which are packed, in ascending order: those of this thread
 * @param packed filled by row
 */
export function packRows(
  gradient: Float64Array,
  hessian: Float64Array,
  rows: Int32Array,
  packed: Float64Array,
  team: Team,
): Steps {
  const [gradients, hessians] = addBlocks(sumBlocks(gradient, hessian, rows, packed.length), team);
  const steps = { gradient: stepFor(gradients || 1), hessian: stepFor(hessians || 1) };
  round(gradient, hessian, rows, steps, packed);
  return steps;
}

/** The sums of the absolute gradients, and of the hessians, of each block of rows; [2 × blocks]. */
function sumBlocks(
  gradient: Float64Array,
  hessian: Float64Array,
  rows: Int32Array,
  allRows: number,
): Float64Array {
  const sums = new Float64Array(2 * countBlocks(allRows));
  for (let i = 0; i < rows.length; ) {
    const block = blockOf(rows[i]);
    let gradients = 0;
    let hessians = 0;
    for (; i < rows.length; i++) {
      const row = rows[i];
      if (blockOf(row) !== block) break;
      gradients += Math.abs(gradient[row]);
      hessians += hessian[row];
    }
    sums[2 * block] = gradients;
    sums[2 * block + 1] = hessians;
  }
  return sums;
}

function round(
  gradient: Float64Array,
  hessian: Float64Array,
  rows: Int32Array,
  steps: Steps,
  packed: Float64Array,
): void {
  const byGradient = 1 / steps.gradient;
  const byHessian = 1 / steps.hessian;
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i];
    const dither = (Math.imul(row, 0x9e3779b1) >>> 0) / 2 ** 32; // equidistributed: the multiples of the golden ratio
    // every row has a step of hessian at least: a sum of 0 says that there is no row
    packed[row] = pack(
      Math.floor(gradient[row] * byGradient + dither),
      Math.max(1, Math.floor(hessian[row] * byHessian + dither)),
    );
  }
}
