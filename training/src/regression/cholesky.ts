/** Cholesky decomposition A = L Lᵀ in place; only the lower triangle is read and written. */
export function factorise(a: Float64Array[]): void {
  for (let j = 0; j < a.length; j++) {
    const rowJ = a[j];
    for (let i = j; i < a.length; i++) {
      const rowI = a[i];
      let sum = rowI[j];
      for (let k = 0; k < j; k++) sum -= rowI[k] * rowJ[k];
      rowI[j] = i === j ? Math.sqrt(sum) : sum / rowJ[j];
    }
  }
}

/** Solves L y = b. */
function solveLower(factor: readonly Float64Array[], b: Float64Array): Float64Array {
  const y = Float64Array.from(b);
  for (let i = 0; i < y.length; i++) {
    const row = factor[i];
    let sum = y[i];
    for (let k = 0; k < i; k++) sum -= row[k] * y[k];
    y[i] = sum / row[i];
  }
  return y;
}

/**
 * Solves L y = b in place for four right-hand sides. Interleaving them is faster: the additions of one do not wait for those of another.
 * The squared length of y is b' A⁻¹ b.
 */
export function solveLowerFour(
  factor: readonly Float64Array[],
  p: Float64Array,
  q: Float64Array,
  r: Float64Array,
  s: Float64Array,
): void {
  for (let i = 0; i < p.length; i++) {
    const row = factor[i];
    let [a, b, c, d] = [p[i], q[i], r[i], s[i]];
    for (let k = 0; k < i; k++) {
      const each = row[k];
      a -= each * p[k];
      b -= each * q[k];
      c -= each * r[k];
      d -= each * s[k];
    }
    p[i] = a / row[i];
    q[i] = b / row[i];
    r[i] = c / row[i];
    s[i] = d / row[i];
  }
}

/** Solves A x = b, given the factor L of A. */
export function solveFactored(factor: readonly Float64Array[], b: Float64Array): Float64Array {
  const x = solveLower(factor, b);
  for (let i = x.length - 1; i >= 0; i--) {
    let sum = x[i];
    for (let k = i + 1; k < x.length; k++) sum -= factor[k][i] * x[k];
    x[i] = sum / factor[i][i];
  }
  return x;
}
