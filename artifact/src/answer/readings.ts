import type { Formula } from './formula.ts';
import type { Interval } from './interval.ts';
import { inSet } from './prediction-set.ts';

/** A probability or a value in the target's unit, with its interval if the model has one. */
export interface Reading {
  /** The only output, or the first of several. */
  answer: number;
  /** All of them, if there are several; [outputs]. */
  outputs?: number[];
  /** Of the outcome if the model has one of it, otherwise of the answer. */
  interval?: Interval;
  /** Of the answer, where `interval` is of the outcome. */
  mean?: Interval;
  /** The places of the classes in the prediction set, if the model has one. */
  set?: number[];
}

/** Readings of many rows, in order; [rows]. */
export interface Readings {
  answer: Float64Array;
  /** All outputs, if there are several; [rows × outputs]. */
  outputs?: Float64Array;
  /** The bounds of the interval, if the model has one. */
  low?: Float64Array;
  high?: Float64Array;
  /** The bounds of the interval of the answer, where `low` and `high` are those of the outcome. */
  meanLow?: Float64Array;
  meanHigh?: Float64Array;
  /** 1 for each class in the prediction set, if the model has one; [rows × outputs]. */
  sets?: Uint8Array;
}

/** Room for the readings of so many rows. */
export function roomFor(rows: number, outputs: number, { interval, predictionSet }: Formula): Readings {
  const room = () => new Float64Array(rows);
  return {
    answer: room(),
    ...(outputs > 1 && { outputs: new Float64Array(rows * outputs) }),
    ...(interval && { low: room(), high: room() }),
    ...(interval?.outcome && { meanLow: room(), meanHigh: room() }),
    ...(predictionSet && { sets: new Uint8Array(rows * outputs) }),
  };
}

/** The reading of the first row. */
export function firstReading({ answer, outputs, low, high, meanLow, meanHigh, sets }: Readings): Reading {
  return {
    answer: answer[0],
    ...(outputs && { outputs: Array.from(outputs) }),
    ...(low && high && { interval: { low: low[0], high: high[0] } }),
    ...(meanLow && meanHigh && { mean: { low: meanLow[0], high: meanHigh[0] } }),
    ...(sets && outputs && { set: inSet(sets, outputs.length / answer.length) }),
  };
}
