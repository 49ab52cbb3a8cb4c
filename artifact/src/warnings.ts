import { seenRanges } from './columns.ts';
import { usedColumns } from './features.ts';
import type { Manifest } from './manifest.ts';
import { pointerTo } from './pointer.ts';
import type { Remark } from './rows.ts';

/** Says what a person should know about the answer to a row whose cells stand at `at`; `pointer` is where the row stands. */
export type CellWarnings = (cells: Float64Array, at: number, pointer: string) => Remark[];

export function cellWarnings({ columns, features }: Pick<Manifest, 'columns' | 'features'>): CellWarnings {
  const used = usedColumns(features);
  const isUsed = columns.map(({ name }) => used.has(name));
  const { least, most } = seenRanges(columns);

  function warningOf(i: number, cell: number): string | undefined {
    if (Number.isNaN(cell)) return undefined;
    if (!isUsed[i]) return 'is not used by this model';
    if (cell >= least[i] && cell <= most[i]) return undefined;
    return `is outside the range of the training rows, ${least[i]} to ${most[i]}`;
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
