import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openRegistry, type Registry } from '@hearth/artifact/store';
import { tinyArtifact } from '@hearth/artifact/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { useCommandLine } from '../../testing/command-line.ts';
import { heartTable, root } from '../../testing/heart.ts';
import { auc, brier } from '../evaluation/metrics.ts';

const { hearth, said } = useCommandLine();
let folder: string;
let registry: Registry;
let version: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hearth-evaluate-'));
  registry = openRegistry(join(folder, 'models/tiny'));
  ({ version } = await registry.publish(tinyArtifact()));
});
afterEach(() => rm(folder, { recursive: true }));

/** Writes a table, and evaluates the tiny model on it. */
async function evaluate(table: string, ...options: string[]): Promise<number> {
  const path = join(folder, 'basel.csv');
  await writeFile(path, table);
  return hearth('evaluate', 'latest', path, '--models', join(folder, 'models'), '--as', 'Basel', ...options);
}

/** Rows of each combination, with a share of outcomes that the model does not know. */
const rows = Array.from({ length: 40 }, (_, i) => ({
  age: i % 2 ? 40 : 60,
  sex: i % 4 < 2 ? 'male' : 'female',
  disease: i % 3 === 0 ? 1 : 0,
}));
const table = (lines: readonly string[] = []): string =>
  [
    'id,age,sex,disease',
    ...rows.map(({ age, sex, disease }, i) => `${i},${age},${sex},${disease}`),
    ...lines,
  ].join('\n');

