import type { Forest } from '../forest/forest.ts';

/**
 * The structure of a forest that all explanations share. A *place* is a node at which paths are followed. An *end* is the last place
 * of a path: a leaf, or a node below which all splits belong to one player, so that its subtree is handled as a whole. An edge has the
 * index of the place to which it leads.
 */
export interface Paths {
  /** Node of the forest: tree after tree, each child after its parent; [places]. */
  node: Int32Array;
  /** -1 at a root; [places]. */
  parent: Int32Array;
  /** -1 at an end; [places]. */
  left: Int32Array;
  right: Int32Array;
  /** The player of the split, -1 in a leaf; [places]. */
  player: Int32Array;
  /** The nearest edge above the place that belongs to the same player, -1 if there is none; [places]. */
  earlier: Int32Array;
  /** The share of training rows that stay on the path at all edges of the edge's player so far; [places]. */
  share: Float64Array;
  /** Mean of the leaves below, weighted by cover; [places]. */
  mean: Float64Array;
  /** First place of each tree; the last entry is the end; [trees + 1]. */
  starts: Int32Array;
  /** The largest number of players on one path of each tree; [trees]. */
  players: Int32Array;
}

/** Means that the splits of a subtree belong to more than one player. */
const several = -2;

/** @param playerOf the player that each feature belongs to; [features] */
export function describePaths(forest: Forest, playerOf: ArrayLike<number>): Paths {
  const { roots, feature } = forest;
  const below = describeBelow(forest, playerOf);
  const { node, starts } = placesOf(forest, below.player);
  const places = node.length;
  const placeOf = new Int32Array(feature.length).fill(-1);
  for (let place = 0; place < places; place++) placeOf[node[place]] = place;
  const childOf = (side: Int32Array): Int32Array =>
    node.map((from) => (feature[from] < 0 ? -1 : placeOf[side[from]]));
  const left = childOf(forest.left);
  const right = childOf(forest.right);
  const player = node.map((from) => (feature[from] < 0 ? -1 : playerOf[feature[from]]));
  const mean = new Float64Array(places).map((_, place) => below.mean[node[place]]);
  const parent = new Int32Array(places).fill(-1);
  const earlier = new Int32Array(places).fill(-1);
  const share = new Float64Array(places).fill(1);
  const distinct = new Int32Array(places);
  const players = new Int32Array(roots.length);
  for (let tree = 0; tree < roots.length; tree++) {
    for (let place = starts[tree]; place < starts[tree + 1]; place++) {
      let edge = place;
      while (parent[edge] >= 0 && player[parent[edge]] !== player[place]) edge = parent[edge];
      earlier[place] = parent[edge] < 0 ? -1 : edge;
      const count = distinct[place] + (player[place] >= 0 && earlier[place] < 0 ? 1 : 0);
      players[tree] = Math.max(players[tree], count);
      if (left[place] < 0) continue;
      for (const child of [left[place], right[place]]) {
        const stay = shareOf(forest, node[place], node[child]);
        parent[child] = place;
        share[child] = stay * (earlier[place] < 0 ? 1 : share[earlier[place]]);
        distinct[child] = count;
      }
    }
  }
  return { node, parent, left, right, player, earlier, share, mean, starts, players };
}

/**
 * For each node: the only player of its subtree, -1 in a leaf, `several` if there are more; and the mean of the leaves, weighted by
 * cover; [nodes]. Plain loops, because a client waits for thousands of nodes.
 */
function describeBelow(
  forest: Forest,
  playerOf: ArrayLike<number>,
): { player: Int32Array; mean: Float64Array } {
  const { feature, left, right } = forest;
  const player = new Int32Array(feature.length).fill(-1);
  const mean = forest.value.slice();
  for (let node = feature.length - 1; node >= 0; node--) {
    if (feature[node] < 0) continue;
    const own = playerOf[feature[node]];
    const [one, other] = [left[node], right[node]];
    const isOnly =
      (player[one] === own || player[one] === -1) && (player[other] === own || player[other] === -1);
    player[node] = isOnly ? own : several;
    mean[node] = shareOf(forest, node, one) * mean[one] + shareOf(forest, node, other) * mean[other];
  }
  return { player, mean };
}

function placesOf(
  { roots, feature, left, right }: Forest,
  below: Int32Array,
): Pick<Paths, 'node' | 'starts'> {
  const isPlace = new Uint8Array(feature.length);
  for (let tree = 0; tree < roots.length; tree++) isPlace[roots[tree]] = 1;
  const node: number[] = [];
  const starts: number[] = [];
  for (let from = 0; from < feature.length; from++) {
    if (isPlace[from] === 0) continue;
    if (from === roots[starts.length]) starts.push(node.length);
    node.push(from);
    if (below[from] !== several) continue;
    isPlace[left[from]] = 1;
    isPlace[right[from]] = 1;
  }
  starts.push(node.length);
  return { node: Int32Array.from(node), starts: Int32Array.from(starts) };
}

/**
 * The share of the node's training rows that go to the child, by what both children have: so it is within 0 and 1 whatever the covers
 * are. If none reached them, all go where a missing value goes.
 */
function shareOf({ cover, left, right, missingLeft }: Forest, node: number, child: number): number {
  const both = cover[left[node]] + cover[right[node]];
  if (both > 0) return cover[child] / both;
  return (child === left[node]) === (missingLeft[node] === 1) ? 1 : 0;
}
