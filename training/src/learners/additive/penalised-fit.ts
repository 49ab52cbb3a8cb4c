import { factorise, solveFactored, solveLowerFour } from '../../regression/cholesky.ts';
import type { Family } from './family.ts';
import { weightedGram } from './gram.ts';

/** Functions evaluated on rows, one after the other: the value of function `f` on row `i` is at `f * rows + i`. */
export interface DesignMatrix {
  rows: number;
  functions: number;
  values: Float64Array;
}

export interface PenalisedFit {
  intercept: number;
  /** Coefficient of each chosen function. */
  coefficients: Float64Array;
  /** [rows] */
  score: Float64Array;
  /** Cholesky factor (lower, row by row) of the penalised Hessian at the optimum; the intercept is last. */
  factor: Float64Array[];
}

/**
 * Minimises loss + ½ Σ penalty β² over the chosen functions (one penalty each) by Newton's method (penalised iteratively reweighted
 * least squares, Green & Silverman 1994). The intercept is not penalised.
 * @param weights a row of weight 2 counts as two rows; [rows]. All 1 if left out.
 */
export function fitPenalised(
  { rows, values }: DesignMatrix,
  chosen: Int32Array,
  penalty: Float64Array,
  target: Float64Array,
  family: Family,
  weights?: Float64Array,
): PenalisedFit {
  const size = chosen.length + 1;
  const columns = Array.from(chosen, (f) => values.subarray(f * rows, (f + 1) * rows));
  columns.push(new Float64Array(rows).fill(1));
  const beta = new Float64Array(size);
  const penalties = Float64Array.from({ length: size }, (_, i) => (i < chosen.length ? penalty[i] : 1e-9));
  const score = new Float64Array(rows);
  const weight = new Float64Array(rows).fill(1);
  const residual = new Float64Array(rows);
  const hessian = Array.from({ length: size }, () => new Float64Array(size));
  let objective = family.loss(score, target, weights);
  for (let step = 0; step < 50; step++) {
    family.linearise(score, target, residual, weight);
    if (weights) {
      for (let i = 0; i < rows; i++) {
        residual[i] *= weights[i];
        weight[i] *= weights[i];
      }
    }
    const gradient = new Float64Array(size);
    for (let a = 0; a < size; a++) {
      const column = columns[a];
      let slope = -penalties[a] * beta[a];
      for (let i = 0; i < rows; i++) slope += column[i] * residual[i];
      gradient[a] = slope;
    }
    if (step === 0 || !family.constantWeight) {
      weightedGram(columns, weight, penalties, hessian);
      factorise(hessian);
    }
    const change = solveFactored(hessian, gradient);
    const move = (share: number): number => {
      let penalised = 0;
      for (let a = 0; a < size; a++) {
        beta[a] += share * change[a];
        penalised += (penalties[a] * beta[a] * beta[a]) / 2;
        const column = columns[a];
        for (let i = 0; i < rows; i++) score[i] += share * change[a] * column[i];
      }
      return family.loss(score, target, weights) + penalised;
    };
    let share = 1;
    let next = move(1);
    // If a step increases the objective, halve it until it does not.
    while (!(next <= objective + 1e-9) && share > 1e-6) {
      share /= 2;
      next = move(-share);
    }
    const largest = share * change.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    objective = next;
    if (largest < 0.005) break;
  }
  return { intercept: beta[size - 1], coefficients: beta.subarray(0, size - 1), score, factor: hessian };
}

/** x' H⁻¹ x of each row x: the variance of its score, if the loss is a negative log likelihood. */
export function leverages(
  { rows, values }: DesignMatrix,
  chosen: Int32Array,
  { factor }: PenalisedFit,
): Float64Array {
  const result = new Float64Array(rows);
  const x = Array.from({ length: 4 }, () => new Float64Array(chosen.length + 1));
  for (let start = 0; start < rows; start += 4) {
    const count = Math.min(4, rows - start);
    for (let r = 0; r < count; r++) {
      for (let k = 0; k < chosen.length; k++) x[r][k] = values[chosen[k] * rows + start + r];
      x[r][chosen.length] = 1;
    }
    solveLowerFour(factor, x[0], x[1], x[2], x[3]);
    for (let r = 0; r < count; r++) result[start + r] = x[r].reduce((sum, y) => sum + y * y, 0);
  }
  return result;
}
