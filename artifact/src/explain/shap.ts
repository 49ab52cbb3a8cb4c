import type { Forest } from '../forest/forest.ts';
import { createPathWalk } from './path-walk.ts';
import { describePaths } from './paths.ts';
import { gaussLegendre } from './quadrature.ts';

/** Explains the sum of the leaves of one forest. */
export interface Explainer {
  /** The expected sum of the leaves when no column is known. */
  expected: number;
  /**
   * Writes the contribution of each player to the sum of the leaves of a row.
   * @param x features, NaN if missing; [features]
   * @param out written; `expected` + Σ out is `sumLeaves(forest, x)`; [players]
   */
  contributions(x: Float64Array, out: Float64Array): void;
}

/**
 * Exact path-dependent SHAP values of trees (Lundberg et al. 2020, Nature Machine Intelligence 2): unknown columns are averaged out
 * by cover. Players are columns: all features of a column become known together.
 *
 * For a path to a leaf, let `one` of a player be 1 if the row stays on the path at all of the player's edges, else 0, and `share` the
 * share of the training rows that stay. The leaf then contributes to player i
 * value · ∫ (oneᵢ − shareᵢ) · Π_{j ≠ i} (t · oneⱼ + (1 − t) · shareⱼ) dt over [0, 1] (Owen 1972, multilinear extensions of games).
 * The integrand is a polynomial, so a quadrature with few points is exact. At each point, one downward pass computes the products and
 * one upward pass the sums over the leaves, as in Linear TreeSHAP (Yu et al. 2022). A subtree with only one player is handled as a
 * whole: its value in the integrand is t · leaf of the row + (1 − t) · mean of the leaves.
 * @param playerOf the player that each feature belongs to; [features]
 */
export function createExplainer(forest: Forest, playerOf: ArrayLike<number>): Explainer {
  const paths = describePaths(forest, playerOf);
  const { starts, players, mean } = paths;
  const points = players.map((count) => Math.ceil(count / 2));
  const rules = Array.from({ length: 1 + points.reduce((a, b) => Math.max(a, b), 0) }, (_, count) =>
    gaussLegendre(count),
  );
  const size = points.reduce(
    (most, count, tree) => Math.max(most, (starts[tree + 1] - starts[tree]) * count),
    0,
  );
  const walk = createPathWalk(forest, paths, size);
  return {
    expected: points.reduce((sum, _, tree) => sum + mean[starts[tree]], 0),
    contributions(x, out) {
      out.fill(0);
      for (let tree = 0; tree < points.length; tree++) {
        if (points[tree] === 0) continue;
        walk.down(starts[tree], starts[tree + 1], rules[points[tree]], x, out);
        walk.up(starts[tree], starts[tree + 1], rules[points[tree]], out);
      }
    },
  };
}

/**
 * Mean absolute contribution of each player over the rows, on the scale of the sum of the leaves; [players].
 * @param rows features of each row; [rows][features]
 */
export function globalImportance(
  explainer: Explainer,
  rows: Iterable<Float64Array>,
  players: number,
): Float64Array {
  const sum = new Float64Array(players);
  const contributions = new Float64Array(players);
  let count = 0;
  for (const x of rows) {
    explainer.contributions(x, contributions);
    for (let player = 0; player < players; player++) sum[player] += Math.abs(contributions[player]);
    count++;
  }
  return sum.map((total) => total / Math.max(1, count));
}
