import type { scales } from './targets.ts';

/** What moved an answer: base + Σ values is the answer on the scale. */
export interface Contributions {
  scale: (typeof scales)[number];
  base: number;
  /** By column that the trees look at, also those not given. */
  values: Record<string, number>;
}

/** What an answer to one row has besides the number. */
interface Answer {
  /** Holds, with the chance `level`, the answer that this row would get if every column were known. */
  interval?: { level: number; low: number; high: number };
  warnings?: { pointer: string; detail: string }[];
  /** Asked for by `explain`: base + Σ values is the answer on this scale. */
  contributions?: Contributions;
  model: { name: string; version: string };
}

/** What `POST /predict` answers for one row, for a binary target. */
export interface Prediction extends Answer {
  probability: number;
}

/** What `POST /predict` answers for one row, for a numeric target. */
export interface ValuePrediction extends Answer {
  value: number;
}
