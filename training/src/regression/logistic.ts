import { solveSymmetric } from './solve-symmetric.ts';

type Vector = ArrayLike<number>;

/**
 * Logistic regression with intercept by iteratively reweighted least squares (McCullagh & Nelder 1989), with a ridge penalty on
 * all coefficients except the intercept.
 * @param columns features, [columns][rows], on comparable scales when `ridge` is above 0
 * @param target 0 or 1, [rows]
 * @param ridge the λ in ½ λ Σ β², added to the negative log likelihood
 * @param weights a row of weight 2 counts as two rows; [rows]. All 1 if left out.
 * @returns intercept, then a coefficient per column
 */
export function fitLogistic(
  columns: readonly Vector[],
  target: Vector,
  ridge: number,
  weights?: Vector,
): Float64Array {
  const size = columns.length + 1;
  const beta = new Float64Array(size);
  const x = new Float64Array(size);
  for (let step = 0; step < 50; step++) {
    const hessian = Array.from({ length: size }, (_, i) => {
      const row = new Float64Array(size);
      row[i] = i === 0 ? 1e-9 : ridge + 1e-9;
      return row;
    });
    const gradient = beta.map((value, i) => (i === 0 ? 0 : -ridge * value));
    for (let row = 0; row < target.length; row++) {
      x[0] = 1;
      for (let i = 1; i < size; i++) x[i] = columns[i - 1][row];
      const p = 1 / (1 + Math.exp(-dot(beta, x)));
      const count = weights ? weights[row] : 1;
      const weight = count * Math.max(p * (1 - p), 1e-9);
      const residual = count * (target[row] - p);
      for (let i = 0; i < size; i++) {
        gradient[i] += x[i] * residual;
        for (let j = 0; j <= i; j++) hessian[i][j] += weight * x[i] * x[j];
      }
    }
    const change = solveSymmetric(hessian, gradient);
    const scale = Math.min(1, 5 / Math.max(...change.map(Math.abs)));
    for (let i = 0; i < size; i++) beta[i] += scale * change[i];
    if (change.every((value) => Math.abs(value) < 1e-8)) break;
  }
  return beta;
}

/** Probability of 1 for one row, from the coefficients of `fitLogistic`. */
export function logisticProbability(beta: Float64Array, x: Vector): number {
  let score = beta[0];
  for (let i = 1; i < beta.length; i++) score += beta[i] * x[i - 1];
  return 1 / (1 + Math.exp(-score));
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}
