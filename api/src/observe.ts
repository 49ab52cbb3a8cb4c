import type { Model, Readings } from '@hearth/artifact';

/** Rows that were answered: one, or a part of a batch or stream. */
export interface AnsweredRows {
  requestId: string;
  /** The model that answered, with its version. */
  model: Model;
  /** The rows: [rows × columns], as `predictCells` takes them. */
  cells: Float64Array;
  /** The answers: [rows]. */
  readings: Readings;
}

/**
 * Called with all rows that any route answers, before the response is sent. It delays the response, and must not throw. The object and
 * its arrays are reused once it returns: copy what you keep.
 */
export type Observe = (answered: Readonly<AnsweredRows>) => void;

/** Several observers as one. */
export const observeAll =
  (observers: readonly Observe[]): Observe =>
  (answered) => {
    for (const observe of observers) observe(answered);
  };
