import type {
  ChanceEvaluation,
  ChanceScores,
  ClassEvaluation,
  Difference,
  Texts,
  ValueEvaluation,
  ValueScores,
} from '@hearth/artifact';
import { english } from '@hearth/artifact';
import { countAtThresholds } from '@hearth/artifact/decision';
import type { Design } from '../design.ts';
import { reliability } from '../evaluation/metrics.ts';
import { type OutOfFold, type Protocol, predictOutOfFoldInPool } from '../evaluation/out-of-fold.ts';
import { rowLossOf } from '../evaluation/row-loss.ts';
import {
  compare,
  isScorable,
  type Scorer,
  scoreCalibrated,
  scoreCounts,
  scoreProbabilities,
  scoreValues,
} from '../evaluation/scores.ts';
import { weightedReliability } from '../evaluation/weighted-metrics.ts';
import { createLearner, createModelLearner, type ModelRecipe, type Recipe } from '../learners/index.ts';
import { scoringOf } from '../sampling/prior.ts';
import { type Sampling, totalWeight } from '../sampling/sampling.ts';
import { evaluateClasses } from './evaluate-classes.ts';
import { evaluateQuantiles } from './evaluate-quantiles.ts';
import type { Compared, Judged, Judging, StageScored } from './judging.ts';
import { masksOf } from './masks.ts';
import { predictedRows, rowNames } from './rows.ts';
import { knowledgeStages, knownIndices } from './stages.ts';
import { groupsOf, placesOf, subgroupsOf } from './subgroups.ts';

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
const isRegression = (name: string): boolean =>
  /^(softmax|logistic|linear|poisson)(-regression)?$/.test(name);

/** Predicts every row out of fold with every candidate, at every stage. */
export async function judge(
  recipes: readonly ModelRecipe[],
  { pool, design, protocol, progress, leftOut }: Judging,
): Promise<Judged[]> {
  const stages = leftOut.includes('stages') ? [] : knowledgeStages(design).map(({ known }) => known);
  const masks = masksOf(design);
  const candidates = recipes.map((recipe) => createModelLearner(recipe, design)); // refuses unusable columns first
  const judged: Judged[] = [];
  for (const [i, recipe] of recipes.entries()) {
    const candidate = candidates[i];
    const onFold = progress.start(
      `${english(candidate.label)}: ${describe(protocol)}`,
      protocol.folds * protocol.repeats,
    );
    const outOfFold = await predictOutOfFoldInPool(pool, recipe, design, protocol, { stages, masks, onFold });
    judged.push({ recipe, candidate, outOfFold });
  }
  return judged;
}

export const describe = ({ folds, repeats }: Protocol): string =>
  `${repeats} × ${folds}-fold cross-validation`;

/** Mean squared error (for probabilities, the Brier score; for quantiles, the pinball loss) over all repeats. */
export function meanLoss(design: Design, { whole }: OutOfFold): number {
  const { target, outputs } = design;
  const { weights } = scoringOf(design);
  const loss = rowLossOf(design);
  const rows = predictedRows(whole[0], outputs);
  const squares = whole.map((prediction) => {
    let sum = 0;
    for (const row of rows) {
      const error = loss(target[row], prediction, row);
      sum += weights ? weights[row] * error : error;
    }
    return sum;
  });
  return squares.reduce((a, b) => a + b) / (whole.length * totalWeight(rows, weights));
}

