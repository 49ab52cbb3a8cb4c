import { auc, calibration, calibrationOfValues, squaredError } from '@hearth/training';
import { outputsOf, type Spec } from './prepare.ts';

/** How good the predictions of rows held out are, of one share of missing cells. */
export interface Scores {
  /** The Brier score, of several classes from 0 to 2, or the mean squared error of a number; [folds]. */
  loss: number[];
  /** The same of each row; [rows held out]. */
  rowLoss: Float64Array;
  /** Means over the folds, and the slope of all rows; undefined where the target has none. */
  logLoss?: number;
  auc?: number;
  slope?: number;
}

/** Who is held out, in the order of the predictions. */
export const heldOutRows = ({ fold, heldOut }: Pick<Spec, 'fold' | 'heldOut'>): number[][] =>
  heldOut.map((held) => [...fold.keys()].filter((row) => fold[row] === held));

/** The loss of the best constant of the training rows: the shares of the classes, or the mean; [folds]. */
export function baseLoss(spec: Spec, target: readonly number[]): number[] {
  const outputs = outputsOf(spec);
  return heldOutRows(spec).map((test, i) => {
    const training = target.filter((_, row) => spec.fold[row] !== spec.heldOut[i]);
    const constant = Array.from({ length: outputs }, (_, k) =>
      mean(training.map((value) => (outputs === 1 ? value : value === k ? 1 : 0))),
    );
    return mean(test.map((row) => squaredError(target[row], constant, 0, outputs)));
  });
}

/** @param target the value, or the number of the class; [rows] @param predictions [rows held out × outputs] */
export function scoresOf(spec: Spec, target: readonly number[], predictions: Float64Array): Scores {
  const outputs = outputsOf(spec);
  const folds = heldOutRows(spec);
  const outcomes = folds.flat().map((row) => target[row]);
  if (predictions.length !== outcomes.length * outputs || !predictions.every(Number.isFinite))
    throw new Error('the predictions are not a number for each row held out');
  const rowLoss = Float64Array.from(outcomes, (value, i) => squaredError(value, predictions, i, outputs));
  const places = folds.map((rows, f) => {
    const from = folds.slice(0, f).reduce((sum, { length }) => sum + length, 0);
    return rows.map((_, i) => from + i);
  });
  const perFold = (of: (places: number[]) => number) => mean(places.map(of));
  const scores: Scores = { loss: places.map((own) => mean(own.map((i) => rowLoss[i]))), rowLoss };
  if (spec.classes.length === 0)
    return { ...scores, slope: calibrationOfValues(Float64Array.from(outcomes), predictions)?.slope.mean };
  const probability = (i: number) => {
    if (outputs > 1) return predictions[i * outputs + outcomes[i]];
    return outcomes[i] === 1 ? predictions[i] : 1 - predictions[i];
  };
  const logLoss = perFold((own) => mean(own.map((i) => -Math.log(Math.max(1e-15, probability(i))))));
  if (outputs > 1) return { ...scores, logLoss };
  const pick = (values: ArrayLike<number>, own: number[]) => own.map((i) => values[i]);
  const { slope } = calibration(outcomes, predictions);
  return {
    ...scores,
    logLoss,
    auc: perFold((own) => auc(pick(outcomes, own), pick(predictions, own))),
    ...(Number.isFinite(slope.value) && { slope: slope.value }),
  };
}

export const mean = (values: ArrayLike<number>): number => {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return sum / values.length;
};
