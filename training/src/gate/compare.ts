import { type Evaluated, exposureOf, type Manifest, outputsOf, type Texts } from '@hearth/artifact';
import { pinballLoss, type RowLoss, rowLossOf } from '../evaluation/row-loss.ts';
import { meanDifference } from '../evaluation/scores.ts';
import type { Sample } from '../evaluation/weighted-metrics.ts';
import { weightedQuantiles } from '../learners/weighted-quantiles.ts';
import type { SamplingColumns } from '../sampling/columns.ts';

/** Paired difference in mean loss (`lossName`) between a challenger and another version, with its 95 % interval. */
export interface Comparison {
  /** Number of rows that both versions predicted out of fold. */
  rows: number;
  /** Mean loss of each version, divided by `lossScale`. */
  challenger: number;
  other: number;
  /** `challenger - other`; above 0, the challenger is worse. */
  loss: number;
  low: number;
  high: number;
}

/** A difference with its sign, as messages show it. */
export const signed = (value: number): string => `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(4)}`;

/** Compares the losses of two models, row by row; all arrays are in the same order. */
export function compareSquares(
  challenger: readonly number[],
  other: readonly number[],
  sample: Sample = {},
): Comparison {
  const rows = challenger.length;
  const { weights } = sample;
  const total = weights ? weights.reduce((sum, weight) => sum + weight, 0) : rows;
  const mean = (values: readonly number[]) =>
    values.reduce((sum, value, i) => sum + (weights?.[i] ?? 1) * value, 0) / total;
  const {
    mean: loss,
    low,
    high,
  } = meanDifference(
    challenger.map((square, i) => square - other[i]),
    sample,
  );
  return { rows, challenger: mean(challenger), other: mean(other), loss, low, high };
}

/** Whether two versions count and split their rows in the same way, so that their out-of-fold predictions can be compared. */
export function countAlike(a: Evaluated, b: Evaluated): boolean {
  const basis = ({ data: { weights, groups, time, prior, priors } }: Evaluated) =>
    JSON.stringify([weights?.column, weights?.kind, groups, time, prior?.population, priors?.population]);
  return basis(a) === basis(b);
}

/** How a version counts and splits its rows, as it was said in training. */
export function samplingOf({ data, target }: Evaluated): SamplingColumns {
  const { weights, groups, time, prior, priors } = data;
  const exposure = exposureOf(target);
  const classes = target.type === 'classes' ? target.classes : [];
  return {
    ...(weights && { [weights.kind === 'count' ? 'count' : 'weight']: weights.column }),
    ...(groups !== undefined && { group: groups }),
    ...(time !== undefined && { time }),
    ...(exposure !== undefined && { exposure }),
    ...(prior && { prior: prior.population }),
    ...(priors && {
      prior: Object.fromEntries(classes.map(({ value }, k) => [value, priors.population[k]])),
    }),
  };
}

/** The first output of a version for a row, and the loss of all of them (`lossOf`). */
interface Judged {
  prediction: number;
  square: number;
}

/** A row that two versions predicted: what was observed, both predictions, and the subgroups that it is in. */
export interface Pair {
  target: number;
  challenger: Judged;
  other: Judged;
  /** Places in `Paired.subgroups`. */
  subgroups: readonly number[];
  /** How much it counts, and its group, if rows are not alike. */
  weight?: number;
  group?: number;
}

export interface Paired {
  pairs: readonly Pair[];
  /** The declared subgroups, by name. */
  subgroups: readonly Texts[];
}

/** The rows that two manifests of one type of target contain out of fold. Identical rows are paired in their order, classes by their value. */
export function pairOutOfFold(challenger: Evaluated, other: Evaluated): Paired {
  const others = Map.groupBy(judgedRows(other), ({ key }) => key);
  const pairs = judgedRows(challenger).flatMap(({ key, target, judged, ...own }): Pair[] => {
    const theirs = others.get(key)?.shift();
    return theirs === undefined ? [] : [{ target, challenger: judged, other: theirs.judged, ...own }];
  });
  return { pairs, subgroups: challenger.evaluation.subgroups?.map(({ label }) => label) ?? [] };
}

