import { solveSymmetric } from './solve-symmetric.ts';

type Vector = ArrayLike<number>;

/**
 * Linear regression with intercept by the normal equations, with a ridge penalty on all coefficients except the intercept (Hoerl &
 * Kennard 1970).
 * @param columns features, [columns][rows], on comparable scales when `ridge` is above 0
 * @param ridge the λ in ½ Σ (y - ŷ)² + ½ λ Σ β²
 * @param weights a row of weight 2 counts as two rows; [rows]. All 1 if left out.
 * @returns intercept, then a coefficient per column
 */
export function fitLinear(
  columns: readonly Vector[],
  target: Vector,
  ridge: number,
  weights?: Vector,
): Float64Array {
  const size = columns.length + 1;
  const gram = Array.from({ length: size }, (_, i) => {
    const row = new Float64Array(size);
    row[i] = i === 0 ? 0 : ridge + 1e-9;
    return row;
  });
  const moments = new Float64Array(size);
  const x = new Float64Array(size);
  for (let row = 0; row < target.length; row++) {
    x[0] = 1;
    for (let i = 1; i < size; i++) x[i] = columns[i - 1][row];
    const count = weights ? weights[row] : 1;
    for (let i = 0; i < size; i++) {
      const each = count * x[i];
      moments[i] += each * target[row];
      for (let j = 0; j <= i; j++) gram[i][j] += each * x[j];
    }
  }
  return solveSymmetric(gram, moments);
}
