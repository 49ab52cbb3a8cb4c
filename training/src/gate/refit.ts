import type { Manifest } from '@hearth/artifact';
import { usedColumns } from '@hearth/artifact';
import { additive } from '../contenders/additive.ts';
import { boosted } from '../contenders/boosted.ts';
import type { Candidate } from '../contenders/contender.ts';
import { forest } from '../contenders/forest.ts';
import { mlForest } from '../contenders/ml-forest.ts';
import type { Table } from '../data/table.ts';
import { createDesign, type Design } from '../design.ts';
import type { MlForestOptions } from '../engines/ml-random-forest.ts';
import { inputError } from '../errors.ts';
import { predictOutOfFold } from '../evaluation/out-of-fold.ts';
import { type Comparison, compareSquares, lossScale } from './compare.ts';

const protocol = { folds: 5, repeats: 1, seed: 4242 };

/** Compares the recipes of two versions (learner, options, columns) learned anew on the rows of one table, in the same folds. */
export function compareRecipes(
  challenger: Manifest,
  champion: Manifest,
  table: Table,
  onFold: () => void,
): Comparison {
  const scale = lossScale(challenger);
  const squares = (manifest: Manifest) => {
    const design = createDesign(table, [...usedColumns(manifest.features)]);
    const { whole } = predictOutOfFold(recipeOf(manifest, design), design, protocol, { onFold });
    return Array.from(whole[0], (prediction, row) => (prediction - table.target[row]) ** 2 / scale);
  };
  return compareSquares(squares(challenger), squares(champion));
}

export const refitSteps = 2 * protocol.folds;

function recipeOf({ engine }: Manifest, design: Design): Candidate {
  const learners = { additive, boosted, forest };
  if (engine.name === 'ml-random-forest')
    return mlForest(design, engine.options as unknown as MlForestOptions);
  const create = learners[engine.name as keyof typeof learners];
  if (!create)
    throw inputError(
      'UNKNOWN_ENGINE',
      engine.name,
      [...Object.keys(learners), 'ml-random-forest'].join(', '),
    );
  return create(design);
}
