import { isNumeric, seenCells } from './columns.ts';
import type { Inputs } from './features.ts';
import { usedColumns } from './features.ts';
import { pointerTo } from './pointer.ts';
import type { Remark } from './rows.ts';

/** Says what a person should know about the answer to a row whose cells stand at `at`; `pointer` is where the row stands. */
export type CellWarnings = (cells: Float64Array, at: number, pointer: string) => Remark[];

export function cellWarnings({ columns, features }: Inputs): CellWarnings {
  const used = usedColumns(features);
  const isUsed = columns.map(({ name }) => used.has(name));
  const isSeen = seenCells(columns);

  function warningOf(i: number, cell: number): string | undefined {
    if (Number.isNaN(cell)) return undefined;
    if (!isUsed[i]) return 'is not used by this model';
    if (isSeen(i, cell)) return undefined;
    const column = columns[i];
    if (!isNumeric(column)) return 'is a category that no training row has';
    return `is outside the range of the training rows, ${column.seen.minimum} to ${column.seen.maximum}`;
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
