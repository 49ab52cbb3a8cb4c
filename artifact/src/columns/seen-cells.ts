import { type Column, isNumeric } from './columns.ts';
import { kindOf } from './kinds/index.ts';

/** Whether a cell of a column that is given, a number or the index of a level, is like those of the training rows. */
export type SeenCells = (column: number, cell: number) => boolean;

export function seenCells(columns: readonly Column[]): SeenCells {
  const levels = columns.map((column) => kindOf(column).levels(column));
  const known = levels.map((all) =>
    all?.some(({ seen }) => !seen) ? new Set([...all.keys()].filter((i) => all[i].seen)) : undefined,
  );
  const least = Float64Array.from(columns, (column) => (isNumeric(column) ? column.seen.minimum : 0));
  const most = Float64Array.from(columns, (column, i) => {
    if (isNumeric(column)) return column.seen.maximum;
    // where some level is unseen, no cell is within the range, and each is looked up
    return known[i] ? -1 : (levels[i]?.length ?? 0) - 1;
  });
  return (i, cell) => (cell >= least[i] && cell <= most[i]) || known[i]?.has(cell) === true;
}
