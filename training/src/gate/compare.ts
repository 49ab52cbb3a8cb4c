import { type Evaluated, type Texts, targetKind } from '@hearth/artifact';
import { squaredError } from '../evaluation/row-loss.ts';
import { meanDifference } from '../evaluation/scores.ts';

/** Paired difference in mean squared error between a challenger and another version, with its 95 % interval. */
export interface Comparison {
  /** Number of rows that both versions predicted out of fold. */
  rows: number;
  /** Mean squared error of each version, divided by `lossScale`. */
  challenger: number;
  other: number;
  /** `challenger - other`; above 0, the challenger is worse. */
  loss: number;
  low: number;
  high: number;
}

/** A difference with its sign, as messages show it. */
export const signed = (value: number): string => `${value > 0 ? '+' : '−'}${Math.abs(value).toFixed(4)}`;

/** Compares the squared errors of two models, row by row; both arrays are in the same order. */
export function compareSquares(challenger: readonly number[], other: readonly number[]): Comparison {
  const rows = challenger.length;
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / rows;
  const { mean: loss, low, high } = meanDifference(challenger.map((square, i) => square - other[i]));
  return { rows, challenger: mean(challenger), other: mean(other), loss, low, high };
}

/** The first output of a version for a row, and its squared error. */
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
}

export interface Paired {
  pairs: readonly Pair[];
  /** The declared subgroups, by name. */
  subgroups: readonly Texts[];
}

/** The rows that two manifests of one type of target contain out of fold. Identical rows are paired in their order, classes by their value. */
export function pairOutOfFold(challenger: Evaluated, other: Evaluated): Paired {
  const others = Map.groupBy(judgedRows(other), ({ key }) => key);
  const pairs = judgedRows(challenger).flatMap(({ key, target, judged, subgroups }): Pair[] => {
    const theirs = others.get(key)?.shift();
    return theirs === undefined ? [] : [{ target, challenger: judged, other: theirs.judged, subgroups }];
  });
  return { pairs, subgroups: challenger.evaluation.subgroups?.map(({ label }) => label) ?? [] };
}

/** The out-of-fold predictions, each with a key of its row and what was observed. */
function judgedRows({ evaluation, target }: Evaluated) {
  const classes = target.type === 'classes' ? target.classes : undefined;
  return evaluation.outOfFold.map(
    ({ row, target: y, prediction, predictions = [prediction], subgroups = [] }) => ({
      key: `${row} ${classes ? classes[y].value : y}`,
      target: y,
      judged: { prediction, square: squaredError(y, predictions, 0, classes?.length) },
      subgroups,
    }),
  );
}

/** Compares the squared errors of two models. @param scale `lossScale` */
export function comparePairs(pairs: readonly Pair[], scale: number): Comparison {
  const squares = (of: (pair: Pair) => Judged) => pairs.map((pair) => of(pair).square / scale);
  return compareSquares(
    squares(({ challenger }) => challenger),
    squares(({ other }) => other),
  );
}

/** Compares the out-of-fold predictions in two manifests, on the rows that both contain. */
export const compareOutOfFold = (challenger: Evaluated, other: Evaluated): Comparison =>
  comparePairs(pairOutOfFold(challenger, other).pairs, lossScale(challenger));

/** Divisor of squared errors, so that the same limits apply to every target: the squared range of the answer, or four times the target's variance. */
export function lossScale({ target, evaluation }: Evaluated): number {
  if (target.type === 'classes') return 2; // the Brier score of several classes is from 0 to 2
  const { minimum, maximum } = targetKind(target);
  if (Number.isFinite(maximum - minimum)) return (maximum - minimum) ** 2;
  const targets = evaluation.outOfFold.map((row) => row.target);
  const mean = targets.reduce((sum, y) => sum + y, 0) / targets.length;
  return (4 * targets.reduce((sum, y) => sum + (y - mean) ** 2, 0)) / targets.length;
}
