/**
 * The squared error of one prediction. Of several classes it is the Brier score of the row, Σ (probability − observed)², from 0 to 2 (Brier
 * 1950): unlike the log loss it is finite where a class with the probability 0 occurs, as in the leaves of a forest.
 * @param target the value, or the number of the class @param predictions [rows × outputs] @param i place of the row in it
 */
export function squaredError(target: number, predictions: ArrayLike<number>, i: number, outputs = 1): number {
  if (outputs === 1) return (predictions[i] - target) ** 2;
  let sum = 0;
  for (let k = 0; k < outputs; k++) sum += (predictions[i * outputs + k] - (k === target ? 1 : 0)) ** 2;
  return sum;
}
