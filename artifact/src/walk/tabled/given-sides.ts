import type { Forest } from '../../forest/forest.ts';
import type { Coding } from './coding.ts';

/** The child that a split sends every value to which its column allows, -1 where the value matters. */
export function sideOfGiven(
  { feature, threshold, left, right }: Forest,
  { low, high }: Coding,
  node: number,
): number {
  const on = feature[node];
  if (high[on] < threshold[node]) return left[node];
  return low[on] >= threshold[node] ? right[node] : -1;
}

/** The child that a split sends a row to that is not given its column. */
export const sideOfMissing = ({ left, right, missingLeft }: Forest, node: number): number =>
  missingLeft[node] ? left[node] : right[node];
