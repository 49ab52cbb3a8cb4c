import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root, useHeartCopy } from '../../testing/heart.ts';
import { draftPublishable } from '../pipeline/publishable.ts';
import { readPackage } from './package.ts';
import { prepare } from './prepare.ts';

const folder = useHeartCopy();

const run = async (options?: { force: boolean }) =>
  prepare(await readPackage(join(folder(), 'datapackage.json')), options);

async function edit(file: string, from: string | RegExp, to: string): Promise<void> {
  const text = await readFile(join(folder(), file), 'utf8');
  const changed = text.replace(from, to);
  expect(changed).not.toBe(text);
  await writeFile(join(folder(), file), changed);
}

const rowsOf = (csv: string) => {
  const [header, ...lines] = csv
    .trim()
    .split('\n')
    .map((line) => line.split(','));
  return lines.map((cells) => Object.fromEntries(header.map((name, i) => [name, cells[i]])));
};

test('the committed table is what prepare makes of the published file', async () => {
  const before = await readFile(join(folder(), 'heart.csv'), 'utf8');
  await rm(join(folder(), 'heart.csv'));
  expect(await run()).toMatchObject({ rows: 303, missing: { ca: 4, thal: 2 }, changed: true });
  expect(await readFile(join(folder(), 'heart.csv'), 'utf8')).toBe(before);
  expect((await run()).changed).toBe(false);
});

test.each(['penguins', 'cars'])('the committed table of %s is what prepare makes', async (name) => {
  const other = await mkdtemp(join(tmpdir(), 'hearth-data-'));
  await cp(join(root, 'data', name), other, { recursive: true });
  const made = await prepare(await readPackage(join(other, 'datapackage.json')));
  await rm(other, { recursive: true });
  expect(made.changed).toBe(false);
});

test("the corrected table has the counts of UCI's file", async () => {
  const rows = rowsOf(await readFile(join(folder(), 'heart.csv'), 'utf8'));
  const count = (column: string) => Object.groupBy(rows, (row) => row[column] as string);
  const sizes = (column: string) =>
    Object.fromEntries(Object.entries(count(column)).map(([value, group]) => [value, group?.length]));
  expect(sizes('disease')).toEqual({ 0: 164, 1: 139 });
  expect(sizes('sex')).toEqual({ female: 97, male: 206 });
  expect(sizes('cp')).toEqual({
    'typical-angina': 23,
    'atypical-angina': 50,
    'non-anginal-pain': 86,
    asymptomatic: 144,
  });
  expect(sizes('restecg')).toEqual({
    normal: 151,
    'st-t-abnormality': 4,
    'left-ventricular-hypertrophy': 148,
  });
  expect(sizes('slope')).toEqual({ up: 142, flat: 140, down: 21 });
  expect(sizes('thal')).toEqual({ normal: 166, 'fixed-defect': 18, 'reversible-defect': 117, '': 2 });
  expect(sizes('ca')).toEqual({ 0: 176, 1: 65, 2: 38, 3: 20, '': 4 });
});

test('the repeated patient is there once, and the lost one is back', async () => {
  const rows = rowsOf(await readFile(join(folder(), 'heart.csv'), 'utf8'));
  expect(
    rows.filter(({ age, chol, thalach }) => age === '38' && chol === '175' && thalach === '173'),
  ).toHaveLength(1);
  expect(
    rows.filter(({ age, trestbps, chol }) => age === '60' && trestbps === '158' && chol === '305'),
  ).toMatchObject([{ sex: 'female', cp: 'asymptomatic', thal: 'normal', disease: '1' }]);
});

test('bad cells stop it with file, line, column and value, and nothing is written', async () => {
  const before = await readFile(join(folder(), 'heart.csv'), 'utf8');
  await edit('raw/heart.csv', '37,1,2,130,250', 'thirty,1,2,130,-5');
  const failure = run();
  await expect(failure).rejects.toThrow(
    `raw/heart.csv, line 3, column "age": "thirty" is not a number; allowed: a whole number`,
  );
  await expect(failure).rejects.toThrow(`raw/heart.csv, line 3, column "chol": "-5" is too small; allowed`);
  expect(await readFile(join(folder(), 'heart.csv'), 'utf8')).toBe(before);
});

