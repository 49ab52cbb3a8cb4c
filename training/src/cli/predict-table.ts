import { type Column, type Model, targetKind } from '@hearth/artifact';
import { cellReader, decimalOf, tableWriter } from '@hearth/artifact/text-table';
import { readColumns } from '../data/cells.ts';
import { type Csv, formatCsv } from '../data/csv.ts';
import { inputError } from '../errors.ts';

/**
 * The table as CSV in its own dialect, with the model's answers appended: `probability` or `value`, and `low` and `high` if the model has
 * an interval. Columns in `keep` and the target are copied unchecked.
 * @throws InputError naming file, line and column of every cell that the model does not allow, or a column it does not know
 */
export function predictTable(csv: Csv, model: Model, keep: readonly string[]): string {
  const { path, header, rows, delimiter } = csv;
  const { columns, target, interval } = model.manifest;
  const { field: answerName } = targetKind(target);
  const added = interval ? [answerName, 'low', 'high'] : [answerName];
  const taken = added.find((name) => header.includes(name));
  if (taken)
    throw inputError(
      'BAD_HEADER',
      path,
      `there already is a column "${taken}", which the answers would replace`,
    );
  const given = givenColumns(path, header, columns, [target.name, ...keep]);
  const inputs = readColumns(
    csv,
    given.map((column) => [column.name, cellReader(column, decimalOf(delimiter))]),
  );
  const { number } = tableWriter(delimiter);
  return formatCsv(
    [...header, ...added],
    rows.map(({ cells }, i) => {
      const { answer, interval: bounds } = model.predict(inputs[i]);
      const answers = {
        [answerName]: number(answer),
        ...(bounds && { low: number(bounds.low), high: number(bounds.high) }),
      };
      return { ...cells, ...answers };
    }),
    delimiter,
  );
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
    const hint = `the model has ${known.join(', ')}; to copy it to the answers: --keep ${unknown}`;
    throw inputError('BAD_HEADER', path, `"${unknown}" is not a column of the model; ${hint}`);
  }
  const absent = columns.find(({ name, required }) => required && !header.includes(name));
  if (absent) throw inputError('BAD_HEADER', path, `the column "${absent.name}" is required`);
  return columns.filter(({ name }) => header.includes(name));
}
