import {
  cp,
  mkdir,
  mkdtemp,
  open,
  readdir,
  readFile,
  rename,
  rm,
  rmdir,
  truncate,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tinyArtifact } from '@hearth/artifact/testing';
import { externalFigures } from '@hearth/artifact/testing/external';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openRegistry, type Registry } from './registry.ts';

vi.mock(import('node:fs/promises'), async (original) => {
  const real = await original();
  return {
    ...real,
    open: vi.fn(real.open),
    readdir: vi.fn(real.readdir as never),
    rename: vi.fn(real.rename),
    rmdir: vi.fn(real.rmdir),
  };
});

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
    `the evaluation hopital-de-bale-2025.json of ${version} cannot be used: evaluation check: hopital-de-bale-2025.json is of another version, ${other.split('-')[1]}`,
    `the evaluation x.json of ${version} cannot be used: evaluation check: x.json is of "Bern", whose file has another name`,
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
  const names = await readdir(place());
  vi.mocked(readdir).mockResolvedValueOnce(names.reverse() as never); // a file system may give them in any order
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
  const path = join(there.folder, 'evaluations', version.split('-')[1], 'hopital-de-bale-2025.json');
  await writeFile(path, 'mine');
  expect(await there.copyEvaluations(version, join(registry.folder, version))).toEqual({
    copied: [],
    faults,
  });
  expect(await readFile(path, 'utf8')).toBe('mine');
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

test('evaluations are in the order of their dates, then of their names', async () => {
  const made = [
    ['Zürich', '2026-01-01'],
    ['Aarau', '2026-01-02'],
    ['Bern', '2026-01-01'],
  ] as const;
  for (const [name, date] of made) await registry.addEvaluation(version, externalFigures({ name, date }));
  const { evaluations } = await registry.evaluations(version);
  expect(evaluations.map(({ name }) => name)).toEqual(['Bern', 'Zürich', 'Aarau']);
});

test('a version with a hundred evaluations takes no other one, but each can be replaced', async () => {
  for (let i = 0; i < 99; i++) {
    await mkdir(place(), { recursive: true });
    await writeFile(join(place(), `z${i}.json`), '{}');
  }
  await registry.addEvaluation(version, basel());
  await expect(registry.addEvaluation(version, externalFigures({ name: 'Bern' }))).rejects.toThrow(
    `${place()} holds 100 evaluations, which is the most for a version`,
  );
  await registry.addEvaluation(version, basel(), { replace: true });
  expect(await readdir(place())).toHaveLength(100);
});

test('a file of more than 1 MiB is a fault', async () => {
  const path = await registry.addEvaluation(version, externalFigures({ name: 'Bern' }));
  await writeFile(path, (await readFile(path, 'utf8')).padEnd(2 ** 20));
  expect(await registry.evaluations(version)).toMatchObject({ evaluations: [{}], faults: [] });
  await truncate(path, 2 ** 20 + 1);
  expect(await registry.evaluations(version)).toEqual({
    evaluations: [],
    faults: [expect.stringContaining('bern.json has 1048577 bytes; at most 1048576 are read')],
  });
});

const broken = () => Object.assign(new Error('EIO: i/o error'), { code: 'EIO' });

test('a file that the disk does not give is a fault for readers, and never replaced', async () => {
  await registry.addEvaluation(version, basel());
  vi.mocked(open).mockRejectedValueOnce(broken());
  expect(await registry.evaluations(version)).toEqual({
    evaluations: [],
    faults: [
      `the evaluation hopital-de-bale-2025.json of ${version} cannot be used: cannot be read: EIO: i/o error`,
    ],
  });
  const real = vi.mocked(open).getMockImplementation();
  vi.mocked(open).mockImplementation(async (path, ...rest) => {
    if (String(path).endsWith('2025.json')) throw broken();
    return real?.(path, ...rest) as ReturnType<typeof open>;
  });
  await expect(registry.addEvaluation(version, basel(), { replace: true })).rejects.toThrow(/^EIO/);
  vi.mocked(open).mockImplementation(real as typeof open);
});

test('a file in the place of their folder holds no evaluations; a folder that cannot be read is an error', async () => {
  await writeFile(join(registry.folder, 'evaluations'), '');
  expect(await registry.evaluations(version)).toEqual({ evaluations: [], faults: [] });
  vi.mocked(readdir).mockRejectedValueOnce(broken());
  await expect(registry.evaluations(version)).rejects.toThrow(/^EIO/);
});

test('an evaluation that cannot be moved to its place leaves no file', async () => {
  vi.mocked(rename).mockRejectedValueOnce(Object.assign(new Error('full'), { code: 'ENOSPC' }));
  await expect(registry.addEvaluation(version, basel())).rejects.toMatchObject({ code: 'NO_SPACE' });
  expect(await readdir(place())).toEqual([]);
});

test('a version without evaluations has none to copy, and nothing is written', async () => {
  const there = openRegistry(join(folder, 'elsewhere'));
  await there.publish(tinyArtifact());
  const before = await readdir(there.folder);
  await mkdir(place(), { recursive: true });
  await writeFile(join(place(), 'mine.json'), '{}');
  expect(await there.copyEvaluations(version, join(registry.folder, version))).toEqual({
    copied: [],
    faults: [expect.stringContaining(`the evaluation mine.json of ${version} cannot be used`)],
  });
  expect(await readdir(there.folder)).toEqual(before);
});

test('the evaluations of content that was published again stay until its last version is removed', async () => {
  await registry.addEvaluation(version, basel());
  await truncate(join(registry.folder, version, 'forest.safetensors'), 1);
  const { version: again } = await registry.publish(tinyArtifact());
  await registry.publish(tinyArtifact((draft) => (draft.engine.seed = 2)));
  expect((await registry.prune(2)).removed).toEqual([version]);
  expect((await registry.evaluations(again)).evaluations).toHaveLength(1);
  expect((await registry.prune(1)).removed).toEqual([again]);
  expect((await registry.evaluations(again)).evaluations).toEqual([]);
});

test('prune leaves other files beside the evaluations, and reports a folder that it cannot remove', async () => {
  await registry.publish(tinyArtifact((draft) => (draft.engine.seed = 2)));
  await registry.addEvaluation(version, basel());
  await writeFile(join(place(), 'notes.txt'), 'mine');
  vi.mocked(rmdir).mockRejectedValueOnce(broken());
  await expect(registry.prune(1)).rejects.toThrow(/^EIO/);
  expect((await registry.prune(1)).removed).toEqual([version]);
  expect(await readdir(place())).toEqual(['notes.txt']);
});
