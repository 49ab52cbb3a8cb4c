import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { rowCheck } from '@hearth/artifact';
import { expect, test } from 'vitest';
import { categoryField, linesOf, numberField, type Toy, useToys } from '../../testing/made-up-package.ts';
import { describeColumns } from './columns.ts';
import { readPackage } from './package.ts';
import { readTable } from './table.ts';
import { tableWarnings } from './warnings.ts';

const toy = useToys();
const read = async (made: Toy) => readTable(await readPackage(await toy(made)));

/** Forty rows; `score` is 9, written in several ways, in a quarter of them. */
const coded = ['9', '9.0', ' 9 ', '0.9e1'];
const lines = linesOf(40, (i) =>
  i % 4 === 0 ? `${coded[(i / 4) % 4]},c` : `${i % 7},${i % 3 ? 'a' : 'NR'}`,
);
const fields = [numberField('score'), categoryField('c', ['a', 'b', 'c'])];

test('a code of the table is a value that is not known, however the number is written', async () => {
  const table = await read({ fields, lines, schema: { missingValues: ['', '9', 'NR'] } });
  expect(table.inputs.filter(({ score }) => score === null)).toHaveLength(10);
  expect(table.inputs.filter(({ c }) => c === null)).toHaveLength(10);
  const [score, c] = describeColumns(table);
  expect(score).toMatchObject({ missingCodes: ['9', 'NR'], seen: { minimum: 0, maximum: 6 } });
  expect(c).toMatchObject({ missingCodes: ['9', 'NR'], unseen: ['b'] });
  expect(rowCheck([score, c])({ score: 9, c: 'NR' }, '')).toEqual([]);
});

test('a field has its own codes instead of those of the table, with labels or without', async () => {
  const own = [
    numberField('score', { missingValues: [{ value: '9', label: 'refused' }, ''] }),
    categoryField('c', ['a', 'b', 'c'], { missingValues: ['', 'NR'] }),
  ];
  const table = await read({ fields: own, lines, schema: { missingValues: [{ value: '-1' }] } });
  expect(table.inputs.filter(({ score }) => score === null)).toHaveLength(10);
  expect(describeColumns(table).map(({ missingCodes }) => missingCodes)).toEqual([['9'], ['NR']]);
});

test('without codes a column says nothing of them, so that its model stays the same', async () => {
  const table = await read({ fields, lines: linesOf(40, (i) => `${i % 7},${'abc'[i % 3]}`) });
  for (const column of describeColumns(table)) {
    expect(column).not.toHaveProperty('missingCodes');
    expect(column).not.toHaveProperty('unseen');
    expect(column).not.toHaveProperty('enum');
  }
  expect(tableWarnings(table)).toEqual([]);
});

test('a value that has to be known cannot be a code', async () => {
  const required = [
    numberField('score', { constraints: { required: true, minimum: 0, maximum: 10 } }),
    fields[1],
  ];
  await expect(read({ fields: required, lines, schema: { missingValues: ['9', 'NR'] } })).rejects.toThrow(
    't.csv, line 2, column "score": "9" is missing, but required',
  );
});

test('the values of a whole number are those that are listed, and a model knows them', async () => {
  const listed = [numberField('score', { constraints: { minimum: 1, maximum: 5, enum: [1, 3, 5] } })];
  const right = await read({ fields: listed, lines: linesOf(40, (i) => `${[1, 3][i % 2]}`) });
  expect(describeColumns(right)[0]).toMatchObject({ enum: [1, 3, 5], minimum: 1, maximum: 5 });
  await expect(read({ fields: listed, lines: linesOf(40, (i) => `${1 + (i % 2)}`) })).rejects.toThrow(
    'line 3, column "score": "2" is not one of the values; allowed: 1, 3, 5',
  );
});

test('a whole number that cannot be told from its neighbours is refused, with its place', async () => {
  const limits = { constraints: { minimum: 0, maximum: 9007199254741100 } };
  const wide = linesOf(40, (i) => `${9007199254740990n + BigInt(i)}`);
  await expect(read({ fields: [numberField('x', limits)], lines: wide })).rejects.toThrow(
    't.csv, line 4, column "x": "9007199254740992" is a whole number beyond 2^53 - 1',
  );
  const number = { ...limits, type: 'number' };
  expect((await read({ fields: [numberField('x', number)], lines: wide })).inputs).toHaveLength(40);
});

test('a number that is too large for one is refused, with its place', async () => {
  await expect(
    read({ fields: [numberField('x', { type: 'number' })], lines: linesOf(40, () => '1e999') }),
  ).rejects.toThrow('line 2, column "x": "1e999" is too large for a number');
});

test('a category in no row is warned of', async () => {
  const table = await read({ fields, lines, schema: { missingValues: ['', '9', 'NR'] } });
  expect(tableWarnings(table)).toContain(
    'The column "c" is b in no row: a model can learn nothing about that.',
  );
});

test('a table that is not UTF-8 is read as Windows-1252, with a word, or as its package says', async () => {
  const fields = [categoryField('c', ['São Paulo', 'Rio'])];
  const made = { fields, lines: linesOf(40, () => 'São Paulo') };
  const withLatin = async (resource?: object) => {
    const path = await toy({ ...made, resource: { ...resource } });
    const csv = join(path, '../t.csv');
    await writeFile(csv, Buffer.from(await readFile(csv, 'utf8'), 'latin1'));
    return readTable(await readPackage(path));
  };
  const { inputs, notes } = await withLatin();
  expect(inputs[0].c).toBe('São Paulo');
  expect(notes).toEqual([
    expect.stringContaining('t.csv is not UTF-8 and was read as Windows-1252 (Latin-1).'),
  ]);
  expect((await withLatin({ encoding: 'iso-8859-1' })).notes).toEqual([]);
  await expect(withLatin({ encoding: 'utf-8' })).rejects.toThrow(
    't.csv: is not UTF-8 throughout, which its encoding says (utf-8); name it with',
  );
});