/** The evaluation of the chosen candidate, compared with the other candidates and the references. */
export async function evaluate(
  chosen: Judged,
  others: readonly Judged[],
  judging: Judging,
  nested: boolean,
): Promise<ChanceEvaluation | ValueEvaluation | ClassEvaluation> {
  const { design, protocol } = judging;
  const { target } = design;
  const sampling = scoringOf(design);
  const { weights, groups } = sampling;
  const rows = predictedRows(chosen.outOfFold.whole[0], design.outputs);
  const judged = [
    ...others.map(({ candidate, outOfFold }) => ({
      name: candidate.name,
      label: candidate.label,
      outOfFold,
    })),
    ...(await judgeReferences(
      [chosen, ...others].map(({ candidate }) => candidate.name),
      judging,
    )),
  ];
  const regression = [{ name: chosen.candidate.name, outOfFold: chosen.outOfFold }, ...judged].find(
    ({ name }) => isRegression(name),
  );
  const stages = await judgeStages(chosen.outOfFold, judging, regression?.outOfFold);
  if (design.classes) return evaluateClasses(chosen.outOfFold, judged, stages, judging, nested);
  if (design.quantiles) return evaluateQuantiles(chosen.outOfFold, judged, stages, judging, nested);
  const subgroups = subgroupsOf(design, rows).filter(({ rows }) => isScorable(target, rows));
  const shownGroups = groupsOf(design, rows).filter(({ rows }) => isScorable(target, rows));
  const memberships = placesOf(subgroups, target.length);
  const keyOf = rowNames();
  const shared = {
    method: { ...protocol, stratified: design.hasClasses && !design.sampling?.times, nested },
    outOfFold: Array.from(rows, (row) => ({
      row: keyOf(design.table.inputs[row]),
      target: target[row],
      prediction: chosen.outOfFold.whole[0][row],
      ...(memberships[row].length > 0 && { subgroups: memberships[row] }),
      ...(weights && { weight: weights[row] }),
      ...(groups && { group: groups[row] }),
    })),
  };
  const assemble = <S>(score: Scorer<S>, plain: Scorer<S>) => ({
    ...shared,
    model: score(target, chosen.outOfFold.whole, undefined, sampling),
    references: judged.map(
      ({ name, label, outOfFold }): { name: string; label: Texts; scores: S; difference: Difference } => ({
        name,
        label,
        scores: (name === 'base-rate' ? plain : score)(target, outOfFold.whole, undefined, sampling),
        difference: compare(
          target,
          chosen.outOfFold.whole,
          outOfFold.whole,
          { outputs: 1, loss: rowLossOf(design) },
          sampling,
        ),
      }),
    ),
    stages: stages.map(({ columns, model, dedicated }) => ({
      columns,
      model: score(target, model, undefined, sampling),
      dedicated: score(target, dedicated, undefined, sampling),
    })),
    subgroups: subgroups.map(({ column, label, rows }) => ({
      column,
      label,
      rows: rows.length,
      ...(design.hasClasses && { positives: rows.reduce((sum, row) => sum + target[row], 0) }),
      scores: plain(target, chosen.outOfFold.whole, rows, sampling),
    })),
    ...(shownGroups.length > 0 && {
      groups: shownGroups.map(({ name, rows }) => ({
        name,
        rows: rows.length,
        ...(design.hasClasses && { positives: rows.reduce((sum, row) => sum + target[row], 0) }),
        scores: plain(target, chosen.outOfFold.whole, rows, withoutGroups(sampling)),
      })),
    }),
  });
  if (!design.hasClasses) {
    const score = design.loss === 'poisson' ? scoreCounts : scoreValues;
    return { kind: 'value', ...assemble<ValueScores>(score, score) };
  }
  return {
    kind: 'chance',
    ...assemble<ChanceScores>(scoreCalibrated, scoreProbabilities),
    reliability: reliabilityOf(target, chosen.outOfFold.whole[0], rows, sampling),
    // rows of different weight cannot be counted
    ...(!weights && {
      thresholds: countAtThresholds(
        Float64Array.from(rows, (row) => target[row]),
        Float64Array.from(rows, (row) => chosen.outOfFold.whole[0][row]),
        design.table.data.descriptor.hearth.decision?.threshold,
      ),
    }),
  };
}

/** Within one group, its rows are what was sampled. */
const withoutGroups = ({ groups: _, ...sampling }: Sampling): Sampling => sampling;

function reliabilityOf(
  target: ArrayLike<number>,
  prediction: Float64Array,
  rows: Int32Array,
  { weights, groups }: Sampling,
) {
  const outcomes = Float64Array.from(rows, (row) => target[row]);
  const predicted = Float64Array.from(rows, (row) => prediction[row]);
  if (!weights && !groups) return reliability(outcomes, predicted);
  return weightedReliability(outcomes, predicted, {
    ...(weights && { weights: Float64Array.from(rows, (row) => weights[row]) }),
    ...(groups && { clusters: Int32Array.from(rows, (row) => groups[row]) }),
  });
}

/** @param names of the candidates */
async function judgeReferences(
  names: readonly string[],
  { pool, design, protocol, progress, leftOut }: Judging,
): Promise<Compared[]> {
  const all = protocol.folds * protocol.repeats;
  const run = async (recipe: Recipe, most = all) => {
    const { name, label } = createLearner(recipe, design);
    const onFold = progress.start(english(label), most);
    const outOfFold = await predictOutOfFoldInPool(pool, recipe, design, protocol, { most, onFold });
    return { name, label, outOfFold };
  };
  const isCandidate = names.some(isRegression);
  const isLeftOut = leftOut.includes('regression') || leftOut.includes('softmax');
  const references = isCandidate || isLeftOut ? [] : [await run({ learner: 'regression' })];
  references.push(await run({ learner: 'base-rate' }));
  const isSlow =
    leftOut.includes('ml-random-forest') || design.outputs > 1 || names[0] === 'ml-random-forest';
  const rows = design.x.length;
  const takesRows = rows <= referenceRows && rows * design.features.length <= referenceCells;
  if (!isSlow && takesRows && !design.sampling?.weights && !design.exposure) {
    references.push(
      await run({ learner: 'ml-reference', options: reference.options }, Math.min(reference.folds, all)),
    );
  }
  return references.filter(({ outOfFold: { whole } }) =>
    isScorable(design.target, predictedRows(whole[0], design.outputs)),
  );
}

/** @param whole the regression on all columns, if it was evaluated before */
async function judgeStages(
  { staged }: OutOfFold,
  { pool, design, protocol, progress, leftOut }: Judging,
  whole?: OutOfFold,
): Promise<StageScored[]> {
  if (leftOut.includes('stages')) return [];
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
  const learned = await Promise.all(dedicated);
  return stages.map(({ columns }, i) => ({ columns, model: staged[i], dedicated: learned[i].whole }));
}
