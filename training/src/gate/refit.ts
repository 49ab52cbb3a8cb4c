import { type Evaluated, type Manifest, usedColumns } from '@hearth/artifact';
import type { Table } from '../data/table.ts';
import { createDesign } from '../design.ts';
import { predictOutOfFold } from '../evaluation/out-of-fold.ts';
import { squaredError } from '../evaluation/row-loss.ts';
import { createModelLearner, recipeOf } from '../learners/index.ts';
import { scoringOf } from '../sampling/prior.ts';
import { type Comparison, compareSquares, lossScale } from './compare.ts';

const protocol = { folds: 5, repeats: 1, seed: 4242 };

/** Retrains the recipes of two versions (learner, options, columns) on one table, in the same folds, and compares them. */
export function compareRecipes(
  challenger: Evaluated,
  champion: Evaluated,
  table: Table,
  onFold: () => void,
): Comparison {
  const scale = lossScale(challenger);
  const { weights, groups } = scoringOf(table);
  const squares = (manifest: Manifest) => {
    const design = createDesign(table, [...usedColumns(manifest.features)]);
    const { whole } = predictOutOfFold(createModelLearner(recipeOf(manifest), design), design, protocol, {
      onFold,
    });
    return Array.from(table.target, (y, row) => squaredError(y, whole[0], row, design.outputs) / scale);
  };
  const [ours, others] = [squares(challenger), squares(champion)];
  // in the order of time, the first rows are not predicted
  const rows = Array.from(ours.keys()).filter((row) => !Number.isNaN(ours[row]));
  return compareSquares(
    rows.map((row) => ours[row]),
    rows.map((row) => others[row]),
    {
      ...(weights && { weights: Float64Array.from(rows, (row) => weights[row]) }),
      ...(groups && { clusters: Int32Array.from(rows, (row) => groups[row]) }),
    },
  );
}

/** How often `compareRecipes` calls `onFold`. */
export const refitSteps = 2 * protocol.folds;
