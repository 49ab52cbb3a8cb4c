import { type Column, isNumeric, levelsOf, type Model, type Row, targetKind } from '@hearth/artifact';
import { type CellField, cellReader } from '../data/cells.ts';
import { type Csv, formatCsv } from '../data/csv.ts';
import { fieldTypeOf } from '../data/field-types.ts';
import { listed } from '../data/listed.ts';
import { inputError } from '../errors.ts';
import { didYouMean } from '../suggest.ts';

/** A table with its predictions: the cells as they are in the file, and the predictions as numbers. */
export interface PredictedTable {
  header: string[];
  rows: Record<string, string | number>[];
}

/** The table of `predictRows` as CSV. */
export function predictTable(csv: Csv, model: Model, keep: readonly string[]): string {
  const { header, rows } = predictRows(csv, model, keep);
  return formatCsv(
    header,
    rows.map((row) => Object.fromEntries(header.map((name) => [name, String(row[name])]))),
  );
}

/**
 * The table with the model's answers behind it: `probability` or `value`, and `low` and `high` where the model has an interval.
 * Columns in `keep` and the target are copied unread.
 * @throws InputError naming file, line and column of every cell that the model does not allow, or a column it does not know
 */
export function predictRows(
  { path, header, rows }: Csv,
  model: Model,
  keep: readonly string[],
): PredictedTable {
  const { columns, target, interval } = model.manifest;
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
    const hint = didYouMean(absent, header) || `; it has ${header.join(', ')}`;
    throw inputError('BAD_HEADER', path, `there is no column "${absent}" to keep${hint}`);
  }
  const readers = givenColumns(path, header, columns, [target.name, ...keep]).map(
    (column) => [column.name, cellReader(toField(column))] as const,
  );

  const faults: string[] = [];
  const inputs = rows.map(({ line, cells }) => {
    const entries = readers.map(([name, read]): [string, Row[string]] => {
      const cell = read(cells[name]);
      if ('value' in cell) return [name, cell.value];
      faults.push(`${path}, line ${line}, column "${name}": "${cells[name]}" ${cell.fault}`);
      return [name, null];
    });
    return Object.fromEntries(entries);
  });
  if (faults.length > 0) throw inputError('BAD_CELLS', listed(faults));

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
    const hint = `the model has ${known.join(', ')}; to copy it to the predictions: --keep ${unknown}${didYouMean(unknown, known)}`;
    throw inputError('BAD_HEADER', path, `"${unknown}" is not a column of the model; ${hint}`);
  }
  const absent = columns.find(({ name, required }) => required && !header.includes(name));
  if (absent) throw inputError('BAD_HEADER', path, `the column "${absent.name}" is required`);
  return columns.filter(({ name }) => header.includes(name));
}

/** The column as a field of a data package, whose cells training reads by the same rules. An empty cell is a value not known. */
function toField(column: Column): CellField {
  const { required, missingCodes = [] } = column;
  const limits = isNumeric(column)
    ? { minimum: column.minimum, maximum: column.maximum, enum: column.enum }
    : { enum: levelsOf(column) };
  return {
    type: fieldTypeOf(column),
    missingValues: ['', ...missingCodes],
    constraints: { required, ...limits },
  };
}
