import { type Link, links, logit } from '@hearth/artifact';
import type { Design } from '../design.ts';
import { type OutOfFold, splitAll } from '../evaluation/out-of-fold.ts';
import { rowLossOf } from '../evaluation/row-loss.ts';
import { blendOptions } from '../learners/blend.ts';
import { canBlend, createModelLearner, type ModelRecipe } from '../learners/index.ts';
import { sampleRows } from '../random.ts';
import { scoringOf } from '../sampling/prior.ts';
import { leastWeights } from './blend-weights.ts';
import { viewsOf } from './choice.ts';
import type { Judged, Judging } from './judging.ts';

/** As many numbers of answers are enough to find weights. */
const mostNumbers = 50_000;

/**
 * The blend of the candidates that can be its members, with the weights of least loss (`viewsOf`). Its answers to the rows of a fold are
 * blended with weights that were found on the training rows of that fold; the published weights are found on all rows. The members' answers
 * to training rows are out of fold too, but of models that saw rows of the fold: the usual short cut, and harmless for a few weights.
 * @returns undefined where one candidate has all the weight, or fewer than two can be blended
 */
export function judgeBlend(
  judged: readonly Judged[],
  { design, protocol, progress, leftOut }: Judging,
): Judged | undefined {
  const able = judged.filter(({ candidate: { name } }) => canBlend(name, design.table));
  if (able.length < 2 || leftOut.includes('blend')) return undefined;
  const splits = splitAll(design, protocol);
  const onFold = progress.start('a blend of the candidates', splits.flat().length + 1);
  const outOfFolds = able.map(({ outOfFold }) => outOfFold);
  const scores = scoresOf(design, outOfFolds);
  const find = (rows: Int32Array): number[] => {
    const weights = weightsOn(design, scores, rows, protocol.seed);
    onFold();
    return weights;
  };
  const weights = find(Int32Array.from(design.x.keys()));
  const inFolds = splits.map((folds) => folds.map(({ train, test }) => ({ test, weights: find(train) })));
  const members = able.flatMap(({ recipe: { learner, options } }, i) =>
    weights[i] > 0 ? [{ learner, weight: weights[i], options: { ...options } }] : [],
  );
  if (members.length < 2) return undefined;
  const recipe: ModelRecipe = { learner: 'blend', options: blendOptions(members) };
  const blended = (of: (each: OutOfFold) => Float64Array, repeat = 0) =>
    blendAnswers(design, outOfFolds.map(of), inFolds[repeat]);
  const [{ whole, staged, masked }] = outOfFolds;
  return {
    recipe,
    candidate: createModelLearner(recipe, design),
    outOfFold: {
      whole: whole.map((_, repeat) => blended((each) => each.whole[repeat], repeat)),
      staged: staged.map((repeats, stage) =>
        repeats.map((_, repeat) => blended((each) => each.staged[stage][repeat], repeat)),
      ),
      masked: masked.map((_, mask) => blended((each) => each.masked[mask])),
    },
  };
}

/** Scores of the members in one of the views, and how much it counts. */
interface ScoredView {
  /** [members][rows × outputs] */
  scores: Float64Array[];
  weight: number;
}

const scoresOf = (design: Design, outOfFolds: readonly OutOfFold[]): ScoredView[] =>
  viewsOf(outOfFolds[0]).flatMap(({ predictions, weight }, view) =>
    predictions.map((_, repeat) => ({
      scores: outOfFolds.map((each) => scoresBefore(design, viewsOf(each)[view].predictions[repeat])),
      weight: weight / predictions.length,
    })),
  );

/** The weights of least loss on those of these rows that were predicted, or on a sample of them; equal ones where there are none. */
function weightsOn(design: Design, views: readonly ScoredView[], rows: Int32Array, seed: number): number[] {
  const { outputs, target } = design;
  const members = views[0].scores.length;
  const predicted = rows.filter((row) => !Number.isNaN(views[0].scores[0][row * outputs]));
  if (predicted.length === 0) return new Array(members).fill(1 / members);
  const sample = sampleRows(predicted, Math.ceil(mostNumbers / outputs), seed);
  const { weights: ofRows } = scoringOf(design);
  const rowLoss = rowLossOf(design);
  const mix = new Float64Array(outputs);
  return leastWeights(members, (weights) => {
    let sum = 0;
    for (const { scores, weight } of views) {
      for (const row of sample) {
        blendRow(design, scores, weights, row, mix);
        sum += weight * (ofRows?.[row] ?? 1) * rowLoss(target[row], mix, 0);
      }
    }
    return sum;
  });
}

/** The blended answers to the rows of each fold. @param members their answers, [rows × outputs] */
function blendAnswers(
  design: Design,
  members: readonly Float64Array[],
  folds: readonly { test: Int32Array; weights: readonly number[] }[],
): Float64Array {
  const { outputs } = design;
  const scores = members.map((answers) => scoresBefore(design, answers));
  const blended = new Float64Array(members[0].length).fill(Number.NaN);
  for (const { test, weights } of folds) {
    for (const row of test)
      blendRow(design, scores, weights, row, blended.subarray(row * outputs, (row + 1) * outputs));
  }
  return blended;
}

/** Writes the answer to one row: the link of the weighted scores. @param into [outputs] */
function blendRow(
  design: Design,
  scores: readonly Float64Array[],
  weights: readonly number[],
  row: number,
  into: Float64Array,
): void {
  const { outputs } = design;
  into.fill(0);
  for (const [member, weight] of weights.entries()) {
    if (weight === 0) continue;
    for (let k = 0; k < outputs; k++) into[k] += weight * scores[member][row * outputs + k];
  }
  links[linkOf(design)].scores(into, (x) => x);
}

const linkOf = ({ outputs, link }: Design): Link => (outputs > 1 ? 'softmax' : link);

/** The scores that give these answers; of a softmax, up to a constant for each row. Probabilities of 0 and 1 are moved to finite scores. */
function scoresBefore(design: Design, answers: Float64Array): Float64Array {
  const link = linkOf(design);
  if (link === 'logit') return answers.map(logit);
  return link === 'identity'
    ? answers
    : answers.map((answer) => Math.log(Math.max(answer, Number.MIN_VALUE)));
}
