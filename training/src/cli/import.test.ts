import { existsSync } from 'node:fs';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openRegistry } from '@hearth/artifact/store';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { useCommandLine } from '../../testing/command-line.ts';
import { fixturesIn } from '../../testing/import/compare.ts';

const { hearth, said } = useCommandLine();
const recorded = join(import.meta.dirname, '../../testing/import/recorded');
const fixtures = new Map(fixturesIn(recorded).map((fixture) => [fixture.name, fixture]));
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hearth-import-'));
});
afterEach(() => rm(folder, { recursive: true }));

const importing = (file: string, ...options: string[]) =>
  hearth('import', file, '--models', join(folder, 'models'), ...options);

/** The rows of a fixture as a table with the tool's answers. */
async function answersOf(name: string, change = (answer: number) => answer): Promise<string> {
  const { rows = [], scores = [] } = fixtures.get(name) ?? {};
  const columns = Object.keys(rows[0]);
  const lines = rows.map((row, i) =>
    [...columns.map((column) => row[column] ?? ''), change(scores[i])].join(','),
  );
  const path = join(folder, 'answers.csv');
  await writeFile(path, [[...columns, 'score'].join(','), ...lines].join('\n'));
  return path;
}

test('a model of XGBoost becomes a version that answers as XGBoost; its file is kept beside it', async () => {
  const file = join(recorded, 'xgboost-3.2-logistic-frame.json');
  const answers = await answersOf('xgboost-3.2-logistic-frame');
  expect(await importing(file, '--check', answers, '--model', 'visits', '--classes', 'no,yes')).toBe(0);
  expect(said.printed).toContain('compared with 60 answers of the tool; largest difference: scores 0');
  expect(said.printed).toMatch(
    /next: hearth evaluate 1-\w{7} FILE --as "…" --models \S+\nthen: hearth promote 1-\w{7} --models \S+\n$/,
  );
  const registry = openRegistry(join(folder, 'models/visits'));
  const version = await registry.find('latest');
  const { manifest } = await registry.load(version);
  expect(manifest.target).toMatchObject({ type: 'binary', labels: { 0: { en: 'no' }, 1: { en: 'yes' } } });
  expect(manifest.columns.find(({ name }) => name === 'colour')).toMatchObject({
    type: 'category',
    open: true,
  });
  expect(manifest.data.imported).toMatchObject({ tool: 'XGBoost', version: '3.2.0', rows: 60 });
  const kept = join(registry.folder, 'imported', version.split('-')[1], 'xgboost-3.2-logistic-frame.json');
  expect(await readFile(kept)).toEqual(await readFile(file));
});

test('a table without the target of an imported model is refused with how to name it', async () => {
  const answers = await answersOf('xgboost-3.2-logistic-frame');
  const file = join(recorded, 'xgboost-3.2-logistic-frame.json');
  expect(await importing(file, '--evaluate', answers)).toBe(1);
  expect(said.complained).toMatch(
    /there is no column "target".*; if it has another name: hearth import MODEL --target NAME/,
  );
});

test('with --evaluate the version is scored as evaluate does it; --as alone is refused', async () => {
  const name = 'xgboost-3.2-logistic-frame';
  const file = join(recorded, `${name}.json`);
  const { rows = [] } = fixtures.get(name) ?? {};
  const columns = Object.keys(rows[0]);
  const path = join(folder, 'seen.csv');
  const lines = rows.map((row, i) =>
    [...columns.map((column) => row[column] ?? ''), i % 3 === 0 ? 1 : 0, i].join(),
  );
  await writeFile(path, [[...columns, 'ill', 'visit'].join(), ...lines].join('\n'));
  expect(await importing(file, '--target', 'ill', '--evaluate', path, '--as', 'Basel')).toBe(0);
  expect(said.complained).toContain('not columns of the model, not read: visit');
  expect(said.printed).toMatch(/on "Basel": \d+ of \d+ rows[\s\S]*Brier[\s\S]*next: hearth promote/);
  expect(await importing(file, '--as', 'Basel')).toBe(2);
  expect(said.complained).toContain('--as names the rows of --evaluate');
});

