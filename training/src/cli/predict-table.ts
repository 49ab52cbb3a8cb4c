import { type Column, didYouMean, type Model, someOf, targetKind, usedColumns } from '@hearth/artifact';
import { tableWriter } from '@hearth/artifact/text-table';
import { cellText, headerPlace, readColumns, tableCellReader } from '../data/cells.ts';
import { inputError } from '../errors.ts';
import type { SourceTable } from '../sources/index.ts';

/** A table with its predictions: the cells as they are in the file, and the predictions as numbers. */
export interface PredictedTable {
  header: string[];
  rows: Record<string, string | number>[];
}

/** The table of `predictRows` as CSV, with the delimiter and the decimal sign of the file. */
export function predictTable(table: SourceTable, model: Model, keep: readonly string[]): string {
  const { header, rows } = predictRows(table, model, keep);
  const writer = tableWriter(table.delimiter ?? ',');
  const cell = (value: string | number) => (typeof value === 'number' ? writer.number(value) : value);
  const lines = rows.map((row) => writer.line(header.map((name) => cell(row[name]))));
  return writer.header(header) + lines.join('');
}

/**
 * The table with the model's answers behind it: `probability` or `value`, and `low` and `high` where the model has an interval. If a
 * column of the table has such a name, all of them begin with `predicted_`.
 * Columns in `keep` and the target are copied unread.
 * @throws InputError naming file, line and column of every cell that the model does not allow, or a column it does not know
 */
export function predictRows(table: SourceTable, model: Model, keep: readonly string[]): PredictedTable {
  const { rows, decimal } = table;
  const path = headerPlace(table);
  const header = table.columns.map(({ name }) => name);
  const { columns, features, target, interval, timeZone } = model.manifest;
  const used = usedColumns(features);
  const { field: answerName } = targetKind(target);
  const plain = interval ? [answerName, 'low', 'high'] : [answerName];
  const own = new Set([...columns.map(({ name }) => name), target.name, ...keep]);
  const isPlain = !plain.some((name) => own.has(name) && header.includes(name));
  const added = isPlain ? plain : plain.map((name) => `predicted_${name}`);
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
    table,
    given.map((column) => [column.name, tableCellReader(column, decimal, timeZone, used.has(column.name))]),
  );
  return {
    header: [...header, ...added],
    rows: rows.map(({ cells }, i) => {
      const { answer, interval: bounds } = model.predict(inputs[i]);
      const copied = Object.fromEntries(header.map((name, j) => [name, cellText(cells[j])]));
      const numbers = bounds ? [answer, bounds.low, bounds.high] : [answer];
      return { ...copied, ...Object.fromEntries(added.map((name, k) => [name, numbers[k]])) };
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
