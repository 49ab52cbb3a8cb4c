import type { Forest } from '../forest/forest.ts';

/** The distinct thresholds of each feature, ascending. */
export interface Thresholds {
  values: Float64Array;
  /** Where the thresholds of each feature start in `values`; the last entry is the end; [features + 1]. */
  starts: Int32Array;
}

export function thresholdsOf({ feature, threshold }: Forest, features: number): Thresholds {
  const distinct = Array.from({ length: features }, () => new Set<number>());
  for (let node = 0; node < feature.length; node++) {
    if (feature[node] >= 0) distinct[feature[node]].add(threshold[node]);
  }
  const starts = new Int32Array(features + 1);
  for (let i = 0; i < features; i++) starts[i + 1] = starts[i] + distinct[i].size;
  const values = new Float64Array(starts[features]);
  for (let i = 0; i < features; i++) values.set(Float64Array.from(distinct[i]).sort(), starts[i]);
  return { values, starts };
}

/**
 * Number of the feature's thresholds that are at most `value`: `value < thresholds[k]` exactly when this count is at most k.
 * 0 for NaN.
 */
export function countAtMost({ values, starts }: Thresholds, feature: number, value: number): number {
  const start = starts[feature];
  let low = start;
  let size = starts[feature + 1] - start;
  while (size > 0) {
    const half = (size + 1) >> 1;
    // branch-free: the outcome is unpredictable for the processor
    low += half & -Number(values[low + half - 1] <= value);
    size -= half;
  }
  return low - start;
}