test('a version is scored on another table, and the result is shown apart from the cross-validation', async () => {
  expect(await evaluate(table(), '--date', '2026-03-31')).toBe(0);
  const path = join(registry.folder, 'evaluations', version.split('-')[1], 'basel.json');
  expect(said.printed).toContain(`${version} on "Basel": 40 of 40 rows`);
  expect(said.printed).toContain(`written to ${path}`);
  expect(said.complained).toContain('basel.csv, answered as missing: weight');
  expect(said.complained).toContain('not columns of the model, not read: id');

  const target = rows.map(({ disease }) => disease);
  const answers = rows.map(({ age, sex }) => (age < 50 ? 0.1 : 0.3) + (sex === 'male' ? 0.4 : 0.2));
  const { evaluations } = await registry.evaluations(version);
  expect(evaluations).toMatchObject([
    { kind: 'chance', name: 'Basel', date: '2026-03-31', rows: 40, positives: 14, absent: ['weight'] },
  ]);
  const [first] = evaluations;
  if (first.kind !== 'chance') throw new Error('the tiny model answers with a chance');
  const { scores } = first;
  expect(scores.auc.mean).toBeCloseTo(auc(target, answers), 12);
  expect(scores.brier.mean).toBeCloseTo(brier(target, answers), 12);
  expect(scores.calibration?.slope.low).toBeLessThan(scores.calibration?.slope.mean ?? 0);

  const models = ['--models', join(folder, 'models')];
  expect(await hearth('show', 'latest', ...models)).toBe(0);
  expect(said.printed).toMatch(/out of fold[\s\S]*Basel, evaluated 2026-03-31, 40 of 40 rows\n/);
  expect(await hearth('card', 'latest', ...models)).toBe(0);
  expect(said.printed).toMatch(/## Evaluated at other places[\s\S]*### Basel[\s\S]*Calibration slope/);
  expect(said.printed).toContain('evaluated elsewhere on Basel, and nowhere else');
});

test('rows without a target or with a value that is not allowed are left out, counted and named', async () => {
  expect(await evaluate(table(['40,50,male,', '41,500,male,1', '42,50,man,0']))).toBe(0);
  expect(said.printed).toContain('40 of 43 rows');
  expect(said.complained).toContain('left out: 1 rows without the target');
  expect(said.complained).toContain('left out: 2 rows with cells that the model does not allow:');
  expect(said.complained).toMatch(/basel\.csv, line 43, column "age": "500" is too large/);
  expect(said.complained).toMatch(/basel\.csv, line 44, column "sex": "man"/);
  const [{ leftOut }] = (await registry.evaluations(version)).evaluations;
  expect(leftOut).toEqual({ withoutTarget: 1, notAllowed: 2 });
});

test.each([
  [
    'another coding of the target',
    table(['40,50,male,2']),
    /line 42, the target "disease": "2" is not one of the values; allowed: 0, 1/,
  ],
  [
    'no target',
    table().replace('disease', 'illness'),
    /there is no column "disease", the target of the model/,
  ],
  [
    'no column of the model',
    table().replace('age,sex', 'a,b'),
    /no column of the model, which has age, sex, weight/,
  ],
  [
    'few rows',
    table().split('\n').slice(0, 6).join('\n'),
    /5 of 5 rows can be evaluated; at least 20 are needed/,
  ],
  ['one class', table().replaceAll(/1$/gm, '0'), /every row has the same "disease"/],
])('a table with %s is refused, and nothing is written', async (_, text, why) => {
  expect(await evaluate(text)).toBe(1);
  expect(said.complained).toMatch(why);
  expect(await readdir(registry.folder)).not.toContain('evaluations');
});

test('a name is not taken twice, a day has to exist, and a changed file is seen by verify', async () => {
  expect(await evaluate(table())).toBe(0);
  expect(await evaluate(table())).toBe(1);
  expect(said.complained).toMatch(/has the evaluation "Basel" of \d{4}-\d\d-\d\d already; .* --replace/);
  expect(await evaluate(table(), '--replace')).toBe(0);
  expect(await evaluate(table(), '--date', '2026-02-30')).toBe(2);
  const path = join(registry.folder, 'evaluations', version.split('-')[1], 'basel.json');
  await writeFile(path, (await readFile(path, 'utf8')).replace('"positives": 14', '"positives": 15'));
  expect(await hearth('verify', '--models', join(folder, 'models'))).toBe(3);
  expect(said.printed).toContain(`the evaluation basel.json of ${version} cannot be used: hash check:`);
});

test('a target of two texts is read as in the training table', async () => {
  ({ version } = await registry.publish(
    tinyArtifact((draft) => {
      draft.target = { name: 'disease', type: 'binary', labels: { 0: { en: 'no' }, 1: { en: 'yes' } } };
    }),
  ));
  const texts = table().replaceAll(/1$/gm, 'yes').replaceAll(/,0$/gm, ',no');
  expect(await evaluate(texts)).toBe(0);
  expect((await registry.evaluations(version)).evaluations).toMatchObject([{ rows: 40, positives: 14 }]);
  expect(await evaluate(texts.replace('yes', 'maybe'), '--as', 'Bern')).toBe(1);
  expect(said.complained).toContain('allowed too: no, yes');
});

test('publish brings the evaluations of a version along, also to a registry that has the version', async () => {
  expect(await evaluate(table())).toBe(0);
  const there = ['--models', join(folder, 'host')];
  const from = join(registry.folder, version);
  expect(await hearth('publish', from, ...there)).toBe(0);
  expect(said.printed).toContain('with its evaluations "Basel"');
  expect(await evaluate(table(), '--as', 'Bern')).toBe(0);
  expect(await hearth('publish', from, ...there)).toBe(0);
  expect(said.printed).toContain('is the same model; added: its evaluations "Bern"');
  expect(await hearth('publish', from, ...there)).toBe(0);
  expect(said.printed).toContain('nothing was added');
});

test('the training table itself is refused, and its rows in another table are counted', async () => {
  const models = join(folder, 'models');
  await cp(join(root, 'models/heart'), join(models, 'heart'), { recursive: true });
  const evaluateHeart = (csv: string) =>
    hearth('evaluate', 'production', csv, '--as', 'Basel', '--models', models, '--model', 'heart');
  const { csv } = (await heartTable()).data;
  expect(await evaluateHeart(csv)).toBe(1);
  expect(said.complained).toMatch(/is the table that 3-5a9854e was trained on/);
  const [header, ...lines] = (await readFile(csv, 'utf8')).trimEnd().split('\n');
  const others = lines.filter((_, i) => i % 6 === 1).map((line) => line.replace(/^\d+/, '31'));
  const mixed = join(folder, 'mixed.csv');
  await writeFile(mixed, [header, ...lines.filter((_, i) => i % 6 === 0), ...others].join('\n'));
  expect(await evaluateHeart(mixed)).toBe(0);
  expect(said.complained).toContain('warning: 51 rows are training rows of this version too');
});
