import type { Column, Manifest } from '@hearth/artifact';
import { inputError } from '../errors.ts';
import { listed } from '../listed.ts';
import { binsOf } from '../pipeline/describe-data.ts';
import { tableRowReader } from '../predict/read-rows.ts';
import type { SourceTable } from '../sources/index.ts';
import { type Described, describeByFile, type Names } from './describe.ts';
import type { Imported } from './imported.ts';

/** Describes a model by its file and by the rows of a table, which need no target. @throws InputError for cells that the columns do not allow */
export function describeByTable(imported: Imported, source: SourceTable, names: Names): Described {
  const byFile = describeByFile(imported, names, { name: source.path, sha256: source.sha256 });
  const { description } = byFile;
  const rows = rowsOf(source, description);
  const columns = description.columns.map((column) => seenIn(column, rows));
  const missing = columns.flatMap(({ name }): [string, number][] => {
    const count = rows.filter((row) => (row[name] ?? null) === null).length;
    return count > 0 ? [[name, count]] : [];
  });
  const given = columns.filter(({ name }) => rows.some((row) => (row[name] ?? null) !== null));
  return {
    ...byFile,
    description: {
      ...description,
      columns,
      data: {
        ...description.data,
        rows: rows.length,
        ...(missing.length > 0 && { missing: Object.fromEntries(missing) }),
        bins: given.map((column) => binsOf(column, rows)),
      },
    },
    rows,
  };
}

/** The rows of a table as those of these columns. @throws InputError of all faults */
export function rowsOf(source: SourceTable, { columns }: Pick<Manifest, 'columns'>) {
  const header = source.columns.map(({ name }) => name);
  const absent = columns.find(({ name }) => !header.includes(name));
  if (absent) throw inputError('UNKNOWN_COLUMN', source.path, absent.name, header.slice(0, 10).join(', '));
  const read = tableRowReader(source, { columns, features: columns.map(({ name }) => ({ column: name })) });
  const all = source.rows.map(read);
  const faults = all.flatMap(({ fault }) => fault ?? []);
  if (faults.length > 0) throw inputError('BAD_CELLS', listed(faults));
  return all.map(({ row }) => row);
}

function seenIn(column: Column, rows: ReturnType<typeof rowsOf>): Column {
  if (column.type !== 'number' && column.type !== 'integer') return column;
  let [minimum, maximum] = [Infinity, -Infinity];
  for (const row of rows) {
    const value = row[column.name];
    if (typeof value !== 'number') continue;
    minimum = Math.min(minimum, value);
    maximum = Math.max(maximum, value);
  }
  return minimum > maximum ? column : { ...column, seen: { minimum, maximum } };
}
