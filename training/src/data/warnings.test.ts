import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { readPackage } from './package.ts';
import { readTable, type Table } from './table.ts';
import { tableWarnings } from './warnings.ts';

const folder = join(import.meta.dirname, '../../../data');
const read = async (name: string) => readTable(await readPackage(join(folder, name, 'datapackage.json')));
let table: Table;

beforeEach(async () => {
  table = await read('heart');
});

test.each(['heart', 'penguins', 'cars'])('the table %s has nothing to warn of', async (name) => {
  expect(tableWarnings(await read(name))).toEqual([]);
});

test('a constant column is named', () => {
  for (const row of table.inputs) row.fbs = 'no';
  expect(tableWarnings(table)).toEqual(['The column "fbs" is always no: a model can learn nothing from it.']);
});

test('a column that is mostly missing is named, and one that is half there is not', () => {
  for (const [i, row] of table.inputs.entries()) if (i > 100) row.chol = null;
  for (const [i, row] of table.inputs.entries()) if (i % 2 === 0 && i > 0) row.thalach = null;
  expect(tableWarnings(table)).toEqual(['The column "chol" is missing in 202 of 303 rows.']);
});

test.each([
  ['a copy of the target', (y: number) => y],
  ['its opposite', (y: number) => 1 - y],
])('%s in a number column is called a leak', (_, copy) => {
  for (const [i, row] of table.inputs.entries()) row.ca = copy(table.target[i]);
  expect(tableWarnings(table)).toEqual([
    expect.stringMatching(/"ca" alone predicts "disease".*AUC 1\.000.*copy/),
  ]);
});

test('a copy of the target in a category column is called a leak, also with missing cells', () => {
  for (const [i, row] of table.inputs.entries())
    row.thal = i % 3 === 0 ? null : table.target[i] ? 'normal' : 'fixed-defect';
  expect(tableWarnings(table)).toEqual([
    'The column "thal" is reversible-defect in no row: a model can learn nothing about that.',
    expect.stringContaining('"thal" alone predicts "disease"'),
  ]);
});

test('a numeric target in another unit has the alias a leak', async () => {
  const cars = await read('cars');
  for (const [i, row] of cars.inputs.entries()) row.acceleration = -0.4251 * cars.target[i];
  expect(tableWarnings(cars)).toEqual([
    expect.stringMatching(/"acceleration" alone predicts "mpg".*correlation 1\.000/),
  ]);
});

test('rows that stand twice are counted, the first of them with its double', () => {
  table.inputs.push(table.inputs[4], table.inputs[7]);
  table.target = Float64Array.from([...table.target, table.target[4], table.target[7]]);
  expect(tableWarnings(table)).toEqual([
    '2 rows repeat an earlier row exactly (row 304 equals row 5): scores may look better than they are.',
  ]);
});

test('the same findings with another outcome are another row', () => {
  table.inputs.push(table.inputs[4]);
  table.target = Float64Array.from([...table.target, 1 - table.target[4]]);
  expect(tableWarnings(table)).toEqual([]);
});

test('rows of a designed experiment repeat by nature', async () => {
  const cars = await read('cars');
  const repeated = (different: number) => {
    const inputs = cars.inputs.map((_, i) => cars.inputs[i % different]);
    const target = Float64Array.from(cars.target.keys()).fill(0, different, different + 1);
    return tableWarnings({ ...cars, inputs, target }).filter((warning) => warning.includes('repeats'));
  };
  expect(repeated(12)).toEqual([]);
  expect(repeated(200)).toEqual([expect.stringContaining('1 row repeats an earlier row exactly')]);
});
