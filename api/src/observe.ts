import type { Model, Readings } from '@hearth/artifact';

/** Rows that have been answered: one, or some of a batch or of a stream. */
export interface AnsweredRows {
  requestId: string;
  /** What answered, with its version. */
  model: Model;
  /** The rows: [rows × columns], as `predictCells` takes them. */
  cells: Float64Array;
  /** The answers: [rows]. */
  readings: Readings;
}

/**
 * Is shown what is answered, whichever route asked. It is called before the answer is sent, delays it, and must not throw. All that it is given, the
 * object too, holds until it returns: the memory is used again, and what is to be kept has to be copied.
 */
export type Observe = (answered: Readonly<AnsweredRows>) => void;

/** One observer of several. */
export const observeAll =
  (observers: readonly Observe[]): Observe =>
  (answered) => {
    for (const observe of observers) observe(answered);
  };
