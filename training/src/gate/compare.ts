import { type Evaluated, targetKind } from '@hearth/artifact';
import { squaredError } from '../evaluation/row-loss.ts';
import { meanDifference } from '../evaluation/scores.ts';
import type { Sample } from '../evaluation/weighted-metrics.ts';
import type { SamplingColumns } from '../sampling/columns.ts';

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

/** Compares the squared errors of two models, row by row; all arrays are in the same order. */
export function compareSquares(
  challenger: readonly number[],
  other: readonly number[],
  sample: Sample = {},
): Comparison {
  const rows = challenger.length;
  const { weights, clusters } = sample;
  const total = weights ? weights.reduce((sum, weight) => sum + weight, 0) : rows;
  const mean = (values: readonly number[]) =>
    values.reduce((sum, value, i) => sum + (weights?.[i] ?? 1) * value, 0) / total;
  const {
    mean: loss,
    low,
    high,
  } = meanDifference(
    challenger.map((square, i) => square - other[i]),
    weights || clusters ? sample : undefined,
  );
  return { rows, challenger: mean(challenger), other: mean(other), loss, low, high };
}

/** Whether two versions count and split their rows in the same way, so that their out-of-fold predictions can be compared. */
export function countAlike(a: Evaluated, b: Evaluated): boolean {
  const basis = ({ data: { weights, groups, time, prior } }: Evaluated) =>
    JSON.stringify([weights?.column, weights?.kind, groups, time, prior?.population]);
  return basis(a) === basis(b);
}

/** How a version counts and splits its rows, as it was said in training. */
export function samplingOf({ data: { weights, groups, time, prior } }: Evaluated): SamplingColumns {
  return {
    ...(weights && { [weights.kind === 'count' ? 'count' : 'weight']: weights.column }),
    ...(groups !== undefined && { group: groups }),
    ...(time !== undefined && { time }),
    ...(prior && { prior: prior.population }),
  };
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
  const pairs = squaresOf(challenger).flatMap(({ key, square, weight, group }) => {
    const other = others.get(key)?.shift();
    return other === undefined ? [] : [{ ours: square / scale, other, weight, group }];
  });
  const isWeighted = pairs.some(({ weight }) => weight !== undefined);
  const isGrouped = pairs.some(({ group }) => group !== undefined);
  return compareSquares(
    pairs.map(({ ours }) => ours),
    pairs.map(({ other }) => other),
    {
      ...(isWeighted && { weights: Float64Array.from(pairs, ({ weight = 1 }) => weight) }),
      ...(isGrouped && { clusters: Int32Array.from(pairs, ({ group = 0 }) => group) }),
    },
  );
}

/** The squared error of each out-of-fold prediction, a key of its row and what was observed, and how the row counts. */
interface Square {
  key: string;
  square: number;
  weight?: number;
  group?: number;
}

function squaresOf({ evaluation, target }: Evaluated): Square[] {
  const classes = target.type === 'classes' ? target.classes : undefined;
  return evaluation.outOfFold.map(
    ({ row, target: y, prediction, predictions = [prediction], weight, group }) => ({
      key: `${row} ${classes ? classes[y].value : y}`,
      square: squaredError(y, predictions, 0, classes?.length ?? 1),
      weight,
      group,
    }),
  );
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
