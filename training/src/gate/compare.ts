import type { Manifest } from '@hearth/artifact';
import { targetKind } from '@hearth/artifact';

/** How much more a challenger loses than another version, paired by row, with its 95 % interval. */
export interface Comparison {
  /** Rows that both have predicted out of fold. */
  rows: number;
  challenger: number;
  other: number;
  /** Above 0: the challenger is worse. */
  loss: number;
  low: number;
  high: number;
}

/** Half the width of a 95 % interval, in standard errors. */
const z = 1.959963984540054;

/** Squared errors of two models on the same rows, in the same order, compared in pairs. */
export function compareSquares(challenger: readonly number[], other: readonly number[]): Comparison {
  const rows = challenger.length;
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / rows;
  const differences = challenger.map((square, i) => square - other[i]);
  const loss = mean(differences);
  const variance = mean(differences.map((each) => (each - loss) ** 2)) * (rows / Math.max(1, rows - 1));
  const half = z * Math.sqrt(variance / rows);
  return {
    rows,
    challenger: mean(challenger),
    other: mean(other),
    loss,
    low: loss - half,
    high: loss + half,
  };
}

/**
 * Compares the out-of-fold predictions that two versions carry, on the rows that are in both; rows that stand several times in a table
 * are paired in their order.
 */
export function compareOutOfFold(challenger: Manifest, other: Manifest): Comparison {
  const theirs = new Map<string, number[]>();
  const scale = lossScale(challenger);
  for (const { row, target, prediction } of other.evaluation.outOfFold) {
    const key = `${row} ${target}`;
    theirs.set(key, [...(theirs.get(key) ?? []), (prediction - target) ** 2 / scale]);
  }
  const pairs = challenger.evaluation.outOfFold.flatMap(({ row, target, prediction }) => {
    const square = theirs.get(`${row} ${target}`)?.shift();
    return square === undefined ? [] : [[(prediction - target) ** 2 / scale, square]];
  });
  return compareSquares(
    pairs.map(([ours]) => ours),
    pairs.map(([, square]) => square),
  );
}

/** What squared errors are divided by, so that the same limits hold for chances and values: the squared range of a probability, or four times the target's variance. */
export function lossScale({ target, evaluation }: Manifest): number {
  const { minimum, maximum } = targetKind(target);
  if (Number.isFinite(maximum - minimum)) return (maximum - minimum) ** 2;
  const targets = evaluation.outOfFold.map((row) => row.target);
  const mean = targets.reduce((sum, y) => sum + y, 0) / targets.length;
  return (4 * targets.reduce((sum, y) => sum + (y - mean) ** 2, 0)) / targets.length;
}
