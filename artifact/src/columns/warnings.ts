import type { Inputs } from './features.ts';
import { usedColumns } from './features.ts';
import { kindOf } from './kinds/index.ts';
import { pointerTo } from './pointer.ts';
import type { Remark } from './rows.ts';
import { seenCells } from './seen-cells.ts';

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
