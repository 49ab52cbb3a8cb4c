import { kindOf, type Model, printable, type Readings, seenCells, usedColumns } from '@hearth/artifact';
import { type DecimalSign, isFault } from '@hearth/artifact/text-table';
import { tableCellReader } from '../data/cells.ts';
import { cellText } from '../data/places.ts';
import type { SourceRow } from '../sources/index.ts';

/** The answers to some rows. */
export interface RowAnswers {
  /** Those of a row with an error mean nothing. */
  readings: Readings;
  /** What is wrong with a row, undefined where it is answered; [rows]. */
  errors: (string | undefined)[];
  /** In how many rows each column of the model has a value that no training row has; [columns]. */
  unseen: number[];
}

/**
 * Makes the function that answers rows of a file.
 * @param names of the file's columns, in the order of its cells
 * @param decimal of the file's texts
 */
export function rowAnswerer(
  model: Model,
  names: readonly string[],
  decimal: DecimalSign,
): (rows: readonly SourceRow[]) => RowAnswers {
  const { columns, features, timeZone } = model.manifest;
  const used = usedColumns(features);
  const width = columns.length;
  const isSeen = seenCells(columns);
  const places = new Map(names.map((name, at) => [name, at]));
  // in the order of the file, as people read its faults
  const readers = columns.flatMap((column, i) => {
    const at = places.get(column.name);
    // the values of other columns change nothing
    if (at === undefined || (!used.has(column.name) && !column.required)) return [];
    const read = tableCellReader(column, decimal, timeZone, used.has(column.name));
    return [{ name: column.name, at, i, read, toCell: kindOf(column).toCell(column, timeZone) }];
  });
  readers.sort((a, b) => a.at - b.at);

  return (rows) => {
    const cells = new Float64Array(rows.length * width).fill(Number.NaN);
    const errors = rows.map((row, r): string | undefined => {
      if (row.fault !== undefined) return row.fault;
      const faults: string[] = [];
      for (const { name, at, i, read, toCell } of readers) {
        const cell = row.cells[at] ?? null;
        const value = read(cell);
        if (isFault(value))
          faults.push(`column "${name}": "${printable(cellText(cell), 60)}" ${value.fault}`);
        else if (value !== null) cells[r * width + i] = toCell(value);
      }
      if (faults.length === 0) return undefined;
      cells.fill(Number.NaN, r * width, (r + 1) * width);
      return faults.join(' | ');
    });
    const unseen: number[] = new Array(width).fill(0);
    for (const { i } of readers)
      for (let at = i; at < cells.length; at += width)
        if (!Number.isNaN(cells[at]) && !isSeen(i, cells[at])) unseen[i]++;
    return { readings: model.predictCells(cells), errors, unseen };
  };
}
