import { ofOutput, sumLeaves } from '@hearth/artifact';
import type { Design } from '../../design.ts';
import { lossOf, type StartScores } from '../../grow/index.ts';
import { boostedLoss } from '../leafwise.ts';
import type { Publishable } from '../learner.ts';
import { addTerms } from '../linear-terms.ts';

/** A sum over features, and trees of one feature each. */
export type Regression = Pick<Publishable, 'trees' | 'answer'>;

/** What each column adds to the scores of a regression, which has no interactions. */
export interface AdditiveScores {
  /** Of a row of the table, as in `StartScores`. */
  whole: StartScores;
  /** Scores where nothing is given. */
  empty: Float64Array;
  /** What a value in the middle of each bin adds, and last what a category adds that is not listed; [columns][bins × outputs]. */
  steps: Float64Array[];
  /** Scores of a model that knows no column; [outputs]. */
  constant: number[];
}

export function additiveScores(
  design: Design,
  rows: Int32Array,
  { trees: { forest, others = [], linear }, answer }: Regression,
): AdditiveScores {
  const { x, binned, features, outputs, target, sampling } = design;
  const forests = [forest, ...others];
  const columnOf = new Int32Array(features.length);
  for (const [c, { feature, kind, size }] of binned.columns.entries())
    columnOf.fill(c, feature, feature + (kind === 'category' ? size : 1));
  const values = new Float64Array(features.length).fill(Number.NaN);
  const score = (into: Float64Array) => {
    for (let k = 0; k < outputs; k++) into[k] = ofOutput(answer.base, k, 0) + sumLeaves(forests[k], values);
    if (linear) addTerms(linear, [values], into);
    for (let k = 0; k < outputs; k++) into[k] /= ofOutput(answer.divisor, k, 1);
  };
  const empty = new Float64Array(outputs);
  score(empty);
  const one = new Float64Array(outputs);
  const steps = binned.columns.map(({ feature, kind, size, lowest, highest }) => {
    const bins = kind === 'category' ? size + 1 : size;
    const of = new Float64Array(bins * outputs);
    for (let bin = 0; bin < bins; bin++) {
      if (kind === 'category') for (let k = 0; k < size; k++) values[feature + k] = Number(k === bin);
      else values[feature] = (lowest[bin] + highest[bin]) / 2;
      score(one);
      for (let k = 0; k < outputs; k++) of[bin * outputs + k] = one[k] - empty[k];
    }
    values.fill(Number.NaN, feature, feature + (kind === 'category' ? size : 1));
    return of;
  });
  const weights = sampling?.weights;
  return {
    empty,
    steps,
    constant: lossOf(boostedLoss(design)).start(
      Float64Array.from(rows, (row) => target[row]),
      Float64Array.from(rows, (row) => (weights ? weights[row] : 1)),
    ),
    whole(row, given, into) {
      for (let j = 0; j < values.length; j++)
        values[j] = given && !given[columnOf[j]] ? Number.NaN : x[row][j];
      score(into);
    },
  };
}

/** The scores that trees start from: those of the regression, or a constant, and what steps leave of it. */
export function startOf(
  { binned }: Design,
  { whole, steps, empty, constant }: AdditiveScores,
  fromRegression: boolean,
): StartScores {
  if (fromRegression) return whole;
  return (row, given, into) => {
    whole(row, given, into);
    for (let k = 0; k < into.length; k++) into[k] += constant[k] - empty[k];
    for (const [c, { bins, size }] of binned.columns.entries()) {
      if (bins[row] === size || (given && !given[c])) continue;
      for (let k = 0; k < into.length; k++) into[k] -= steps[c][bins[row] * into.length + k];
    }
  };
}
