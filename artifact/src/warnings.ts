import { isNumeric, type Row } from './columns.ts';
import { usedColumns } from './features.ts';
import type { Manifest } from './manifest.ts';
import { pointerTo } from './pointer.ts';
import type { Remark } from './rows.ts';

/** Makes the function that says what a person should know about the answer to a row that has passed the check; `pointer` is where the row stands. */
export function rowWarnings({ columns, features }: Manifest): (row: Row, pointer: string) => Remark[] {
  const used = usedColumns(features);
  const ranges = columns.filter(isNumeric).filter(({ name }) => used.has(name));
  const unused = columns.filter(({ name }) => !used.has(name));
  return (row, pointer) => {
    const warnings: Remark[] = [];
    for (const { name, seen } of ranges) {
      const value = row[name]; // no column has the name of something that every object inherits
      if (typeof value === 'number' && (value < seen.minimum || value > seen.maximum)) {
        const detail = `is outside the range of the training rows, ${seen.minimum} to ${seen.maximum}`;
        warnings.push({ pointer: pointerTo(pointer, name), detail });
      }
    }
    for (const { name } of unused) {
      const value = row[name];
      if (value !== null && value !== undefined)
        warnings.push({ pointer: pointerTo(pointer, name), detail: 'is not used by this model' });
    }
    return warnings;
  };
}
