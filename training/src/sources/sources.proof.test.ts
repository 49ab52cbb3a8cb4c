import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { contentOf, exampleColumns, exampleRows } from '../../testing/sources/examples.ts';
import { readSource } from './index.ts';

/*
 * Tables that the real pandas, DuckDB and Spark write, in a Python environment of its own. The files that `npm test` reads are from such a
 * run: testing/sources/recorded. Needs python3-venv, Java and a package registry.
 */
const packages = ['pandas==3.1.1', 'pyarrow', 'duckdb==2.0.1', 'pyspark==3.5.7'];
const folder = mkdtempSync(join(tmpdir(), 'hearth-writers-'));
const python = join(folder, 'python/bin/python');

function run(command: string, ...args: string[]): void {
  const { status, error, stderr } = spawnSync(command, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed: ${error ?? stderr}`);
}

beforeAll(() => {
  run('python3', '-m', 'venv', join(folder, 'python'));
  run(python, '-m', 'pip', 'install', '--quiet', ...packages);
  run(python, join(import.meta.dirname, '../../testing/sources/write-tables.py'), folder);
}, 1_200_000);
afterAll(() => rmSync(folder, { recursive: true }), 120_000);

test.each(['pandas.parquet', 'duckdb.parquet', 'spark'])('%s as it is written now', async (name) => {
  expect(contentOf(await readSource(join(folder, name)))).toEqual({
    columns: exampleColumns,
    rows: exampleRows,
  });
});

test('a folder of CSV by Spark', async () => {
  const { columns, rows } = await readSource(join(folder, 'spark-csv'));
  expect(columns.map(({ name }) => name)).toEqual(Object.keys(exampleColumns).slice(0, -1));
  expect(rows.map(({ cells }) => cells[6]).sort()).toEqual(['', '', 'São Paulo']);
});

test.each(['gzip', 'zstd', 'brotli', 'lz4'])('%s as pandas compresses it now', async (compression) => {
  const { rows } = await readSource(join(folder, `pandas-${compression}.parquet`));
  expect(rows.map(({ cells }) => cells[0])).toEqual(new Array(40).fill('abcabcabcabc'));
});
