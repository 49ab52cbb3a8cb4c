import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tinyArtifact } from '@hearth/artifact/testing';
import { externalFigures } from '@hearth/artifact/testing/external';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openRegistry, type Registry } from './registry.ts';

let folder: string;
let registry: Registry;
let version: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hearth-evaluations-'));
  registry = openRegistry(join(folder, 'tiny'));
  ({ version } = await registry.publish(tinyArtifact()));
});
afterEach(() => rm(folder, { recursive: true }));

const place = () => join(registry.folder, 'evaluations', version.split('-')[1]);
const basel = () => externalFigures({ name: 'Hôpital de Bâle, 2025' });

test('an evaluation is kept beside the version, whose folder and hash stay as they are', async () => {
  const before = await readdir(join(registry.folder, version));
  const path = await registry.addEvaluation(version, basel());
  expect(path).toBe(join(place(), 'hopital-de-bale-2025.json'));
  expect(await readdir(join(registry.folder, version))).toEqual(before);
  expect(await registry.load(version)).toMatchObject({ version });
  const { evaluations, faults } = await registry.evaluations(version);
  expect(faults).toEqual([]);
  expect(evaluations).toMatchObject([{ ...basel(), model: 'tiny', format: 1 }]);
  expect(evaluations[0].version.slice(0, 7)).toBe(version.split('-')[1]);
  expect((await registry.list()).map((each) => each.version)).toEqual([version]);
});

test('an evaluation never replaces another of its name, unless asked to', async () => {
  await registry.addEvaluation(version, basel());
  const again = externalFigures({ name: 'hôpital de bâle  2025', date: '2026-02-02' });
  await expect(registry.addEvaluation(version, again)).rejects.toThrow(
    'hopital-de-bale-2025.json has the evaluation "Hôpital de Bâle, 2025" of 2026-01-31 already; choose another name, or replace it with --replace',
  );
  await registry.addEvaluation(version, again, { replace: true });
  expect((await registry.evaluations(version)).evaluations).toMatchObject([{ date: '2026-02-02' }]);
});

test('a file that is not an evaluation of this version is never replaced', async () => {
  await mkdir(place(), { recursive: true });
  const path = join(place(), 'notes.json');
  await writeFile(path, '{"mine": true}');
  const add = () => registry.addEvaluation(version, externalFigures({ name: 'Notes' }), { replace: true });
  await expect(add()).rejects.toThrow(/notes\.json is not replaced: evaluation check: .*; move it away/);
  expect(await readFile(path, 'utf8')).toBe('{"mine": true}');
});

test.each([
  [
    'a figure that was changed',
    (text: string) => text.replace('"mean": 0.75', '"mean": 0.95'),
    'was changed after',
  ],
  ['a name that was changed', (text: string) => text.replace('Bâle', 'Bern'), 'was changed after'],
  ['a file that was cut short', (text: string) => text.slice(0, 100), 'is not JSON'],
  [
    'a newer format',
    (text: string) => text.replace('"format": 1', '"format": 2'),
    'this Hearth reads up to 1',
  ],
])('%s is a fault, and the others are still read', async (_, change, why) => {
  const path = await registry.addEvaluation(version, basel());
  await registry.addEvaluation(version, externalFigures({ name: 'Bern' }));
  await writeFile(path, change(await readFile(path, 'utf8')));
  const { evaluations, faults } = await registry.evaluations(version);
  expect(evaluations.map(({ name }) => name)).toEqual(['Bern']);
  expect(faults).toEqual([expect.stringContaining(why)]);
  expect(faults[0]).toContain(`hopital-de-bale-2025.json of ${version} cannot be used`);
});

test('an evaluation of another version or under another file name is a fault', async () => {
  const { version: other } = await registry.publish(tinyArtifact((draft) => (draft.engine.seed = 2)));
  const path = await registry.addEvaluation(other, basel());
  await mkdir(place(), { recursive: true });
  await cp(path, join(place(), 'hopital-de-bale-2025.json'));
  await cp(await registry.addEvaluation(version, externalFigures({ name: 'Bern' })), join(place(), 'x.json'));
  const { faults } = await registry.evaluations(version);
  expect(faults).toEqual([
    expect.stringContaining(`is of another version, ${other.split('-')[1]}`),
    expect.stringContaining('x.json is of "Bern", whose file has another name'),
  ]);
});

test('members that only newer code knows are kept in a copy', async () => {
  const newer = { ...basel(), ofNewerCode: { more: [0.2] } };
  await registry.addEvaluation(version, newer);
  const there = openRegistry(join(folder, 'elsewhere'));
  await there.publish(tinyArtifact((draft) => (draft.engine.seed = 2)));
  const { version: same } = await there.publish(tinyArtifact());
  expect(same.split('-')).toEqual(['2', version.split('-')[1]]);
  const copy = () => there.copyEvaluations(same, join(registry.folder, version));
  expect(await copy()).toEqual({ copied: ['Hôpital de Bâle, 2025'], faults: [] });
  expect(await copy()).toEqual({ copied: [], faults: [] });
  const path = join(there.folder, 'evaluations', version.split('-')[1], 'hopital-de-bale-2025.json');
  expect(JSON.parse(await readFile(path, 'utf8'))).toMatchObject(newer);
});

test('a hundred files are read, in the order of their names, and none that is not an evaluation', async () => {
  await registry.addEvaluation(version, basel());
  await writeFile(join(place(), 'notes.txt'), 'mine');
  const others = Array.from({ length: 101 }, (_, i) => `z${100 + i}.json`);
  for (const name of others) await writeFile(join(place(), name), '{}');
  const { evaluations, faults } = await registry.evaluations(version);
  expect(evaluations).toHaveLength(1);
  expect(faults.map((fault) => /z\d+\.json/.exec(fault)?.[0])).toEqual(others.slice(0, 99));
});

test('a copy never replaces what is there', async () => {
  await registry.addEvaluation(version, basel());
  const there = openRegistry(join(folder, 'elsewhere'));
  await there.publish(tinyArtifact());
  await there.addEvaluation(version, externalFigures({ name: basel().name, date: '2020-01-01' }));
  const { copied, faults } = await there.copyEvaluations(version, join(registry.folder, version));
  expect(copied).toEqual([]);
  expect(faults).toEqual([expect.stringMatching(/bale-2025\.json stays as it is: it differs/)]);
  expect((await there.evaluations(version)).evaluations).toMatchObject([{ date: '2020-01-01' }]);
});

test('prune removes the evaluations of what it removes, and nothing that it cannot read', async () => {
  const versions = [version];
  for (const seed of [2, 3, 4]) {
    versions.push((await registry.publish(tinyArtifact((draft) => (draft.engine.seed = seed)))).version);
  }
  for (const each of versions) await registry.addEvaluation(each, basel());
  const [first, second, third] = versions;
  await writeFile(join(registry.folder, 'evaluations', second.split('-')[1], 'mine.json'), '{}');
  const { removed, spared } = await registry.prune(1);
  expect(removed).toEqual([first, third]);
  expect(spared).toEqual([{ version: second, why: expect.stringContaining('mine.json') }]);
  expect((await readdir(join(registry.folder, 'evaluations'))).sort()).toEqual(
    [second, versions[3]].map((each) => each.split('-')[1]).sort(),
  );
});

test('what a killed writer left is removed by the next one', async () => {
  await mkdir(place(), { recursive: true });
  await writeFile(join(place(), '.hearth.0123456789abcdef.tmp'), 'half');
  await registry.addEvaluation(version, basel());
  expect(await readdir(place())).toEqual(['hopital-de-bale-2025.json']);
});
