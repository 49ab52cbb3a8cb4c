import type { SourceCell, SourceTable } from '../sources/index.ts';

/** A cell as a CSV has it. */
export const cellText = (cell: SourceCell): string => (cell === null ? '' : String(cell));

/** Where the names of the columns are, for messages. */
export const headerPlace = ({ path, unit }: Pick<SourceTable, 'path' | 'unit'>): string =>
  unit === 'line' ? `${path}, line 1` : path;

/** The index of a column; -1 if the table does not have it. */
export const columnIndex = ({ columns }: Pick<SourceTable, 'columns'>, name: string): number =>
  columns.findIndex((column) => column.name === name);
