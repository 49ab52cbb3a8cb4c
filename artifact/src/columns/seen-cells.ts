import { type Column, isNumeric } from './columns.ts';
import { levelsOf } from './kinds/index.ts';

/** Whether a cell of a column that is given, a number or the index of a category, is like those of the training rows. */
export type SeenCells = (column: number, cell: number) => boolean;

export function seenCells(columns: readonly Column[]): SeenCells {
  const least = Float64Array.from(columns, (column) => (isNumeric(column) ? column.seen.minimum : 0));
  const most = Float64Array.from(columns, (column) => {
    if (isNumeric(column)) return column.seen.maximum;
    // where some category is unseen, no cell is within the range, and each is looked up
    return 'unseen' in column && column.unseen ? -1 : (levelsOf(column)?.length ?? 0) - 1;
  });
  const known = columns.map((column) => {
    if (!('unseen' in column) || !column.unseen) return undefined;
    const { categories, unseen } = column;
    return new Set([...categories.keys()].filter((i) => !unseen.includes(categories[i].value)));
  });
  return (i, cell) => (cell >= least[i] && cell <= most[i]) || known[i]?.has(cell) === true;
}
