/**
 * Solves A x = b by Cholesky decomposition; only the lower triangle of A is read, and it is overwritten. It rounds the diagonal in another
 * way than `factorise`: the scores in manifests, and so the hashes of versions, depend on the last bits.
 */
export function solveSymmetric(a: Float64Array[], b: Float64Array): Float64Array {
  const n = b.length;
  const x = Float64Array.from(b);
  for (let j = 0; j < n; j++) {
    for (let k = 0; k < j; k++) for (let i = j; i < n; i++) a[i][j] -= a[i][k] * a[j][k];
    const pivot = Math.sqrt(a[j][j]);
    for (let i = j; i < n; i++) a[i][j] /= pivot;
  }
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < i; k++) x[i] -= a[i][k] * x[k];
    x[i] /= a[i][i];
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) x[i] -= a[k][i] * x[k];
    x[i] /= a[i][i];
  }
  return x;
}
