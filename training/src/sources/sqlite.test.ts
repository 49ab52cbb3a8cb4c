import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { useFolder } from '../../testing/sources/folder.ts';
import { readSource } from './index.ts';

const folder = useFolder();

function write(sql: string): string {
  const path = join(folder(), 'clinic.db');
  const database = new DatabaseSync(path);
  database.exec(sql);
  database.close();
  return path;
}
const visits = `CREATE TABLE visits (id INTEGER PRIMARY KEY, big BIGINT, x REAL, ok BOOLEAN, c VARCHAR(9), day DATE, at TIMESTAMP, raw BLOB);
  INSERT INTO visits VALUES (1, 9007199254740993, 2.5, 1, 'a', '2024-02-29', '2024-02-29 12:00:00', x'6162'), (2, 3, NULL, 0, '', NULL, NULL, NULL);`;

test('the only table of a file is read, and its cells keep their types', async () => {
  const path = write(visits);
  const { columns, rows } = await readSource(path);
  expect(columns.map(({ name, declared }) => [name, declared])).toEqual([
    ['id', 'integer'],
    ['big', 'integer'],
    ['x', 'number'],
    ['ok', 'boolean'],
    ['c', 'string'],
    ['day', 'date'],
    ['at', 'datetime'],
    ['raw', undefined],
  ]);
  expect(rows).toEqual([
    {
      place: 1,
      cells: [1, 9007199254740993n, 2.5, true, 'a', '2024-02-29', '2024-02-29 12:00:00', '\\x6162'],
    },
    { place: 2, cells: [2, 3, null, false, '', null, null, null] },
  ]);
});

test('a table, a view or a query can be named', async () => {
  const path = write(`${visits} CREATE TABLE "a ""b""" (n INT); INSERT INTO "a ""b""" VALUES (7);
    CREATE VIEW first AS SELECT c FROM visits WHERE id = 1;`);
  const cells = async (where: string, options = {}) =>
    (await readSource(where, options)).rows.map((row) => row.cells);
  expect(await cells(path, { table: 'a "b"' })).toEqual([[7]]);
  expect(await cells(`sqlite:${path}?table=first`)).toEqual([['a']]);
  expect(await cells(path, { query: 'SELECT id * 2 AS twice FROM visits ORDER BY id DESC' })).toEqual([
    [4],
    [2],
  ]);
  await expect(cells(path)).rejects.toThrow(
    /clinic\.db: is a database; name one of its tables: sqlite:FILE\?table=NAME \(it has visits, a "b", first\)/,
  );
  await expect(cells(path, { table: 'visit' })).rejects.toThrow(
    'clinic.db: has no table "visit"; it has visits',
  );
  await expect(cells(path, { query: 'SELECT y FROM visits' })).rejects.toThrow(
    'SQLite says: no such column: y',
  );
  await expect(cells(path, { query: 'SELECT id, id FROM visits' })).rejects.toThrow(
    'clinic.db: the column "id" is given more than once',
  );
});

test('a query cannot change the file, and the hash is that of the rows', async () => {
  const path = write(visits);
  const before = (await readSource(path)).sha256;
  await expect(readSource(path, { query: 'DELETE FROM visits RETURNING id' })).rejects.toThrow(
    'SQLite says: attempt to write a readonly database',
  );
  expect((await readSource(path)).sha256).toBe(before);
  expect((await readSource(path, { query: 'SELECT * FROM visits WHERE id = 1' })).sha256).not.toBe(before);
});
