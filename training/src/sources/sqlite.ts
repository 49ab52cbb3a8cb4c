import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { inputError } from '../errors.ts';
import { whole } from './parquet/values.ts';
import { rowsHash } from './rows-hash.ts';
import type { Source, SourceCell, SourceColumn, SourceOptions, SourceRow } from './source.ts';

const batchRows = 8192;

/** Opens a table, a view or a query of an SQLite file, which is only read. */
export async function openSqlite(path: string, options: SourceOptions): Promise<Source> {
  const sqlite = process.getBuiltinModule('node:sqlite');
  if (!sqlite)
    throw inputError('BAD_SOURCE', path, 'is an SQLite database; to read one, install Node 22.13 or later');
  const database = new sqlite.DatabaseSync(path, { readOnly: true });
  try {
    const statement = orFault(path, () => database.prepare(queryOf(database, path, options)));
    statement.setReadBigInts(true);
    statement.setReturnArrays(true);
    const columns = statement.columns().map(({ name, type }): SourceColumn => {
      const declared = declaredBy(type);
      return { name, ...(declared && { declared }) };
    });
    const hash = rowsHash(columns.map(({ name }) => name));
    return {
      path,
      unit: 'row',
      columns,
      decimal: '.',
      async *batches() {
        for (const rows of readBatches(path, statement, columns)) {
          hash.update(rows);
          yield rows;
        }
      },
      sha256: hash.digest,
      notes: [],
      close: async () => database.close(),
    };
  } catch (error) {
    database.close();
    throw error;
  }
}

function* readBatches(path: string, statement: StatementSync, columns: readonly SourceColumn[]) {
  // with setReturnArrays
  const values = statement.iterate() as unknown as IterableIterator<unknown[]>;
  let place = 0;
  let rows: SourceRow[] = [];
  for (;;) {
    const next = orFault(path, () => values.next());
    if (next.done) break;
    rows.push({ place: ++place, cells: next.value.map((value, i) => toCell(value, columns[i].declared)) });
    if (rows.length < batchRows) continue;
    yield rows;
    rows = [];
  }
  if (rows.length > 0) yield rows;
}

function toCell(value: unknown, declared: SourceColumn['declared']): SourceCell {
  // SQLite has no booleans: a column that is declared so holds 1 and 0
  if (declared === 'boolean' && (value === 1n || value === 0n)) return value === 1n;
  if (typeof value === 'bigint') return whole(value);
  if (value instanceof Uint8Array) return `\\x${Buffer.from(value).toString('hex')}`;
  return value as SourceCell;
}

/** By the rules of https://www.sqlite.org/datatype3.html, and the names of types that programs write. */
function declaredBy(type: string | null): SourceColumn['declared'] {
  const name = type?.toUpperCase() ?? '';
  if (name.includes('BOOL')) return 'boolean';
  if (/^(DATETIME|TIMESTAMP)/.test(name)) return 'datetime';
  if (name === 'DATE') return 'date';
  if (name.includes('INT')) return 'integer';
  if (/CHAR|CLOB|TEXT/.test(name)) return 'string';
  return /REAL|FLOA|DOUB|NUMERIC|DECIMAL/.test(name) ? 'number' : undefined;
}

function queryOf(database: DatabaseSync, path: string, { table, query }: SourceOptions): string {
  if (query !== undefined) return query;
  const tables = orFault(path, () =>
    database
      .prepare("SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite_%'")
      .all(),
  ).map(({ name }) => String(name));
  const known = tables.length > 0 ? `it has ${tables.slice(0, 10).join(', ')}` : 'it has none';
  const [only, ...others] = table === undefined ? tables : [table];
  if (only === undefined || others.length > 0)
    throw inputError(
      'BAD_SOURCE',
      path,
      `is a database; name one of its tables: sqlite:FILE?table=NAME (${known})`,
    );
  if (!tables.includes(only)) throw inputError('BAD_SOURCE', path, `has no table "${only}"; ${known}`);
  return `SELECT * FROM "${only.replaceAll('"', '""')}"`;
}

/** What SQLite says about a query or a file. */
function orFault<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_SQLITE_ERROR') throw error;
    throw inputError('BAD_SOURCE', path, `SQLite says: ${(error as Error).message}`);
  }
}
