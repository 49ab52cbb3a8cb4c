import type { Column } from './columns.ts';
import { type Inputs, usedColumns } from './features.ts';
import { kindOf } from './kinds/index.ts';
import { pointerTo, type Remark } from './rows.ts';

/** Lists what a person should know about the answer to the row whose cells start at `at`; `pointer` points to the row in the request. */
export type CellWarnings = (cells: Float64Array, at: number, pointer: string) => Remark[];

/** @param exposure the column without which an answer is for one unit of it */
export function cellWarnings({ columns, features }: Inputs, exposure?: string): CellWarnings {
  const used = usedColumns(features);
  const isUsed = columns.map(({ name }) => used.has(name));
  const isSeen = seenCells(columns);

  function warningOf(i: number, cell: number): string | undefined {
    if (Number.isNaN(cell)) return columns[i].name === exposure ? forOneUnit : undefined;
    if (!isUsed[i]) return 'is not used by this model';
    if (isSeen(i, cell)) return undefined;
    return kindOf(columns[i]).unseen(columns[i]);
  }

  return (cells, at, pointer) => {
    const warnings: Remark[] = [];
    for (let i = 0; i < columns.length; i++) {
      const detail = warningOf(i, cells[at + i]);
      if (detail) warnings.push({ pointer: pointerTo(pointer, columns[i].name), detail });
    }
    return warnings;
  };
}

const forOneUnit = 'is missing: the answer is the expected count for an exposure of 1';

/** Whether a cell, a number or the index of a level, is in the range or among the levels of the training rows. Not for NaN. */
export type SeenCells = (column: number, cell: number) => boolean;

export function seenCells(columns: readonly Column[]): SeenCells {
  const levels = columns.map((column) => kindOf(column).levels(column));
  const known = levels.map((all) =>
    all?.some(({ seen }) => !seen) ? new Set([...all.keys()].filter((i) => all[i].seen)) : undefined,
  );
  const ranges = columns.map((column) => kindOf(column).range(column)?.seen);
  const least = Float64Array.from(ranges, (range) => range?.minimum ?? 0);
  // if some level is unseen, the range is empty and every cell is looked up
  const most = Float64Array.from(
    ranges,
    (range, i) => range?.maximum ?? (known[i] ? -1 : (levels[i]?.length ?? 0) - 1),
  );
  return (i, cell) => (cell >= least[i] && cell <= most[i]) || known[i]?.has(cell) === true;
}
