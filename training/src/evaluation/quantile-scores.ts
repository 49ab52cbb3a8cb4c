import type { ValueScores } from '@hearth/artifact';
import type { Sampling } from '../sampling/sampling.ts';
import { pinballLoss } from './row-loss.ts';
import { everyRow, scoreLosses, scoreValues } from './scores.ts';

type Vector = ArrayLike<number>;

/**
 * Scores of predicted quantiles: the pinball loss of all, and the scores of the middle one as a prediction of the value.
 * @param repeats predictions, [repeats][rows × quantiles], NaN where a row was not predicted
 * @param among the rows to score; all rows if left out
 */
export function scoreQuantiles(
  target: Vector,
  repeats: readonly Float64Array[],
  levels: readonly number[],
  among: Int32Array = everyRow(target),
  sampling?: Sampling,
): ValueScores {
  const outputs = levels.length;
  const ofRows = (pick: (prediction: Float64Array, row: number) => number) =>
    repeats.map((prediction) =>
      Float64Array.from({ length: target.length }, (_, row) => pick(prediction, row)),
    );
  const middle = ofRows((prediction, row) => prediction[row * outputs + (outputs >> 1)]);
  const losses = ofRows((prediction, row) => pinballLoss(target[row], prediction, row, levels));
  return {
    ...scoreValues(target, middle, among, sampling),
    pinball: scoreLosses(target, losses, among, sampling),
  };
}
