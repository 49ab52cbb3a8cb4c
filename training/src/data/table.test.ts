import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readPackage } from './package.ts';
import { readTable } from './table.ts';

const committed = join(import.meta.dirname, '../../../data/heart');
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hearth-data-'));
  await cp(committed, folder, { recursive: true });
});
afterEach(() => rm(folder, { recursive: true }));

const read = async () => readTable(await readPackage(join(folder, 'datapackage.json')));
const change = async (to: (csv: string) => string) =>
  writeFile(join(folder, 'heart.csv'), to(await readFile(join(folder, 'heart.csv'), 'utf8')));

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

test('a missing column is named', async () => {
  await change((csv) => csv.replace('age,', 'years,'));
  await expect(read()).rejects.toThrow('heart.csv, line 1: the column "age"');
});

test('a target of one class is refused', async () => {
  await change((csv) => csv.replaceAll(/,[01]\n/g, ',1\n'));
  await expect(read()).rejects.toThrow('every row has the same "disease"');
});

test('a missing target is refused, with its line', async () => {
  await change((csv) => csv.replace(/,0\n/, ',\n'));
  await expect(read()).rejects.toThrow('line 2, column "disease": "" is empty, and a value is required');
});

test('a file that is not there is named', async () => {
  await rm(join(folder, 'heart.csv'));
  await expect(read()).rejects.toThrow('heart.csv: there is no such file');
});
