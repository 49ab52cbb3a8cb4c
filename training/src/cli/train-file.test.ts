import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readArtifact } from '@hearth/artifact/store';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { useCommandLine } from '../../testing/command-line.ts';
import { createDesign } from '../design.ts';

vi.mock(import('../evaluation/fold-threads.ts'), async (original) => {
  const real = await original();
  return { ...real, threadPool: ({ table, columns }) => real.singleThreadPool(createDesign(table, columns)) };
});

const { hearth, said } = useCommandLine();
const quick = ['--engine', 'boosted', '--folds', '2', '--repeats', '1'];
const there = process.cwd();
let folder: string;

/** 80 rows as R writes them: an id, numbers, categories, missing values, and a target that depends on both. */
const lines = Array.from({ length: 80 }, (_, i) => {
  const age = i % 9 === 0 ? 'NA' : String(20 + ((i * 7) % 50));
  const survived = i % 8 === 0 ? '' : (i * 7) % 50 > 25 || i % 3 === 0 ? 'Yes' : 'No';
  return `${i + 1},${age},${['male', 'female', 'child'][i % 3]},${survived}`;
});

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hearth-file-'));
  process.chdir(folder);
  await writeFile('Trip 1.csv', ['Id,Age,"Who is it",Survived', ...lines, ''].join('\n'));
});
afterEach(async () => {
  process.chdir(there);
  await rm(folder, { recursive: true });
});

test('train FILE --target prints what it infers, trains, and names the next two commands', async () => {
  expect(await hearth('train', 'Trip 1.csv', '--target', 'Survived', ...quick)).toBe(0);
  expect(said.printed).toContain(
    'Trip 1.csv: 80 rows, 4 columns\ntarget "Survived": the probability of "Yes" (by its name), in 46 of 70 rows; the other value is "No"; 10 rows without it are left out\n',
  );
  expect(said.printed).toContain('Age        whole numbers, 20 to 69            9 ("NA")\n');
  expect(said.printed).toContain('left out:\n  Id  an id: 80 different values in 80 rows\n');
  expect(said.printed).toMatch(
    /next: hearth publish \.hearth\/trip-1\/artifact\nthen: hearth promote latest --model trip-1\n$/,
  );
  expect(said.complained).toContain('10 rows have no value of the target "Survived" and are left out.');
  const { manifest } = await readArtifact('.hearth/trip-1/artifact');
  expect(manifest.columns.map(({ name }) => name)).toEqual(['Age', 'Who is it']);
  expect(manifest.target).toMatchObject({ type: 'binary', labels: { 1: { en: 'Yes' } } });
  expect(manifest.data.rows).toBe(70);
  expect((await readdir('.')).sort()).toEqual(['.hearth', 'Trip 1.csv']);
});

test('train replaces what it wrote about a file, and nothing of another', async () => {
  await hearth('train', 'Trip 1.csv', '--target', 'Survived', ...quick);
  await writeFile('.hearth/trip-1/report.html', 'mine');
  expect(await hearth('train', 'Trip 1.csv', '--target', 'Survived', ...quick)).toBe(1);
  expect(await readFile('.hearth/trip-1/report.html', 'utf8')).toBe('mine');
});

test('init writes a data package that trains the same model, and never replaces one', async () => {
  expect(await hearth('init', 'Trip 1.csv', '--target', 'Survived', '--out', 'trip')).toBe(0);
  expect(said.printed).toMatch(
    /written: trip\/datapackage\.json; edit it, then: hearth train --data trip\/data/,
  );
  expect(JSON.parse(await readFile('trip/datapackage.json', 'utf8'))).toEqual({
    name: 'trip-1',
    resources: [
      {
        name: 'trip-1',
        path: '../Trip 1.csv',
        description: 'Left out: Id (an id: 80 different values in 80 rows)',
        schema: {
          fields: [
            { name: 'Age', type: 'number', missingValues: ['', 'NA'] },
            { name: 'Who is it', type: 'string' },
            { name: 'Survived', type: 'string' },
          ],
        },
      },
    ],
    hearth: { model: 'trip-1', target: 'Survived', positive: 'Yes' },
  });
  await hearth('train', 'Trip 1.csv', '--target', 'Survived', ...quick);
  await hearth('train', '--data', 'trip/datapackage.json', ...quick);
  const [ofFile, ofPackage] = await Promise.all(
    ['.hearth/trip-1/artifact', '.hearth/artifact'].map(readArtifact),
  );
  expect(ofPackage.sha256).toBe(ofFile.sha256);
  expect(await hearth('init', 'Trip 1.csv', '--target', 'Age', '--out', 'trip')).toBe(1);
  expect(said.complained).toContain('trip/datapackage.json: already exists');
});

test.each([
  [['train', 'Trip 1.csv'], 2, 'name the column to predict: --target COLUMN'],
  [['train'], 2, 'name a table: hearth train FILE --target COLUMN'],
  [['train', '--target', 'Survived'], 2, '--target belongs to a file: hearth train FILE --target COLUMN'],
  [['train', 'Trip 1.csv', '--target', 'survived'], 1, 'did you mean "Survived"?'],
  [['init', 'Trip 1.csv', '--target', 'Id', '--leave-out', 'Age,Name'], 1, 'has no column "Name"'],
  [['try', 'Trip 1.csv'], 2, 'name the column to predict: --target COLUMN'],
  [['train', 'trip.csv', '--target', 'y'], 1, 'trip.csv: there is no such file'],
  [['init', 'Trip 1.csv', '--target', 'Age', '--out', 'a/datapackage.json'], 2, 'It takes a folder'],
  [['train', 'Trip 1.csv', '--target', 'Survived', '--positive', 'yes'], 1, '--positive takes "No" or "Yes"'],
  [['train', 'Trip 1.csv', '--target', 'Survived', '--folds', '1'], 2, 'a whole number from 2'],
])('%j ends with %i: %s', async (args, code, message) => {
  expect(await hearth(...args)).toBe(code);
  expect(said.complained).toContain(message);
  expect(await readdir('.')).toEqual(['Trip 1.csv']);
});
