import { type Evaluated, targetKind } from '@hearth/artifact';
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

/**
 * Compares the out-of-fold predictions in two manifests of one type of target, on the rows that both contain. Identical rows are paired in
 * their order, classes by their value.
 */
export function compareOutOfFold(challenger: Evaluated, other: Evaluated): Comparison {
  const others = new Map<string, number[]>();
  const scale = lossScale(challenger);
  for (const { key, square } of squaresOf(other)) {
    others.set(key, [...(others.get(key) ?? []), square / scale]);
  }
  const pairs = squaresOf(challenger).flatMap(({ key, square }) => {
    const its = others.get(key)?.shift();
    return its === undefined ? [] : [[square / scale, its]];
  });
  return compareSquares(
    pairs.map(([ours]) => ours),
    pairs.map(([, square]) => square),
  );
}

/** The squared error of each out-of-fold prediction, and a key of its row and what was observed. */
function squaresOf({ evaluation, target }: Evaluated): { key: string; square: number }[] {
  if (target.type !== 'classes') {
    return evaluation.outOfFold.map(({ row, target: y, prediction }) => ({
      key: `${row} ${y}`,
      square: squaredError(y, [prediction], 0),
    }));
  }
  const { classes } = target;
  return evaluation.outOfFold.map(({ row, target: k, predictions = [] }) => ({
    key: `${row} ${classes[k].value}`,
    square: squaredError(k, predictions, 0, classes.length),
  }));
}

/** Divisor of squared errors, so that the same limits apply to every target: the squared range of the answer, or four times the target's variance. */
export function lossScale({ target, evaluation }: Evaluated): number {
  if (target.type === 'classes') return 2; // the Brier score of several classes is from 0 to 2
  const { minimum, maximum } = targetKind(target);
  if (Number.isFinite(maximum - minimum)) return (maximum - minimum) ** 2;
  const targets = evaluation.outOfFold.map((row) => row.target);
  const mean = targets.reduce((sum, y) => sum + y, 0) / targets.length;
  return (4 * targets.reduce((sum, y) => sum + (y - mean) ** 2, 0)) / targets.length;
}
