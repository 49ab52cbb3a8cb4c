import type { Forest } from '../forest.ts';

/** What the explanation of every row needs of a forest; an edge is named by the node it leads to. */
export interface Paths {
  /** -1 at a root; [nodes]. */
  parent: Int32Array;
  /** The player whose value a node asks for, -1 in a leaf; [nodes]. */
  player: Int32Array;
  /** The last edge above a node at which the player that the node asks was asked before, -1 where there is none; [nodes]. */
  asked: Int32Array;
  /** The share of rows that stay on the path at all edges of the edge's player so far, when its value is not known; [nodes]. */
  share: Float64Array;
  /** Node after the last one of each tree; [trees]. */
  ends: Int32Array;
  /** Most players on one path of each tree; [trees]. */
  players: Int32Array;
  /** Mean answer when no player's value is known. */
  expected: number;
}

/** @param playerOf the player that each feature belongs to; [features] */
export function describePaths(forest: Forest, playerOf: ArrayLike<number>): Paths {
  const { roots, feature, left, right, value } = forest;
  const nodes = feature.length;
  const ends = Int32Array.from(roots, (_, tree) => roots[tree + 1] ?? nodes);
  const player = Int32Array.from(feature, (on) => (on < 0 ? -1 : playerOf[on]));
  const parent = new Int32Array(nodes).fill(-1);
  const asked = new Int32Array(nodes).fill(-1);
  const share = new Float64Array(nodes).fill(1);
  const reach = new Float64Array(nodes).fill(1);
  const distinct = new Int32Array(nodes);
  let expected = 0;
  for (let node = 0; node < nodes; node++) {
    if (feature[node] < 0) {
      expected += reach[node] * value[node];
      continue;
    }
    let edge = node;
    while (parent[edge] >= 0 && player[parent[edge]] !== player[node]) edge = parent[edge];
    asked[node] = parent[edge] < 0 ? -1 : edge;
    for (const child of [left[node], right[node]]) {
      const stay = shareOf(forest, node, child);
      parent[child] = node;
      reach[child] = reach[node] * stay;
      share[child] = stay * (asked[node] < 0 ? 1 : share[asked[node]]);
      distinct[child] = distinct[node] + (asked[node] < 0 ? 1 : 0);
    }
  }
  const players = roots.map((root, tree) =>
    distinct.subarray(root, ends[tree]).reduce((a, b) => Math.max(a, b)),
  );
  return { parent, player, asked, share, ends, players, expected };
}

/** Where no training row came, all go where a missing value goes. */
function shareOf({ cover, left, missingLeft }: Forest, node: number, child: number): number {
  if (cover[node] > 0) return cover[child] / cover[node];
  return (child === left[node]) === (missingLeft[node] === 1) ? 1 : 0;
}