/** The out-of-fold predictions, each with a key of its row and what was observed. */
function judgedRows({ evaluation, target }: Evaluated) {
  const classes = target.type === 'classes' ? target.classes : undefined;
  const loss = lossOf(target);
  return evaluation.outOfFold.map(
    ({ row, target: y, prediction, predictions = [prediction], subgroups = [], weight, group }) => ({
      key: `${row} ${classes ? classes[y].value : y}`,
      target: y,
      judged: { prediction, square: loss(y, predictions, 0) },
      subgroups,
      weight,
      group,
    }),
  );
}

/** Compares the losses of two models. @param scale `lossScale` */
export function comparePairs(pairs: readonly Pair[], scale: number): Comparison {
  const squares = (of: (pair: Pair) => Judged) => pairs.map((pair) => of(pair).square / scale);
  return compareSquares(
    squares(({ challenger }) => challenger),
    squares(({ other }) => other),
    sampleOf(pairs),
  );
}

/** How the rows count: nothing where they are alike. */
export function sampleOf(pairs: readonly Pair[]): Sample {
  const isWeighted = pairs.some(({ weight }) => weight !== undefined);
  const isGrouped = pairs.some(({ group }) => group !== undefined);
  return {
    ...(isWeighted && { weights: Float64Array.from(pairs, ({ weight = 1 }) => weight) }),
    ...(isGrouped && { clusters: Int32Array.from(pairs, ({ group = 0 }) => group) }),
  };
}

/** Compares the out-of-fold predictions in two manifests, on the rows that both contain. */
export const compareOutOfFold = (challenger: Evaluated, other: Evaluated): Comparison =>
  comparePairs(pairOutOfFold(challenger, other).pairs, lossScale(challenger.target, observedIn(challenger)));

/** What was observed in the out-of-fold rows of a version. */
export const observedIn = ({ evaluation }: Evaluated): number[] =>
  evaluation.outOfFold.map(({ target }) => target);

/** The quantiles that are predicted; undefined for an answer of any other kind. */
const levelsOf = (target: Manifest['target']): readonly number[] | undefined =>
  target.type === 'numeric' ? target.quantiles : undefined;

/** The loss of one row of a target, from all of its outputs. */
export const lossOf = (target: Manifest['target']): RowLoss => {
  const levels = levelsOf(target);
  return rowLossOf({ outputs: outputsOf(target), ...(levels && { quantiles: { levels } }) });
};

export type LossName = 'pinball loss' | 'mean squared error';

/** What the mean of this loss is called. */
export const lossName = (target: Manifest['target']): LossName =>
  levelsOf(target) ? 'pinball loss' : 'mean squared error';

/**
 * Divisor of losses, so that the same limits apply to every target: the greatest squared error, or four times what a constant answer loses: of
 * a mean the target's variance, of quantiles the pinball loss of those of the target.
 */
export function lossScale(target: Manifest['target'], observed: readonly number[]): number {
  if (target.type === 'binary') return 1;
  if (target.type === 'classes') return 2; // the Brier score of several classes is from 0 to 2
  const levels = levelsOf(target);
  const fourTimes = (loss: (y: number) => number) =>
    (4 * observed.reduce((sum, y) => sum + loss(y), 0)) / observed.length;
  if (levels) {
    const weights = new Float64Array(observed.length).fill(1);
    const constant = weightedQuantiles(Float64Array.from(observed), weights, levels);
    return fourTimes((y) => pinballLoss(y, constant, 0, levels));
  }
  const mean = observed.reduce((sum, y) => sum + y, 0) / observed.length;
  return fourTimes((y) => (y - mean) ** 2);
}