test('a table that cannot be evaluated is refused before anything is published; so is the table of the import', async () => {
  const name = 'lightgbm-4.7-binary-frame';
  const { rows = [] } = fixtures.get(name) ?? {};
  const columns = Object.keys(rows[0]);
  const path = join(folder, 'rows.csv');
  const lines = rows.map((row, i) => [...columns.map((column) => row[column] ?? ''), i % 2].join());
  await writeFile(path, [[...columns, 'ill'].join(), ...lines].join('\n'));
  const file = join(recorded, `${name}.txt`);
  const models = join(folder, 'models');
  expect(await importing(file, '--target', 'ill', '--table', path, '--evaluate', path)).toBe(1);
  expect(said.complained).toMatch(/is the table of the import of lightgbm-4-7-binary-frame; evaluate it on/);
  expect(existsSync(models)).toBe(false);
  const few = join(folder, 'few.csv');
  await writeFile(few, [[...columns, 'ill'].join(), ...lines.slice(0, 12)].join('\n'));
  expect(await importing(file, '--target', 'ill', '--evaluate', few)).toBe(1);
  expect(said.complained).toContain('12 of 12 rows can be evaluated; at least 20 are needed');
  expect(existsSync(models)).toBe(false);

  expect(await importing(file, '--target', 'ill', '--table', path)).toBe(0);
  expect(said.printed).toContain('LightGBM text, LightGBM gbdt, '); // the file names no version of its tool
  expect(await hearth('evaluate', 'latest', path, '--as', 'Basel', '--models', models)).toBe(1);
  expect(said.complained).toMatch(/is the table of the import of 1-\w{7}; evaluate it on rows/);
});

test('nothing is published where an answer of the tool does not come out; the row is printed', async () => {
  const file = join(recorded, 'xgboost-3.2-logistic-frame.json');
  const answers = await answersOf('xgboost-3.2-logistic-frame', (score) => score + 1e-6);
  expect(await importing(file, '--check', answers)).toBe(1);
  expect(said.complained).toMatch(
    /answers row \d+ with the score .* by the tool that made it, and with .* here .*"age"/,
  );
  expect(await openRegistry(join(folder, 'models/xgboost-3-2-logistic-frame')).list()).toEqual([]);
});

test('a table of rows gives the ranges of the training rows and the covers that ONNX does not have', async () => {
  const name = 'onnx-xgboost';
  const { rows = [], outputs = [] } = fixtures.get(name) ?? {};
  const path = join(folder, 'answers.csv');
  const lines = rows.map((row, i) => [...Object.values(row), outputs[i]].join(','));
  await writeFile(path, [[...Object.keys(rows[0]), 'prediction'].join(','), ...lines].join('\n'));
  const file = join(recorded, `${name}.onnx`);
  expect(await importing(file)).toBe(1);
  expect(said.complained).toContain('which is imported only with answers of the tool to compare with');
  expect(await importing(file, '--check', path, '--table', path, '--model', 'visits')).toBe(0);
  const registry = openRegistry(join(folder, 'models/visits'));
  const { manifest } = await registry.load(await registry.find('latest'));
  expect(manifest.data.rows).toBe(60);
  expect(manifest.columns[0]).toMatchObject({ seen: { minimum: expect.any(Number) } });
  expect(manifest.columns[0]).not.toHaveProperty('seen.of');
});

test('files that would have to be executed are refused by name, with what to do', async () => {
  const pickle = join(folder, 'model.json');
  await writeFile(pickle, Buffer.of(0x80, 4, 0x95, 0));
  expect(await importing(pickle)).toBe(1);
  expect(said.complained).toContain('is a Python pickle, which hearth never reads');
  await cp(join(recorded, 'lightgbm-4.7-rf.txt'), join(folder, 'model.rds'));
  expect(await importing(join(folder, 'model.rds'))).toBe(1);
  expect(said.complained).toContain('is an R data file, which hearth never reads');
  await writeFile(pickle, '{"a": 1}');
  expect(await importing(pickle)).toBe(1);
  expect(said.complained).toContain('is not the file of a model that hearth reads: ');
});
