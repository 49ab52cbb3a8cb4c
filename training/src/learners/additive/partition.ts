import type { Mask } from './masks.ts';

/** A tree over states of knowledge: an inner node splits on whether a column is known. */
export type Partition =
  | { column: number; known: Partition; unknown: Partition }
  | { column?: undefined; curve: Float64Array; masks: number };

/** A curve for each state of knowledge; all have the same length. */
export interface Curves {
  masks: readonly Mask[];
  curves: readonly Float64Array[];
  /** Weight of each point of a curve in the squared distance. */
  weight: Float64Array;
}

export interface PartitionOptions {
  leaves: number;
  /** Minimum number of states of knowledge in a leaf. */
  minMasks: number;
}

interface Open {
  members: number[];
  split?: { column: number; gain: number };
  result: Partition;
}

/** Grows a regression tree whose leaves are curves (squared distance), best split first (Friedman 2001). */
export function growPartition(curves: Curves, { leaves, minMasks }: PartitionOptions): Partition {
  const open = (members: number[]): Open => ({
    members,
    split: bestSplit(curves, members, minMasks),
    result: { curve: meanCurve(curves, members), masks: members.length },
  });
  const root = open(Array.from(curves.masks.keys()));
  const frontier = [root];
  for (let count = 1; count < leaves; count++) {
    const next = frontier.reduce((a, b) => ((b.split?.gain ?? 0) > (a.split?.gain ?? 0) ? b : a));
    if (!next.split) break;
    const { column } = next.split;
    const known = open(next.members.filter((m) => curves.masks[m][column] === 1));
    const unknown = open(next.members.filter((m) => curves.masks[m][column] === 0));
    // Change the leaf into a node in place, because its parent refers to this object.
    Object.assign(next.result, { column, known: known.result, unknown: unknown.result, curve: undefined });
    frontier.splice(frontier.indexOf(next), 1, known, unknown);
  }
  return root.result;
}

/** The leaf that a state of knowledge falls into. */
export function leafOf(partition: Partition, mask: Mask): Float64Array {
  let node = partition;
  while (node.column !== undefined) node = mask[node.column] === 1 ? node.known : node.unknown;
  return node.curve;
}

/** The split with the largest reduction of squared distance: known · unknown / members · Σ weight · (difference of the mean curves)². */
function bestSplit(curves: Curves, members: number[], minMasks: number): Open['split'] {
  const { masks, curves: rows, weight } = curves;
  const columns = masks[0].length;
  const places = weight.length;
  const total = new Float64Array(places);
  for (const m of members) for (let b = 0; b < places; b++) total[b] += rows[m][b];
  let best: Open['split'];
  const sum = new Float64Array(places);
  for (let column = 0; column < columns; column++) {
    sum.fill(0);
    let known = 0;
    for (const m of members) {
      if (masks[m][column] === 0) continue;
      known++;
      for (let b = 0; b < places; b++) sum[b] += rows[m][b];
    }
    const unknown = members.length - known;
    if (known < minMasks || unknown < minMasks) continue;
    let gain = 0;
    for (let b = 0; b < places; b++) {
      gain +=
        (weight[b] * known * unknown * (sum[b] / known - (total[b] - sum[b]) / unknown) ** 2) /
        members.length;
    }
    if (gain > (best?.gain ?? 1e-9)) best = { column, gain };
  }
  return best;
}

function meanCurve({ curves, weight }: Curves, members: readonly number[]): Float64Array {
  const mean = new Float64Array(weight.length);
  for (const m of members) for (let b = 0; b < mean.length; b++) mean[b] += curves[m][b] / members.length;
  return mean;
}
