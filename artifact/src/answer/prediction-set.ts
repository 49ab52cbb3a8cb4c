import * as v from 'valibot';
import { byNumberGiven, byShareGiven, share } from './given.ts';
import { intervalLevel } from './level.ts';

/**
 * The classes that hold the true one with the level: those at least as probable as a threshold, and always the most probable one. The
 * thresholds are quantiles of out-of-fold probabilities of the true class, by the share of the used columns that are given: least
 * ambiguous sets (Sadinle, Lei & Wasserman 2019).
 */
export const PredictionSet = v.strictObject({
  level: v.literal(intervalLevel),
  method: v.string(),
  thresholds: byShareGiven({ least: share }),
});
export type PredictionSet = v.InferOutput<typeof PredictionSet>;

/** Writes 1 for each class in the set of a row, else 0; the row has `given` of the used columns. */
export type SetWriter = (outputs: Float64Array, set: Uint8Array, at: number, given: number) => void;

/** @param classes how many there are @param columns how many the model uses */
export function setWriter({ thresholds }: PredictionSet, classes: number, columns: number): SetWriter {
  const least = byNumberGiven(thresholds, columns).map((each) => each.least);
  return (outputs, set, at, given) => {
    const threshold = least[given];
    let most = at;
    for (let i = at; i < at + classes; i++) {
      if (outputs[i] > outputs[most]) most = i;
      set[i] = outputs[i] >= threshold ? 1 : 0;
    }
    set[most] = 1;
  };
}

/** The places of the classes in the set of a row. */
export function inSet(set: Uint8Array, classes: number, row = 0): number[] {
  const places: number[] = [];
  for (let k = 0; k < classes; k++) if (set[row * classes + k] === 1) places.push(k);
  return places;
}
