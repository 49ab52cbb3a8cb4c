import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { linesOf, numberField, type Toy, useToys } from '../../testing/made-up-package.ts';
import { readPackage } from './package.ts';
import { prepare } from './prepare.ts';
import { readTable } from './table.ts';

const toy = useToys();
const x = (more: object = {}) => numberField('x', { type: 'number', ...more });
const semicolons: Partial<Toy> = { header: 'x;y', resource: { dialect: { delimiter: ';' } } };
const lines = (cell: (i: number) => string) => linesOf(40, cell).map((line) => line.replace(/,(\d)$/, ';$1'));
const first = async (made: Partial<Toy>) => {
  const data = await readPackage(await toy({ fields: [x()], lines: [], ...made }));
  return (await readTable(data)).inputs[0].x;
};

test('a field with a decimal sign of its own is read by it, whatever the delimiter', async () => {
  const points = lines((i) => `${1 + (i % 5)}.234`);
  expect(await first({ ...semicolons, fields: [x({ decimalChar: '.' })], lines: points })).toBe(1.234);
  await expect(first({ ...semicolons, lines: points })).rejects.toThrow(
    't.csv, line 2, column "x": "1.234" is ambiguous, as its point could separate thousands',
  );
  const commas = lines((i) => `${1 + (i % 5)},234`);
  expect(await first({ ...semicolons, lines: commas })).toBe(1.234);
  expect(await first({ ...semicolons, fields: [x({ decimalChar: ',' })], lines: commas })).toBe(1.234);
});

test('the delimiter of the data package is the one of the table, and is found without it', async () => {
  const table = { header: 'x;y', lines: lines((i) => `${i % 5},5`) };
  expect(await first(table)).toBe(0.5);
  await expect(first({ ...table, resource: { dialect: { delimiter: ',' } } })).rejects.toThrow(
    't.csv, line 2: has 2 cells; the header has 1',
  );
});

test('a table is prepared in the dialect of the data package', async () => {
  const codes = { missingValues: ['', '-9.9'] };
  const path = await toy({ fields: [x(codes)], lines: [], ...semicolons });
  const folder = dirname(path);
  await writeFile(join(folder, 'raw.csv'), `x,y\n${'1.234,0\n.5,1\n"2,5",1\n-9.9,1\n,0\n'.repeat(10)}`);
  await writeFile(join(folder, 'corrections.json'), '{"from":"raw.csv","to":"t.csv","steps":[]}');
  expect(await prepare(await readPackage(path), { force: true })).toMatchObject({ missing: { x: 20 } });
  expect(await readFile(join(folder, 't.csv'), 'utf8')).toBe(
    `x;y\n${'1,234;0\n,5;1\n2,5;1\n-9.9;1\n;0\n'.repeat(10)}`,
  );
});

test('the hash of a table is that of the bytes that were read', async () => {
  const path = await toy({ fields: [x()], lines: linesOf(40, (i) => `${i % 5}`) });
  const { sha256, data } = await readTable(await readPackage(path));
  expect(sha256).toBe(
    createHash('sha256')
      .update(await readFile(data.csv))
      .digest('hex'),
  );
});
