import type { Forest } from '../forest/forest.ts';
import type { Paths } from './paths.ts';
import type { Quadrature } from './quadrature.ts';

/**
 * The two passes over the places of one tree: `down` carries the products over the players along each path, `up` carries the sums
 * over the leaves back. Each adds to the contributions of the players in `out`.
 * @param size the largest number of places of a tree × quadrature points
 */
export function createPathWalk(forest: Forest, paths: Paths, size: number) {
  const { feature, threshold, missingLeft } = forest;
  const { node, parent, left, right, player, earlier, share, mean } = paths;
  /** 1 if the row stays on the path at all edges of the edge's player so far, else 0; [places]. */
  const one = new Uint8Array(node.length);
  /**
   * For each place of the tree and point t: `factor` = t · one + (1 − t) · share of the edge's player; `gain` = (one − share) / factor;
   * `product` of the factors of all players; `sum` over the leaves below.
   */
  const factor = new Float64Array(size);
  const gain = new Float64Array(size);
  const product = new Float64Array(size);
  const sum = new Float64Array(size);

  return { down, up };

  function down(root: number, end: number, rule: Quadrature, x: Float64Array, out: Float64Array): void {
    const count = rule.points.length;
    product.fill(1, 0, count);
    for (let place = root; place < end; place++) {
      const stays = earlier[place] < 0 || one[earlier[place]] === 1;
      if (left[place] < 0) {
        if (stays && player[place] >= 0) arrive(place, root, rule, x, out);
        else leave(place, root, count);
        continue;
      }
      const at = (place - root) * count;
      for (let k = 0; k < count; k++) sum[at + k] = 0;
      const isLeft = goesLeft(node[place], x);
      enter(left[place], place, stays && isLeft, root, rule.points);
      enter(right[place], place, stays && !isLeft, root, rule.points);
    }
  }

  function goesLeft(from: number, x: Float64Array): boolean {
    const given = x[feature[from]];
    return Number.isNaN(given) ? missingLeft[from] === 1 : given < threshold[from];
  }

  function enter(place: number, from: number, stays: boolean, root: number, points: Float64Array): void {
    const count = points.length;
    const at = (place - root) * count;
    const above = (from - root) * count;
    const edge = earlier[from];
    one[place] = stays ? 1 : 0;
    if (edge >= 0 && one[edge] === 0) {
      const stay = share[edge] === 0 ? 0 : share[place] / share[edge];
      for (let k = 0; k < count; k++) product[at + k] = product[above + k] * stay;
      return;
    }
    const before = (edge - root) * count;
    for (let k = 0; k < count; k++) {
      const whole = (stays ? points[k] : 0) + (1 - points[k]) * share[place];
      factor[at + k] = whole;
      gain[at + k] = stays ? (1 - share[place]) / whole : -1 / (1 - points[k]);
      product[at + k] = (product[above + k] * whole) / (edge < 0 ? 1 : factor[before + k]);
    }
  }

  /** At an end that is a leaf, or whose player has already left the path. */
  function leave(place: number, root: number, count: number): void {
    const at = (place - root) * count;
    for (let k = 0; k < count; k++) sum[at + k] = mean[place] * product[at + k];
  }

  /** At an end whose player is on the path: the value is the row's leaf if the player is known, else the mean of the leaves. */
  function arrive(place: number, root: number, rule: Quadrature, x: Float64Array, out: Float64Array): void {
    const { points, weights } = rule;
    const count = points.length;
    const at = (place - root) * count;
    const edge = earlier[place];
    const before = (edge - root) * count;
    const known = leafOf(node[place], x);
    const unknown = (edge < 0 ? 1 : share[edge]) * mean[place];
    let total = 0;
    for (let k = 0; k < count; k++) {
      const others = product[at + k] / (edge < 0 ? 1 : factor[before + k]);
      sum[at + k] = others * (points[k] * known + (1 - points[k]) * unknown);
      total += weights[k] * (others * (known - unknown) - (edge < 0 ? 0 : gain[before + k] * sum[at + k]));
    }
    out[player[place]] += total;
  }

  function leafOf(from: number, x: Float64Array): number {
    let at = from;
    while (feature[at] >= 0) at = goesLeft(at, x) ? forest.left[at] : forest.right[at];
    return forest.value[at];
  }

  function up(root: number, end: number, { weights }: Quadrature, out: Float64Array): void {
    const count = weights.length;
    for (let place = end - 1; place > root; place--) {
      const at = (place - root) * count;
      const above = (parent[place] - root) * count;
      const edge = earlier[parent[place]];
      const before = (edge - root) * count;
      for (let k = 0; k < count; k++) sum[above + k] += sum[at + k];
      // a player that has already left the path gains nothing new here
      if (edge >= 0 && one[edge] === 0) continue;
      let total = 0;
      for (let k = 0; k < count; k++) {
        total += weights[k] * sum[at + k] * (edge < 0 ? gain[at + k] : gain[at + k] - gain[before + k]);
      }
      out[player[parent[place]]] += total;
    }
  }
}
