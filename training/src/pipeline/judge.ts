import { english } from '@hearth/artifact';
import type { Design } from '../design.ts';
import { type OutOfFold, type Protocol, predictOutOfFoldInPool } from '../evaluation/out-of-fold.ts';
import { rowLossOf } from '../evaluation/row-loss.ts';
import { isScorable } from '../evaluation/scores.ts';
import { createLearner, createModelLearner, type ModelRecipe, type Recipe } from '../learners/index.ts';
import { scoringOf } from '../sampling/prior.ts';
import { totalWeight } from '../sampling/sampling.ts';
import { unlessAbandoned } from './ending.ts';
import type { Compared, Judged, Judging, StageScored } from './judging.ts';
import { masksOf } from './masks.ts';
import { predictedRows } from './rows.ts';
import { knowledgeStages, knownIndices } from './stages.ts';

/** ml-random-forest is slow: as a reference it is evaluated on a few folds, with options that suit many tables. */
const reference = {
  options: { trees: 100, minNumSamples: 10, maxDepth: Infinity, maxFeatures: 0.6 },
  folds: 3,
};

/** Maximum number of rows for this reference, whose time grows with their square. It cannot weigh rows. */
const referenceRows = 1000;
/** Maximum number of features of all rows: with more it would take longer than everything else. */
const referenceCells = 20_000;

/** The regression to compare with, and the learners that are the same. */
export const isRegression = (name: string): boolean =>
  /^(softmax|logistic|linear|poisson)(-regression)?$/.test(name);

/** Predicts every row out of fold with every candidate, at every stage; if it is to end, with those that were done by then. */
export async function judge(
  recipes: readonly ModelRecipe[],
  { pool, design, protocol, progress, leftOut, ending }: Judging,
): Promise<Judged[]> {
  const stages = leftOut.has('stages') ? [] : knowledgeStages(design).map(({ known }) => known);
  const masks = masksOf(design);
  const candidates = recipes.map((recipe) => createModelLearner(recipe, design)); // refuses unusable columns first
  const judged: Judged[] = [];
  for (const [i, recipe] of recipes.entries()) {
    if (ending.isAsked && leftOut.has(recipe.learner)) continue;
    const candidate = candidates[i];
    const onFold = progress.start(
      `${english(candidate.label)}: ${describe(protocol)}`,
      protocol.folds * protocol.repeats,
    );
    const how = { stages, masks, onFold };
    const outOfFold = await unlessAbandoned(predictOutOfFoldInPool(pool, recipe, design, protocol, how));
    if (!outOfFold) {
      leftOut.add(recipe.learner);
      continue;
    }
    judged.push({ recipe, candidate, outOfFold });
    ending.canKeep = true;
  }
  return judged;
}

export const describe = ({ folds, repeats }: Protocol): string =>
  `${repeats} × ${folds}-fold cross-validation`;

/**
 * Mean squared error (for probabilities, the Brier score; for quantiles, the pinball loss) over all repeats.
 * @param repeats [repeats][rows × outputs]
 */
export function meanLoss(design: Design, repeats: readonly Float64Array[]): number {
  const { target, outputs } = design;
  const { weights } = scoringOf(design);
  const loss = rowLossOf(design);
  const rows = predictedRows(repeats[0], outputs);
  const squares = repeats.map((prediction) => {
    let sum = 0;
    for (const row of rows) {
      const error = loss(target[row], prediction, row);
      sum += weights ? weights[row] * error : error;
    }
    return sum;
  });
  return squares.reduce((a, b) => a + b) / (repeats.length * totalWeight(rows, weights));
}

/** What every model is compared with, predicted out of fold. @param names of the candidates */
export async function judgeReferences(
  names: readonly string[],
  { pool, design, protocol, progress, leftOut }: Judging,
): Promise<Compared[]> {
  const all = protocol.folds * protocol.repeats;
  const run = async (recipe: Recipe, most = all): Promise<Compared[]> => {
    const { name, label } = createLearner(recipe, design);
    const onFold = progress.start(english(label), most);
    const predicted = predictOutOfFoldInPool(pool, recipe, design, protocol, { most, onFold });
    const outOfFold = await unlessAbandoned(predicted);
    if (outOfFold) return [{ name, label, outOfFold }];
    leftOut.add(recipe.learner === 'ml-reference' ? 'ml-random-forest' : recipe.learner);
    return [];
  };
  const isCandidate = names.some(isRegression);
  const isLeftOut = leftOut.list().some(isRegression) || (!isCandidate && leftOut.has('regression'));
  const references = isCandidate || isLeftOut ? [] : await run({ learner: 'regression' });
  references.push(...(await run({ learner: 'base-rate' })));
  const isSlow = design.outputs > 1 || names[0] === 'ml-random-forest';
  const rows = design.x.length;
  const takesRows = rows <= referenceRows && rows * design.features.length <= referenceCells;
  const isWanted = !isSlow && takesRows && !design.sampling?.weights && !design.exposure;
  if (isWanted && !leftOut.has('ml-random-forest')) {
    const recipe = { learner: 'ml-reference', options: reference.options } as const;
    references.push(...(await run(recipe, Math.min(reference.folds, all))));
  }
  return references.filter(({ outOfFold: { whole } }) =>
    isScorable(design.target, predictedRows(whole[0], design.outputs)),
  );
}

/**
 * The chosen candidate at every stage, and a regression on the columns of it.
 * @param whole the regression on all columns, if it was evaluated before
 */
export async function judgeStages(
  { staged }: OutOfFold,
  { pool, design, protocol, progress, leftOut }: Judging,
  whole?: OutOfFold,
): Promise<StageScored[]> {
  if (leftOut.has('stages')) return [];
  const stages = knowledgeStages(design);
  const onFold = progress.start(
    'regressions for each stage',
    stages.length * protocol.folds * protocol.repeats,
  );
  const dedicated = stages.map(({ known }) => {
    const use = knownIndices(known);
    if (whole && use.length === design.columns.length) {
      for (let fold = 0; fold < protocol.folds * protocol.repeats; fold++) onFold();
      return whole;
    }
    return predictOutOfFoldInPool(pool, { learner: 'regression', options: { use } }, design, protocol, {
      onFold,
    });
  });
  const learned = await unlessAbandoned(Promise.all(dedicated));
  if (!learned) return [];
  return stages.map(({ columns }, i) => ({ columns, model: staged[i], dedicated: learned[i].whole }));
}
