import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root, useHeartCopy } from '../../testing/heart.ts';
import { readPackage } from './package.ts';
import { missingCells, readTable } from './table.ts';

const folder = useHeartCopy();

const read = async () => readTable(await readPackage(join(folder(), 'datapackage.json')));
const change = async (to: (csv: string) => string) =>
  writeFile(join(folder(), 'heart.csv'), to(await readFile(join(folder(), 'heart.csv'), 'utf8')));

test('the table has typed values, and null where one is missing', async () => {
  const { inputs, target, sha256 } = await read();
  expect(inputs[0]).toEqual({
    age: 63,
    sex: 'male',
    cp: 'typical-angina',
    trestbps: 145,
    chol: 233,
    fbs: 'yes',
    restecg: 'left-ventricular-hypertrophy',
    thalach: 150,
    exang: 'no',
    oldpeak: 2.3,
    slope: 'down',
    ca: 0,
    thal: 'fixed-defect',
  });
  expect(inputs.filter(({ ca }) => ca === null)).toHaveLength(4);
  expect(target.reduce((sum, y) => sum + y, 0)).toBe(139);
  expect(sha256).toMatch(/^[0-9a-f]{64}$/);
});

test('missing cells are counted by column', async () => {
  expect(missingCells(await read())).toEqual({ ca: 4, thal: 2 });
});

test('a table may have a number as its target', async () => {
  const cars = join(root, 'data/cars/datapackage.json');
  const { kind, target } = await readTable(await readPackage(cars));
  expect(kind).toBe('numeric');
  expect(target[0]).toBe(18);
  expect((await read()).kind).toBe('binary');
});

test('five rows are too few', async () => {
  await change((csv) => `${csv.split('\n').slice(0, 6).join('\n')}\n`);
  await expect(read()).rejects.toThrow('has 5 rows; training needs at least 30');
});

test('a class of three rows is too few', async () => {
  let kept = 0;
  await change((csv) => csv.replaceAll(/,1\n/g, () => (kept++ < 3 ? ',1\n' : ',0\n')));
  await expect(read()).rejects.toThrow('has 3 rows with disease = 1; training needs 10 of each');
});

test('a date in a number column is named with its cell', async () => {
  await change((csv) => csv.replace('\n63,', '\n1963-05-01,'));
  await expect(read()).rejects.toThrow(
    'heart.csv, line 2, column "age": "1963-05-01" is a date, not a number; allowed',
  );
});

test('a column without any value is refused', async () => {
  await change((csv) => csv.replaceAll(/^\d+,/gm, ','));
  await expect(read()).rejects.toThrow('no row has a value of "age"; take that out of');
});

test('a column that is given twice is refused', async () => {
  await change((csv) => csv.replace('age,sex', 'age,age'));
  await expect(read()).rejects.toThrow('line 1: column "age" is given more than once');
});

test.each([
  [
    'a target with other values than its enum',
    (text: string) => text.replace(/"enum": \[\s*0,\s*1\s*\]/, '"enum": [1, 2]'),
    'line 2, column "disease": "0" is not',
  ],
  [
    'a subgroup of nothing',
    (text: string) => text.replace('"subgroups": [', '"subgroups": ["ag",'),
    'hearth.subgroups: there is no input "ag"',
  ],
])('%s is refused', async (_, spoil, message) => {
  const path = join(folder(), 'datapackage.json');
  const text = await readFile(path, 'utf8');
  await writeFile(path, spoil(text));
  await expect(read()).rejects.toThrow(message);
});

test('a missing column is named', async () => {
  await change((csv) => csv.replace('age,', 'years,'));
  await expect(read()).rejects.toThrow('heart.csv, line 1: the column "age"');
});

test('a target of one class is refused', async () => {
  await change((csv) => csv.replaceAll(/,[01]\n/g, ',1\n'));
  await expect(read()).rejects.toThrow('every row has the same "disease"');
});

test('a row without a target is left out, and counted', async () => {
  await change((csv) => csv.replace(/,0\n/, ',\n'));
  const { inputs, target, notes } = await read();
  expect([inputs.length, target.length]).toEqual([302, 302]);
  expect(notes).toEqual(['1 row has no value of the target "disease" and is left out.']);
});

test('a file that does not exist is named', async () => {
  await rm(join(folder(), 'heart.csv'));
  await expect(read()).rejects.toThrow('heart.csv: there is no such file');
});

test('a folder instead of a data package is refused, with the file to name', async () => {
  await expect(readPackage(folder())).rejects.toThrow(
    `${folder()}: is a folder; name a file, such as ${join(folder(), 'datapackage.json')}`,
  );
});
