import { type Column, didYouMean, type Model, someOf, targetKind, usedColumns } from '@hearth/artifact';
import { cellReader, decimalOf, tableWriter } from '@hearth/artifact/text-table';
import { readColumns } from '../data/cells.ts';
import { type Csv, formatCsv } from '../data/csv.ts';
import { inputError } from '../errors.ts';

/** A table with its predictions: the cells as they are in the file, and the predictions as numbers. */
export interface PredictedTable {
  header: string[];
  rows: Record<string, string | number>[];
}

/** The table of `predictRows` as CSV, with the delimiter and the decimal sign of the file. */
export function predictTable(csv: Csv, model: Model, keep: readonly string[]): string {
  const { header, rows } = predictRows(csv, model, keep);
  const { number } = tableWriter(csv.delimiter);
  const cell = (value: string | number) => (typeof value === 'number' ? number(value) : value);
  return formatCsv(
    header,
    rows.map((row) => Object.fromEntries(header.map((name) => [name, cell(row[name])]))),
    csv.delimiter,
  );
}

/**
 * The table with the model's answers behind it: `probability` or `value`, and `low` and `high` where the model has an interval.
 * Columns in `keep` and the target are copied unread.
 * @throws InputError naming file, line and column of every cell that the model does not allow, or a column it does not know
 */
export function predictRows(csv: Csv, model: Model, keep: readonly string[]): PredictedTable {
  const { path, header, rows, delimiter } = csv;
  const { columns, features, target, interval, timeZone } = model.manifest;
  const used = usedColumns(features);
  const { field: answerName } = targetKind(target);
  const added = interval ? [answerName, 'low', 'high'] : [answerName];
  const taken = added.find((name) => header.includes(name));
  if (taken)
    throw inputError(
      'BAD_HEADER',
      path,
      `there is a column "${taken}" already, which the prediction would replace`,
    );
  const absent = keep.find((name) => !header.includes(name));
  if (absent !== undefined) {
    const hint = didYouMean(absent, header) || `; it has ${someOf(header)}`;
    throw inputError('BAD_HEADER', path, `there is no column "${absent}" to keep${hint}`);
  }
  const given = givenColumns(path, header, columns, [target.name, ...keep]);
  const inputs = readColumns(
    csv,
    given.map((column) => [
      column.name,
      cellReader(column, decimalOf(delimiter), timeZone, used.has(column.name)),
    ]),
  );
  return {
    header: [...header, ...added],
    rows: rows.map(({ cells }, i) => {
      const { answer, interval: bounds } = model.predict(inputs[i]);
      return { ...cells, [answerName]: answer, ...(bounds && { low: bounds.low, high: bounds.high }) };
    }),
  };
}

function givenColumns(
  path: string,
  header: string[],
  columns: readonly Column[],
  copied: string[],
): Column[] {
  const known = columns.map(({ name }) => name);
  const unknown = header.find((name) => !known.includes(name) && !copied.includes(name));
  if (unknown !== undefined) {
    const hint = didYouMean(unknown, known) || `; the model has ${someOf(known)}.`;
    throw inputError(
      'BAD_HEADER',
      path,
      `"${unknown}" is not a column of the model${hint} To copy it to the predictions: --keep ${unknown}`,
    );
  }
  const absent = columns.find(({ name, required }) => required && !header.includes(name));
  if (absent) throw inputError('BAD_HEADER', path, `the column "${absent.name}" is required`);
  return columns.filter(({ name }) => header.includes(name));
}
