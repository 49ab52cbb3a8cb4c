import { kindOf, type Model, type Readings, seenCells, usedColumns } from '@hearth/artifact';
import type { DecimalSign } from '@hearth/artifact/text-table';
import type { SourceRow } from '../sources/index.ts';
import { rowReader } from './read-rows.ts';

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
  const read = rowReader(
    model.manifest,
    names,
    decimal,
    ({ name, required }) => used.has(name) || required === true,
  );
  const toCells = columns.map((column) => kindOf(column).toCell(column, timeZone));

  return (rows) => {
    const cells = new Float64Array(rows.length * width).fill(Number.NaN);
    const errors = rows.map((row, r): string | undefined => {
      const fault = read(row, (i, value) => {
        cells[r * width + i] = toCells[i](value);
      });
      if (fault !== undefined) cells.fill(Number.NaN, r * width, (r + 1) * width);
      return fault;
    });
    const unseen: number[] = new Array(width).fill(0);
    for (let at = 0; at < cells.length; at++)
      if (!Number.isNaN(cells[at]) && !isSeen(at % width, cells[at])) unseen[at % width]++;
    return { readings: model.predictCells(cells), errors, unseen };
  };
}
