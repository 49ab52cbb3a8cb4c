import type { scales } from './targets.ts';

/** How much each column contributed to an answer: base + Σ values is the answer on this scale. */
export interface Contributions {
  scale: (typeof scales)[number];
  /** The output that is explained, if there are several. */
  of?: string;
  base: number;
  /** By column, for every column that the trees use, given or missing. */
  values: Record<string, number>;
}

/** The parts of a prediction that do not depend on the target. */
interface Answer {
  /**
   * Contains, with probability `level`, the outcome (`of`), or where there is no `of` the answer that this row would get if every column
   * were known.
   */
  interval?: { level: number; low: number; high: number; of?: 'outcome' | 'probability' };
  /** Beside the interval of an outcome, that of the answer. */
  mean?: { level: number; low: number; high: number };
  warnings?: { pointer: string; detail: string }[];
  /** Only if `explain` was requested. */
  contributions?: Contributions;
  model: { name: string; version: string };
}

/** The response of `POST /predict` for one row, for a binary target. */
export interface Prediction extends Answer {
  probability: number;
}

/** The same for a numeric target. */
export interface ValuePrediction extends Answer {
  value: number;
}
