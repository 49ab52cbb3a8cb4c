import type { DecimalSign } from '@hearth/artifact/text-table';

/** A cell as its file holds it: text is not yet converted, a typed cell keeps its type. */
export type RawCell = string | number | bigint | boolean | null;

/** A table before anything is known about it. */
export interface RawTable {
  path: string;
  columns: readonly { name: string /** By a typed format. */; declared?: string }[];
  /** Cells in the order of the columns. */
  rows: readonly { cells: readonly RawCell[] }[];
  /** The decimal sign of numbers that are text. */
  decimal: DecimalSign;
}
