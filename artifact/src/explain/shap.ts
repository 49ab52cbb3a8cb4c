import type { Forest } from '../forest/forest.ts';
import { createPathWalk } from './path-walk.ts';
import { describePaths } from './paths.ts';
import { gaussLegendre } from './quadrature.ts';

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
 * the sums over its leaves up again once, as in Linear TreeSHAP (Yu et al. 2022). Of what asks one player only, all leaves are taken
 * at once: their part in the integrand is t · the leaf that the row comes to + (1 − t) · the mean.
 * @param playerOf the player that each feature belongs to; [features]
 */
export function createExplainer(forest: Forest, playerOf: ArrayLike<number>): Explainer {
  const paths = describePaths(forest, playerOf);
  const { starts, players, mean } = paths;
  const points = players.map((count) => Math.ceil(count / 2));
  const rules = Array.from({ length: 1 + points.reduce((a, b) => Math.max(a, b)) }, (_, count) =>
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
 * Mean absolute contribution of each player over some rows, on the scale of the sum of the leaves; [players].
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
