/**
 * The loss of one row, by which models are chosen and compared.
 * @param target the value, or the number of the class @param predictions [rows × outputs] @param i place of the row in it
 */
export type RowLoss = (target: number, predictions: ArrayLike<number>, i: number) => number;

/** The loss of rows of a target: of quantiles the pinball loss, otherwise the squared error. */
export const rowLossOf = ({
  outputs,
  quantiles,
}: {
  outputs: number;
  quantiles?: { levels: readonly number[] };
}): RowLoss =>
  quantiles
    ? (target, predictions, i) => pinballLoss(target, predictions, i, quantiles.levels)
    : (target, predictions, i) => squaredError(target, predictions, i, outputs);

/**
 * The squared error of one prediction. Of several classes it is the Brier score of the row, Σ (probability − observed)², from 0 to 2 (Brier
 * 1950): unlike the log loss it is finite where a class with the probability 0 occurs, as in the leaves of a forest.
 */
export function squaredError(target: number, predictions: ArrayLike<number>, i: number, outputs = 1): number {
  if (outputs === 1) return (predictions[i] - target) ** 2;
  let sum = 0;
  for (let k = 0; k < outputs; k++) sum += (predictions[i * outputs + k] - (k === target ? 1 : 0)) ** 2;
  return sum;
}

/** The mean over the quantiles of what each is least for (Koenker & Bassett 1978, Econometrica 46), in the unit of the target. */
export function pinballLoss(
  target: number,
  predictions: ArrayLike<number>,
  i: number,
  levels: readonly number[],
): number {
  let sum = 0;
  for (const [k, level] of levels.entries()) {
    const residual = target - predictions[i * levels.length + k];
    sum += residual * (residual > 0 ? level : level - 1);
  }
  return sum / levels.length;
}
