import { copyFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { gzipSync } from 'node:zlib';
import type { BooleanColumn, CategoryColumn, CheckedColumn, NumericColumn } from '@hearth/artifact';
import { expect, test } from 'vitest';
import { categoryField, linesOf, numberField, useToys } from '../../testing/made-up-package.ts';
import type { SourceCell } from '../sources/index.ts';
import { tableCellReader } from './cells.ts';
import { readPackage } from './package.ts';
import { prepare } from './prepare.ts';
import { readTable } from './table.ts';

const toy = useToys();
const fields = [numberField('score', { missingValues: ['', '9'] }), categoryField('c', ['1', '2', 'true'])];
const rows = Array.from({ length: 40 }, (_, i) => ({
  score: i % 10,
  c: [1, '2', true, null][i % 4],
  y: i % 2,
}));

const expected = rows.map(({ score, c }) => ({
  score: score === 9 ? null : score,
  c: c === null ? null : String(c),
}));

test('a table of JSON is read by its types, and a code for a missing value is one as a number too', async () => {
  const data = await toy({ fields, lines: [], resource: { path: 't.json', format: 'json' } });
  await writeFile(join(dirname(data), 't.json'), JSON.stringify(rows));
  expect((await readTable(await readPackage(data))).inputs).toEqual(expected);
});

test('the table of a database is named in the dialect', async () => {
  const data = await toy({ fields, lines: [], resource: { path: 'a.sqlite', dialect: { table: 'scores' } } });
  const database = new DatabaseSync(join(dirname(data), 'a.sqlite'));
  database.exec('CREATE TABLE other (x); CREATE TABLE scores (score INT, c TEXT, y INT)');
  const insert = database.prepare('INSERT INTO scores VALUES (?, ?, ?)');
  for (const { score, c, y } of rows) insert.run(score, c === null ? null : String(c), y);
  database.close();
  expect((await readTable(await readPackage(data))).inputs).toEqual(expected);
  const address = await toy({ fields, lines: [], resource: { path: 'sqlite:a.sqlite?table=scores' } });
  await copyFile(join(dirname(data), 'a.sqlite'), join(dirname(address), 'a.sqlite'));
  expect((await readTable(await readPackage(address))).inputs).toEqual(expected);
});

test('a table has the encoding, the compression and the dialect that its package says', async () => {
  const dialect = { delimiter: '|', quoteChar: "'", commentChar: '#', header: false, nullSequence: '-' };
  const resource = { path: 't.csv.gz', encoding: 'latin1', compression: 'gz', dialect };
  const named = [numberField('x'), categoryField('c', ['é|', 'b'])];
  const data = await toy({ fields: named, lines: [], resource });
  const lines = linesOf(40, (i) => (i % 2 ? "3|'é|'" : '-|b')).map((line) => line.replace(',', '|'));
  await writeFile(
    join(dirname(data), 't.csv.gz'),
    gzipSync(Buffer.from(`# a comment\n${lines.join('\n')}\n`, 'latin1')),
  );
  const { inputs } = await readTable(await readPackage(data));
  expect(inputs.slice(0, 2)).toEqual([
    { x: null, c: 'b' },
    { x: 3, c: 'é|' },
  ]);
});

test.each([
  ['an encoding', { encoding: 'latin1' }],
  ['a format', { format: 'parquet' }],
  ['a compression', { compression: 'gz' }],
  ['a quote', { dialect: { quoteChar: "'" } }],
])('prepare refuses to write a table with %s of its own', async (_, resource) => {
  const data = await toy({ fields, lines: linesOf(40, () => '1,2'), resource });
  await writeFile(join(dirname(data), 'corrections.json'), '{"from":"t.csv","to":"u.csv","steps":[]}');
  await expect(prepare(await readPackage(data))).rejects.toThrow(
    'resources.0 describes a table that prepare cannot write: it writes CSV in UTF-8',
  );
});

const label = { en: 'x', 'pt-BR': 'x' };
type Checked = CheckedColumn<NumericColumn> | CheckedColumn<BooleanColumn> | CheckedColumn<CategoryColumn>;
const number: CheckedColumn<NumericColumn> = {
  type: 'number',
  minimum: 0,
  maximum: 10,
  required: false,
  missingCodes: ['9'],
};
const integer: Checked = { ...number, type: 'integer' };
test.each<[Checked, SourceCell, unknown]>([
  [number, 2.5, 2.5],
  [number, '2,5', 2.5],
  [number, 9, null],
  [number, null, null],
  [number, 11, { fault: expect.stringContaining('is too large') }],
  [number, Number.POSITIVE_INFINITY, { fault: expect.stringContaining('is not a number') }],
  [number, true, { fault: expect.stringContaining('is not a number') }],
  [integer, 9007199254740993n, { fault: expect.stringContaining('beyond 2^53 - 1') }],
  [integer, 2.5, { fault: expect.stringContaining('is not a whole number') }],
  [{ type: 'boolean', required: false }, true, true],
  [{ type: 'boolean', required: false }, 0, false],
  [{ type: 'category', required: false, categories: [{ value: '1', label }] }, 1, '1'],
])('of the column %o the cell %s is %o', (column, cell, value) => {
  expect(tableCellReader(column, ',')(cell)).toEqual(value);
});

test('a column may have the name of a member of every object', async () => {
  const names = ['constructor', '__proto__', 'toString'];
  const data = await toy({
    fields: names.map((name) => numberField(name)),
    lines: linesOf(40, (i) => `${i % 3},2,3`),
  });
  const { inputs } = await readTable(await readPackage(data));
  expect(Object.entries(inputs[1])).toEqual(names.map((name, i) => [name, i + 1]));
});
