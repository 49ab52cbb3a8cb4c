import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { expect, test } from 'vitest';
import { contentOf, exampleColumns, exampleRows } from '../../../testing/sources/examples.ts';
import { useFolder } from '../../../testing/sources/folder.ts';
import { readSource } from '../index.ts';

/** Made by the real pandas, DuckDB and Spark: see `npm run prove -- sources`. */
const recorded = join(import.meta.dirname, '../../../testing/sources/recorded');
const folder = useFolder();

test.each(['pandas.parquet', 'duckdb.parquet', 'spark'])('the cells of %s keep their types', async (name) => {
  expect(contentOf(await readSource(join(recorded, name)))).toEqual({
    columns: exampleColumns,
    rows: exampleRows,
  });
});

test('missing numbers, categories and nanoseconds of pandas are read, and its index is left out', async () => {
  const { columns, rows, notes } = await readSource(join(recorded, 'pandas-plain.parquet'));
  expect(columns.map(({ name }) => name)).toEqual(['x', 'c', 'at']);
  expect(rows.map(({ cells }) => cells)).toEqual([
    [2.5, 'a', '2024-02-29T12:30:00.000000001'],
    [null, null, null],
    [-1, 'b', '1999-01-01T00:00:00'],
  ]);
  expect(notes).toEqual([
    expect.stringContaining('the column "__index_level_0__", an index of pandas, is left'),
  ]);
});

test.each(['gzip', 'zstd', 'brotli', 'lz4'])('%s is decompressed', async (compression) => {
  const { rows } = await readSource(join(recorded, `pandas-${compression}.parquet`));
  expect(rows.every(({ cells }) => cells[0] === 'abcabcabcabc')).toBe(true);
  expect(rows).toHaveLength(40);
});

test('all row groups are read in order', async () => {
  const { rows } = await readSource(join(recorded, 'row-groups.parquet'));
  expect(rows).toEqual(Array.from({ length: 100 }, (_, i) => ({ place: i + 1, cells: [i, 'abc'[i % 3]] })));
});

test('a time of day is text', async () => {
  const path = join(folder(), 't.parquet');
  const bytes = parquetWriteBuffer({
    columnData: [{ name: 't', data: [45_000_500n, null, 0n] }],
    schema: [
      { name: 'root', num_children: 1 },
      { name: 't', type: 'INT64', converted_type: 'TIME_MICROS', repetition_type: 'OPTIONAL' },
    ],
  });
  await writeFile(path, Buffer.from(bytes));
  const { columns, rows } = await readSource(path);
  expect(columns).toEqual([{ name: 't', declared: 'string' }]);
  expect(rows.map(({ cells }) => cells[0])).toEqual(['00:00:45.0005', null, '00:00:00']);
});

test('a damaged file is refused in one line', async () => {
  const bytes = await readFile(join(recorded, 'pandas.parquet'));
  const path = join(folder(), 't.parquet');
  await writeFile(path, bytes.subarray(0, 4000));
  await expect(readSource(path)).rejects.toThrow(
    /^.*t\.parquet: cannot be read as Parquet: [^\n]*; write the file again$/,
  );
  await writeFile(path, 'a,b\n1,2\n');
  await expect(readSource(path)).rejects.toThrow('t.parquet: is not a file of the format parquet');
  await writeFile(path, Buffer.concat([Buffer.from('PAR1'), Buffer.alloc(100), Buffer.from('PAR1')]));
  await expect(readSource(path)).rejects.toThrow('cannot be read as Parquet');
});

test('the parts of a table have the same columns', async () => {
  await writeFile(join(folder(), 'part-0.csv'), 'a,b\n1,2\n');
  await writeFile(join(folder(), 'part-1.csv'), 'a,b\n3,4\n');
  await writeFile(join(folder(), '_SUCCESS'), '');
  const { rows, path, unit } = await readSource(folder());
  expect({ rows, path, unit }).toEqual({
    rows: [
      { place: 1, cells: ['1', '2'] },
      { place: 2, cells: ['3', '4'] },
    ],
    path: folder(),
    unit: 'row',
  });
  await writeFile(join(folder(), 'part-2.csv'), 'a,c\n3,4\n');
  await expect(readSource(folder())).rejects.toThrow(
    'part-2.csv: has the column "c" where the first part has "b"',
  );
});
