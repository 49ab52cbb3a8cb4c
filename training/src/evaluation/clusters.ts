/**
 * Standard error of a sum over rows whose terms have mean 0: the cluster-robust sandwich (Liang & Zeger 1986, Biometrika 73, 13-22; with
 * weights the linearisation of Binder 1983, Int. Stat. Review 51, 279-292), with the correction G / (G - 1) for G clusters.
 * @param clusters of each row; without, each row is one
 */
export function sumError(terms: Float64Array, clusters?: Int32Array): number {
  const sums = clusters ? clusterSums(terms, clusters) : terms;
  const squares = sums.reduce((sum, each) => sum + each * each, 0);
  return Math.sqrt((squares * sums.length) / Math.max(1, sums.length - 1));
}

function clusterSums(terms: Float64Array, clusters: Int32Array): Float64Array {
  const sums = new Map<number, number>();
  for (const [i, term] of terms.entries()) sums.set(clusters[i], (sums.get(clusters[i]) ?? 0) + term);
  return Float64Array.from(sums.values());
}
