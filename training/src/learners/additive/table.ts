import type { Sampling } from '../../sampling/sampling.ts';
import type { Loss } from './family.ts';

/** A table as numbers. */
export interface NumberTable {
  /** [rows][columns]: a number or the index of a category; NaN where missing. */
  x: readonly Float64Array[];
  columns: readonly NumberColumn[];
  /** 0 or 1 for the logistic loss, any number for the squared loss; [rows]. */
  target: ArrayLike<number>;
  loss: Loss;
  /** How rows count and may be split; undefined if all are alike. */
  sampling?: Sampling;
}

export type NumberColumn = { kind: 'numeric' } | { kind: 'category'; categories: number };
