import { fitPenalised, poisson } from '../learners/additive/index.ts';

type Vector = ArrayLike<number>;

/**
 * Poisson regression with intercept and log link, by Newton's method (McCullagh & Nelder 1989), with a ridge penalty on all coefficients
 * except the intercept.
 * @param columns features, [columns][rows], on comparable scales when `ridge` is above 0
 * @param target counts, [rows]
 * @param ridge the λ in ½ λ Σ β², added to the negative log likelihood
 * @param weights a row of weight 2 counts as two rows; [rows]. All 1 if left out.
 * @returns intercept, then a coefficient per column
 */
export function fitPoisson(
  columns: readonly Vector[],
  target: Vector,
  ridge: number,
  weights?: Float64Array,
): Float64Array {
  const rows = target.length;
  const values = new Float64Array(columns.length * rows);
  for (const [j, column] of columns.entries()) values.set(Array.from(column), j * rows);
  const { intercept, coefficients } = fitPenalised(
    { rows, functions: columns.length, values },
    Int32Array.from(columns.keys()),
    new Float64Array(columns.length).fill(ridge + 1e-9),
    Float64Array.from(target),
    poisson,
    weights,
  );
  return Float64Array.of(intercept, ...coefficients);
}
