import type { Sampling } from '../../sampling/sampling.ts';
import type { Loss } from './family.ts';

/** A table as numbers. */
export interface NumberTable {
  /** [rows][variables]: a number or the index of a category; NaN where missing. */
  x: readonly Float64Array[];
  /** The variables; each is a column, or one of the parts of a date, which are known together. */
  columns: readonly NumberColumn[];
  /** 0 or 1 for the logistic loss, any number for the squared loss; [rows]. */
  target: ArrayLike<number>;
  loss: Loss;
  /** How rows count and may be split; undefined if all are alike. */
  sampling?: Sampling;
}

export type NumberColumn = ({ kind: 'numeric' } | { kind: 'category'; categories: number }) & {
  /** Index of the column that it belongs to; its own index if left out. */
  owner?: number;
  /** Whether no answer is without it. */
  always?: boolean;
};

/** Indices of the columns without which there is no answer. */
export const alwaysIn = ({ columns }: Pick<NumberTable, 'columns'>): number[] => [
  ...new Set(columns.flatMap(({ owner, always }, i) => (always ? [owner ?? i] : []))),
];

/** Index of the column of each variable. */
export const ownersOf = ({ columns }: Pick<NumberTable, 'columns'>): number[] =>
  columns.map(({ owner }, i) => owner ?? i);

/** Whether there are so many columns that fewer states of knowledge are fitted, and fewer subsets to choose penalties. */
export const isWide = (columns: number): boolean => columns > 40;
