import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { createRandom, readSource } from '@hearth/training';
import { postgresPrograms, startPostgres } from '@hearth/training/testing/postgres-server';
import { shopsAsCsv, simulateShops } from '../categories/simulate.ts';
import type { PublicTable } from './tables.ts';

/** Simulated tables, and Titanic in other formats. */
export interface OtherTables {
  tables: PublicTable[];
  /** What cannot be made on this machine, and what is needed for it. */
  missing: string[];
  close(): Promise<void>;
}

/** @param folder of Titanic.csv, and for the files that are made */
export async function makeOtherTables(folder: string): Promise<OtherTables> {
  const titanic = join(folder, 'Titanic.csv');
  writeFileSync(join(folder, 'dates.csv'), salesByDay());
  writeFileSync(join(folder, 'shops.csv'), shopsAsCsv(simulateShops(60_000, 20_000, 5)));
  const tables: PublicTable[] = [
    { name: 'dates', target: 'sales', note: 'simulated: three years of days' },
    { name: 'shops', target: 'y', note: 'simulated: 60,000 rows, 20,000 categories' },
    { name: 'SQLite', file: await writeSqlite(folder, titanic), target: 'Survived' },
  ];
  const missing: string[] = [];
  for (const [writer, place] of Object.entries({
    pandas: 'pandas.parquet',
    DuckDB: 'duckdb.parquet',
    Spark: 'spark',
  })) {
    const file = join(folder, place);
    await rm(file, { recursive: true, force: true });
    const script = join(import.meta.dirname, 'parquet.py');
    const python = process.env.PYTHON ?? 'python3';
    const { status } = spawnSync(python, [script, writer, titanic, file], { timeout: 300_000 });
    if (status === 0) tables.push({ name: `Parquet by ${writer}`, file, target: 'Survived' });
    else missing.push(`Parquet by ${writer}: ${python} does not have it (PYTHON names another one)`);
  }
  const programs = postgresPrograms();
  if (!programs)
    return { tables, missing: [...missing, 'PostgreSQL: Debian’s postgresql'], async close() {} };
  const server = await startPostgres(programs);
  const create = `CREATE TABLE titanic ("Class" text, "Sex" text, "Age" text, "Survived" text)`;
  const copy = `\\copy titanic FROM '${titanic}' CSV HEADER`;
  const loaded = spawnSync('psql', [server.address, '-q', '-c', create, '-c', copy], { encoding: 'utf8' });
  if (loaded.status !== 0) throw new Error(`psql failed: ${loaded.stderr}`);
  tables.push({
    name: 'PostgreSQL',
    file: `${server.address}?table=titanic`,
    target: 'Survived',
  });
  return { tables, missing, close: () => server.stop() };
}

/** Sales that depend on the day of the week and on the season. */
function salesByDay(): string {
  const random = createRandom(7);
  const lines = Array.from({ length: 1096 }, (_, day) => {
    const date = new Date(Date.UTC(2021, 0, 1 + day));
    const season = 20 * Math.sin((2 * Math.PI * day) / 365.25);
    const sales = 100 + season + (date.getUTCDay() === 0 ? -40 : 0) + 10 * random.uniform();
    return `${date.toISOString().slice(0, 10)},${['north', 'south'][day % 2]},${sales.toFixed(1)}`;
  });
  return ['day,region,sales', ...lines, ''].join('\n');
}

async function writeSqlite(folder: string, csv: string): Promise<string> {
  const path = join(folder, 'people.sqlite');
  await rm(path, { force: true });
  const { columns, rows } = await readSource(csv);
  const database = new DatabaseSync(path);
  database.exec(`CREATE TABLE people (${columns.map(({ name }) => `"${name}" TEXT`).join()})`);
  const insert = database.prepare(`INSERT INTO people VALUES (${columns.map(() => '?').join()})`);
  database.exec('BEGIN');
  for (const { cells } of rows) insert.run(...cells.map(String));
  database.exec('COMMIT');
  database.close();
  return path;
}
