import type { Forest } from '../forest/forest.ts';

/**
 * What the explanation of every row needs of a forest. A place is a node of it; the last place of a path, an end, stands for all
 * that is below its node, because no more than one player is asked there. An edge is named by the place it leads to.
 */
export interface Paths {
  /** Node of the forest; [places], those of a tree one after the other, children behind their parent. */
  node: Int32Array;
  /** -1 at a root; [places]. */
  parent: Int32Array;
  /** -1 at an end; [places]. */
  left: Int32Array;
  right: Int32Array;
  /** The player whose value is asked for, -1 in a leaf; [places]. */
  player: Int32Array;
  /** The last edge above a place at which the player that it asks was asked before, -1 where there is none; [places]. */
  asked: Int32Array;
  /** The share of rows that stay on the path at all edges of the edge's player so far, when its value is not known; [places]. */
  share: Float64Array;
  /** Mean of the leaves below, when no value is known; [places]. */
  mean: Float64Array;
  /** First place of each tree, and after the last tree where its places end; [trees + 1]. */
  starts: Int32Array;
  /** Most players on one path of each tree; [trees]. */
  players: Int32Array;
}

/** More than one player is asked. */
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
  const asked = new Int32Array(places).fill(-1);
  const share = new Float64Array(places).fill(1);
  const distinct = new Int32Array(places);
  const players = new Int32Array(roots.length);
  for (let tree = 0; tree < roots.length; tree++) {
    for (let place = starts[tree]; place < starts[tree + 1]; place++) {
      let edge = place;
      while (parent[edge] >= 0 && player[parent[edge]] !== player[place]) edge = parent[edge];
      asked[place] = parent[edge] < 0 ? -1 : edge;
      const count = distinct[place] + (player[place] >= 0 && asked[place] < 0 ? 1 : 0);
      players[tree] = Math.max(players[tree], count);
      if (left[place] < 0) continue;
      for (const child of [left[place], right[place]]) {
        const stay = shareOf(forest, node[place], node[child]);
        parent[child] = place;
        share[child] = stay * (asked[place] < 0 ? 1 : share[asked[place]]);
        distinct[child] = count;
      }
    }
  }
  return { node, parent, left, right, player, asked, share, mean, starts, players };
}

/**
 * What is below each node: the only player that is asked there, -1 where none is, and the mean of the leaves by the covers; [nodes].
 * Thousands of nodes, which somebody waits for: in plain loops.
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

/** Where no training row came, all go where a missing value goes. */
function shareOf({ cover, left, missingLeft }: Forest, node: number, child: number): number {
  if (cover[node] > 0) return cover[child] / cover[node];
  return (child === left[node]) === (missingLeft[node] === 1) ? 1 : 0;
}
