import { type Evaluated, type Manifest, usedColumns } from '@hearth/artifact';
import type { Table } from '../data/table.ts';
import { createDesign } from '../design.ts';
import { predictOutOfFold } from '../evaluation/out-of-fold.ts';
import { rowLossOf } from '../evaluation/row-loss.ts';
import { createModelLearner, recipeOf } from '../learners/index.ts';
import { placesOf, subgroupsOf } from '../pipeline/subgroups.ts';
import { scoringOf } from '../sampling/prior.ts';
import { type Comparison, comparePairs, lossScale, observedIn, type Pair, type Paired } from './compare.ts';

const protocol = { folds: 5, repeats: 1, seed: 4242 };

/** Retrains the recipes of two versions (learner, options, columns) on one table, in the same folds, and compares them. */
export function compareRecipes(
  challenger: Evaluated,
  champion: Evaluated,
  table: Table,
  onFold: () => void,
): Comparison & { paired: Paired } {
  const predict = (manifest: Manifest) => {
    const design = createDesign(table, [...usedColumns(manifest.features)]);
    const { whole } = predictOutOfFold(createModelLearner(recipeOf(manifest), design), design, protocol, {
      onFold,
    });
    const loss = rowLossOf(design);
    return Array.from(table.target, (y, row) => ({
      prediction: whole[0][row * design.outputs],
      square: loss(y, whole[0], row),
    }));
  };
  const [ours, theirs] = [predict(challenger), predict(champion)];
  const { weights, groups } = scoringOf(table);
  // in the order of time, the first rows are not predicted
  const rows = Int32Array.from(ours.keys()).filter((row) => !Number.isNaN(ours[row].square));
  const subgroups = subgroupsOf(createDesign(table), rows);
  const places = placesOf(subgroups, ours.length);
  const pairs = Array.from(
    rows,
    (row): Pair => ({
      target: table.target[row],
      challenger: ours[row],
      other: theirs[row],
      subgroups: places[row],
      ...(weights && { weight: weights[row] }),
      ...(groups && { group: groups[row] }),
    }),
  );
  return {
    ...comparePairs(pairs, lossScale(challenger.target, observedIn(challenger))),
    paired: { pairs, subgroups: subgroups.map(({ label }) => label) },
  };
}

/** How often `compareRecipes` calls `onFold`. */
export const refitSteps = 2 * protocol.folds;
