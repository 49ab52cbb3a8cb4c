import pg, { type QueryArrayConfig } from 'pg';
import { inputError } from '../errors.ts';
import { keepPassword, keptPassword } from './address.ts';
import { toCell } from './json/objects.ts';
import { whole } from './parquet/values.ts';
import { rowsHash } from './rows-hash.ts';
import type { Source, SourceCell, SourceColumn, SourceOptions, SourceRow } from './source.ts';

const batchRows = 8192;
const secondsToConnect = 10;

/** Opens a table or a query of a PostgreSQL server, in a transaction that can only read. Rows come by a cursor, batch by batch. */
export async function openPostgres(address: string, options: SourceOptions): Promise<Source> {
  const url = new URL(keepPassword(address));
  const path = shownAddress(url);
  const query = options.query ?? queryOf(path, options.table);
  const client = new pg.Client({
    connectionString: withPassword(url),
    connectionTimeoutMillis: secondsToConnect * 1000,
    types: { getTypeParser: () => (text: string) => text },
    application_name: 'hearth',
  });
  // an error of a connection that is already lost is also that of the query
  client.on('error', () => {});
  const run = (text: string) => orFault(path, () => client.query(extended(text)));
  try {
    await orFault(path, () => client.connect());
    await run('BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY');
    await run("SET LOCAL timezone = 'UTC'");
    await run("SET LOCAL datestyle = 'ISO'");
    await run("SET LOCAL intervalstyle = 'iso_8601'");
    await run('SET LOCAL extra_float_digits = 1');
    await run(`DECLARE hearth NO SCROLL CURSOR FOR ${query}`);
    // no rows: the columns alone
    const { fields } = await run('FETCH 0 FROM hearth');
    const kinds = fields.map(({ dataTypeID }) => kindsByType[dataTypeID] ?? text);
    const columns = fields.map(({ name }, i): SourceColumn => ({ name, declared: kinds[i].declared }));
    const hash = rowsHash(columns.map(({ name }) => name));
    return {
      path,
      unit: 'row',
      columns,
      decimal: '.',
      async *batches() {
        for (let place = 1; ; ) {
          const { rows } = await run(`FETCH ${batchRows} FROM hearth`);
          if (rows.length === 0) break;
          const batch = (rows as (string | null)[][]).map((values): SourceRow => {
            const cells = values.map((value, i) => (value === null ? null : kinds[i].toCell(value)));
            return { place: place++, cells };
          });
          hash.update(batch);
          yield batch;
        }
      },
      sha256: hash.digest,
      notes: [],
      close: () => client.end(),
    };
  } catch (error) {
    await client.end();
    throw error;
  }
}

/** By the extended protocol a text is one statement: a query cannot end the transaction that only reads. */
const extended = (text: string): QueryArrayConfig & { queryMode: 'extended' } => ({
  text,
  rowMode: 'array',
  queryMode: 'extended',
});

interface Kind {
  declared: NonNullable<SourceColumn['declared']>;
  toCell(text: string): SourceCell;
}

const text: Kind = { declared: 'string', toCell: (value) => value };
const integer: Kind = { declared: 'integer', toCell: (value) => whole(BigInt(value)) };
const number: Kind = { declared: 'number', toCell: readNumber };
const boolean: Kind = { declared: 'boolean', toCell: (value) => value === 't' };
const date: Kind = { declared: 'date', toCell: (value) => value };
const time: Kind = { declared: 'datetime', toCell: (value) => value.replace(' ', 'T') };
const instant: Kind = {
  declared: 'datetime',
  toCell: (value) => value.replace(' ', 'T').replace(/\+00$/, 'Z'),
};

const { builtins } = pg.types;
const kindsByType: Record<number, Kind> = {
  [builtins.INT2]: integer,
  [builtins.INT4]: integer,
  [builtins.INT8]: integer,
  [builtins.FLOAT4]: number,
  [builtins.FLOAT8]: number,
  [builtins.NUMERIC]: number,
  [builtins.BOOL]: boolean,
  [builtins.DATE]: date,
  [builtins.TIMESTAMP]: time,
  [builtins.TIMESTAMPTZ]: instant,
};

/** A NUMERIC may be a whole number that float64 does not hold. */
function readNumber(value: string): SourceCell {
  if (/^-?\d{16,}$/.test(value)) return whole(BigInt(value));
  return toCell(Number(value));
}

/** A name may have a schema before it: `clinic.visits`. */
function queryOf(path: string, table: string | undefined): string {
  if (table === undefined)
    throw inputError('BAD_SOURCE', path, 'is a database; name one of its tables: postgres://…?table=NAME');
  const names = table.split('.').map((name) => `"${name.replaceAll('"', '""')}"`);
  return `SELECT * FROM ${names.join('.')}`;
}

function withPassword(url: URL): string {
  const whole = new URL(url);
  whole.password = encodeURIComponent(keptPassword(url) ?? '');
  return whole.href;
}

/** Without parameters that may hold secrets. */
function shownAddress(url: URL): string {
  const shown = new URL(url);
  for (const name of [...shown.searchParams.keys()])
    if (/pass|key/i.test(name)) shown.searchParams.delete(name);
  return shown.href;
}

/** What the server says, or why it cannot be reached. Neither has the password in it. */
async function orFault<T>(path: string, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof pg.DatabaseError)
      throw inputError('BAD_SOURCE', path, `PostgreSQL says: ${error.message}`);
    const { code, errors } = error as NodeJS.ErrnoException & { errors?: NodeJS.ErrnoException[] };
    const why = errors?.[0]?.message ?? (error as Error).message;
    if (/password must be a/.test(why))
      throw inputError('BAD_SOURCE', path, 'the server asks for a password; set PGPASSWORD');
    const known = code !== undefined || /timeout|terminated|SSL|password/i.test(why);
    if (!known) throw error;
    throw inputError('BAD_SOURCE', path, `the server cannot be reached: ${why}`);
  }
}
