import type { Forest } from '../forest.ts';
import { describePaths, type Paths } from './paths.ts';
import { gaussLegendre, type Quadrature } from './quadrature.ts';

/** Explains the sums of one forest's leaves. */
export interface Explainer {
  /** The sum of the leaves that is expected when nothing of a row is known. */
  expected: number;
  /**
   * Writes what each player contributes to the sum of the leaves of a row.
   * @param x features, NaN where missing; [features]
   * @param out with `expected` it adds up to `sumLeaves(forest, x)`; [players]
   */
  contributions(x: Float64Array, out: Float64Array): void;
}

/**
 * Exact SHAP values of trees, path-dependent (Lundberg et al. 2020, Nature Machine Intelligence 2): what is not known is averaged
 * over the covers. Players are columns: all features of a column become known together.
 *
 * Let a player's `one` be 1 where the row stays on the path to a leaf at all of the player's edges, else 0, and its `share` the
 * part of the training rows that does. Player i then gains from the leaf
 * value · ∫ (oneᵢ − shareᵢ) · Π_{j ≠ i} (t · oneⱼ + (1 − t) · shareⱼ) dt over [0, 1] (Owen 1972, multilinear extensions of games).
 * The integrand is a polynomial, which a few points integrate exactly. At each of them the products are carried down a tree and
 * the sums over its leaves up again once, as in Linear TreeSHAP (Yu et al. 2022).
 * @param playerOf the player that each feature belongs to; [features]
 */
export function createExplainer(forest: Forest, playerOf: ArrayLike<number>): Explainer {
  const paths = describePaths(forest, playerOf);
  const { ends, players, expected } = paths;
  const points = players.map((count) => Math.ceil(count / 2));
  const rules = Array.from({ length: 1 + points.reduce((a, b) => Math.max(a, b)) }, (_, count) =>
    gaussLegendre(count),
  );
  const size = forest.roots.reduce(
    (most, root, tree) => Math.max(most, (ends[tree] - root) * points[tree]),
    0,
  );
  const walk = createWalk(forest, paths, size);
  return {
    expected,
    contributions(x, out) {
      out.fill(0);
      for (let tree = 0; tree < points.length; tree++) {
        if (points[tree] === 0) continue;
        walk.down(forest.roots[tree], ends[tree], rules[points[tree]], x);
        walk.up(forest.roots[tree], ends[tree], rules[points[tree]], out);
      }
    },
  };
}

function createWalk(
  { feature, threshold, left, right, value, missingLeft }: Forest,
  paths: Paths,
  size: number,
) {
  const { player, asked, share, parent } = paths;
  const one = new Uint8Array(feature.length);
  /**
   * By node of the tree and point t, with `factor` = t · one + (1 − t) · share of the edge's player: that, (one − share) / factor,
   * the product over all players, and the sum over the leaves below.
   */
  const factor = new Float64Array(size);
  const gain = new Float64Array(size);
  const product = new Float64Array(size);
  const sum = new Float64Array(size);

  return { down, up };

  function down(root: number, end: number, { points }: Quadrature, x: Float64Array): void {
    const count = points.length;
    product.fill(1, 0, count);
    for (let node = root; node < end; node++) {
      const at = (node - root) * count;
      if (feature[node] < 0) {
        for (let k = 0; k < count; k++) sum[at + k] = value[node] * product[at + k];
        continue;
      }
      for (let k = 0; k < count; k++) sum[at + k] = 0;
      const given = x[feature[node]];
      const isLeft = Number.isNaN(given) ? missingLeft[node] === 1 : given < threshold[node];
      const stays = asked[node] < 0 || one[asked[node]] === 1;
      enter(left[node], node, stays && isLeft, root, points);
      enter(right[node], node, stays && !isLeft, root, points);
    }
  }

  function enter(node: number, from: number, stays: boolean, root: number, points: Float64Array): void {
    const count = points.length;
    const at = (node - root) * count;
    const above = (from - root) * count;
    const edge = asked[from];
    one[node] = stays ? 1 : 0;
    if (edge >= 0 && one[edge] === 0) {
      const stay = share[edge] === 0 ? 0 : share[node] / share[edge];
      for (let k = 0; k < count; k++) product[at + k] = product[above + k] * stay;
      return;
    }
    const before = (edge - root) * count;
    for (let k = 0; k < count; k++) {
      const whole = (stays ? points[k] : 0) + (1 - points[k]) * share[node];
      factor[at + k] = whole;
      gain[at + k] = stays ? (1 - share[node]) / whole : -1 / (1 - points[k]);
      product[at + k] = (product[above + k] * whole) / (edge < 0 ? 1 : factor[before + k]);
    }
  }

  function up(root: number, end: number, { weights }: Quadrature, out: Float64Array): void {
    const count = weights.length;
    for (let node = end - 1; node > root; node--) {
      const at = (node - root) * count;
      const above = (parent[node] - root) * count;
      const edge = asked[parent[node]];
      const before = (edge - root) * count;
      for (let k = 0; k < count; k++) sum[above + k] += sum[at + k];
      // A player who has left the path before gains the same here as there.
      if (edge >= 0 && one[edge] === 0) continue;
      let total = 0;
      for (let k = 0; k < count; k++) {
        total += weights[k] * sum[at + k] * (edge < 0 ? gain[at + k] : gain[at + k] - gain[before + k]);
      }
      out[player[parent[node]]] += total;
    }
  }
}