test('a code that the corrections do not know is named', async () => {
  await edit('raw/heart.csv', '37,1,2,130', '37,1,9,130');
  await expect(run()).rejects.toThrow('line 3, column "cp": "9" is not one of 0, 1, 2, 3');
});

test('a line with a cell too many is named', async () => {
  await edit('raw/heart.csv', '37,1,2,130', '37,1,2,130,1');
  await expect(run()).rejects.toThrow('raw/heart.csv, line 3: has 15 cells; the header has 14');
});

test('a row is dropped only if it is the expected one', async () => {
  await edit('corrections.json', '"drop": 166', '"drop": 167');
  await expect(run()).rejects.toThrow('corrections.json: steps.0: line 167 of');
});

test('a malformed correction is named with its place', async () => {
  await edit('corrections.json', '"recode": "sex"', '"recodes": "sex"');
  await expect(run()).rejects.toThrow(/corrections\.json: steps\.3/);
});

test('a header with a column twice is refused', async () => {
  await edit('raw/heart.csv', 'age,sex', 'age,age');
  await expect(run()).rejects.toThrow('line 1: column "age" is given more than once');
});

test('a data package with a text in an unknown language is refused', async () => {
  await edit('datapackage.json', /"label": \{\s*"en": "Age",/, '"label": {');
  await edit('datapackage.json', /"label": \{\s*"pt-BR": "Idade"/, '"label": {"de": "Alter"');
  await expect(run()).rejects.toThrow('datapackage.json: field "age", hearth.label.de: is not known');
});

test('a table that differs is replaced only with --force', async () => {
  const table = join(folder(), 'heart.csv');
  const made = await readFile(table, 'utf8');
  const byHand = made.replace('63,male', '64,male');
  await writeFile(table, byHand);
  await expect(run()).rejects.toThrow(
    'heart.csv: already exists, and 1 of its lines would change; move it away, or replace it with --force',
  );
  expect(await readFile(table, 'utf8')).toBe(byHand);
  expect((await run({ force: true })).changed).toBe(true);
  expect(await readFile(table, 'utf8')).toBe(made);
});

test('a file that is not a table of these columns is never replaced', async () => {
  const table = join(folder(), 'heart.csv');
  for (const force of [false, true]) {
    await writeFile(table, 'a letter\n');
    await expect(run({ force })).rejects.toThrow('heart.csv: already exists with other columns');
    expect(await readFile(table, 'utf8')).toBe('a letter\n');
  }
  await rm(table);
  await symlink(join(folder(), 'README.md'), table);
  await expect(run({ force: true })).rejects.toThrow('heart.csv: is a link; name the file that it points to');
});

test.each(['raw/heart.csv', './raw/../corrections.json', 'datapackage.json'])(
  'the table never replaces %s, a source of it',
  async (to) => {
    await edit('corrections.json', '"to": "heart.csv"', `"to": "${to}"`);
    const before = await readFile(join(folder(), to), 'utf8');
    await expect(run({ force: true })).rejects.toThrow(/corrections\.json: to: .* is a source of the table/);
    expect(await readFile(join(folder(), to), 'utf8')).toBe(before);
  },
);

test('faults of package, corrections and cells are found in one round', async () => {
  await edit('datapackage.json', '"model": "heart"', '"model": "Heart"');
  await edit('corrections.json', '"drop": 166', '"drop": 167');
  await edit('raw/heart.csv', '37,1,2,130,250', 'thirty,1,9,130,-5');
  const data = join(folder(), 'datapackage.json');
  const { data: described = expect.unreachable(), faults } = await draftPublishable(data);
  const error: Error = await prepare(described, { faults }).then(
    () => expect.unreachable(),
    (reason) => reason,
  );
  expect(error.message.replaceAll(`${folder()}/`, '').split('\n')).toEqual([
    expect.stringMatching(/^datapackage\.json: hearth\.model: /),
    expect.stringMatching(/^corrections\.json: steps\.\d+: line 167 of raw\/heart\.csv is not the row/),
    'raw/heart.csv, line 3, column "cp": "9" is not one of 0, 1, 2, 3',
    expect.stringMatching(/^raw\/heart\.csv, line 3, column "age": "thirty" is not a number; /),
    expect.stringMatching(/^raw\/heart\.csv, line 3, column "chol": "-5" is too small; /),
  ]);
});
