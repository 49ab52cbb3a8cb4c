import { lstat, mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openRegistry, readArtifact, writeArtifact } from '@hearth/artifact/store';
import { tinyArtifact } from '@hearth/artifact/testing';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { useCommandLine } from '../../testing/command-line.ts';
import { writeToy } from '../../testing/made-up-package.ts';
import { createDesign } from '../design.ts';

vi.mock(import('../evaluation/fold-threads.ts'), async (original) => {
  const real = await original();
  // starting threads takes longer than this training; main.system.test.ts starts them
  return { ...real, threadPool: ({ table, columns }) => real.singleThreadPool(createDesign(table, columns)) };
});

const { hearth, said } = useCommandLine();
const quick = ['--engine', 'boosted', '--folds', '2', '--repeats', '1'];
let toy: Awaited<ReturnType<typeof writeToy>>;
let work: string;
const there = process.cwd();

beforeEach(async () => {
  toy = await writeToy();
  work = join(toy.folder, 'work');
  await mkdir(work);
  process.chdir(work);
});
afterEach(async () => {
  process.chdir(there);
  await toy.remove();
});

const train = (...options: string[]) => hearth('train', '--data', toy.data, ...quick, ...options);

/** The content of every file below a folder. */
async function contentOf(folder: string): Promise<Record<string, string>> {
  const names = await readdir(folder, { recursive: true });
  const files = names.map(async (name) => {
    const path = join(folder, name);
    const found = await lstat(path);
    return [name, found.isFile() ? await readFile(path, 'latin1') : 'no file'] as const;
  });
  return Object.fromEntries(await Promise.all(files));
}

/** Runs a training that must be refused before it begins, and must change no file. */
async function expectRefused(reason: string | RegExp, ...options: string[]): Promise<void> {
  const before = await contentOf(toy.folder);
  expect(await train(...options)).toBe(1);
  expect(said.complained).toMatch(reason);
  expect(said.complained.trimEnd()).not.toContain('\n');
  expect(await contentOf(toy.folder)).toEqual(before);
}

test('train replaces what the train before wrote to its default places, and nothing else there', async () => {
  expect(await train()).toBe(0);
  const first = await readArtifact('.hearth/artifact');
  expect(await train('--seed', '2')).toBe(0);
  const second = await readArtifact('.hearth/artifact');
  expect(second.sha256).not.toBe(first.sha256);
  expect((await readdir('.hearth')).sort()).toEqual(['artifact', 'report.html']);
  expect((await readdir('.hearth/artifact')).sort()).toEqual([
    'forest.safetensors',
    'model.json',
    'out-of-fold.safetensors',
    'spread.safetensors',
  ]);

  await writeFile('.hearth/artifact/notes.txt', 'mine');
  await expectRefused(/\.hearth\/artifact: holds notes\.txt, which is not part of an artifact/);
  await expectRefused(/holds notes\.txt/, '--force');
  await rm('.hearth/artifact/notes.txt');

  await writeFile('.hearth/report.html', `${await readFile('.hearth/report.html', 'utf8')}<p>mine</p>`);
  await expectRefused(/\.hearth\/report\.html: .* changed since.*--force/);
  expect(await train('--force')).toBe(0);
});

test('an artifact in a folder named by --out is replaced only with --force', async () => {
  await writeArtifact(tinyArtifact(), join(work, 'best'));
  await expectRefused(/best: already has an artifact.*--force/, '--out', 'best');
  expect(await train('--out', 'best', '--force')).toBe(0);
  expect((await readArtifact('best')).manifest.name).toBe('toy');
  expect(await readdir('.')).toEqual(expect.arrayContaining(['best', '.hearth']));
  expect(await readdir('.')).toHaveLength(2);
});

test.each([[[]], [['--force']]])('train never writes into a registry: %j', async (force) => {
  const registry = openRegistry(join(work, 'models/tiny'));
  const { version } = await registry.publish(tinyArtifact());
  await registry.promote(version);
  await expectRefused(/models: .*published/, '--out', 'models', ...force);
  await expectRefused(/models\/tiny: .*published/, '--out', 'models/tiny', ...force);
  await expectRefused(/published/, '--out', `models/tiny/${version}`, ...force);
  await expectRefused(/published/, '--out', 'models/tiny/new', ...force);
  await expectRefused(/published/, '--out', 'models/other', ...force);
  await symlink(join(work, 'models/tiny'), 'link');
  await expectRefused(/published/, '--out', 'link/new', ...force);
  await expectRefused(/aliases\.json: .*did not write/, '--report', 'models/tiny/aliases.json', ...force);
});

test.each([[[]], [['--force']]])('train replaces nothing that train did not write: %j', async (force) => {
  await mkdir('photos/2020', { recursive: true });
  await writeFile('photos/2020/one.jpg', 'one');
  await writeFile('letter', 'dear');
  await writeArtifact(tinyArtifact(), join(work, 'damaged'));
  await writeFile('damaged/forest.safetensors', 'other');
  await mkdir('tensorflow');
  await writeFile('tensorflow/model.json', '{"format": "layers-model"}');
  await symlink(join(work, 'photos'), 'link');
  await symlink('/nowhere/else', 'dangling');
  await expectRefused(/photos: holds 2020/, '--out', 'photos', ...force);
  await expectRefused(/letter: is not a folder/, '--out', 'letter', ...force);
  await expectRefused(/letter: is not a folder/, '--out', 'letter/artifact', ...force);
  await expectRefused(/damaged: .*not a whole one that train wrote/, '--out', 'damaged', ...force);
  await expectRefused(/tensorflow: .*not a whole one that train wrote/, '--out', 'tensorflow', ...force);
  await expectRefused(/link: is a link/, '--out', 'link', ...force);
  await expectRefused(/dangling: is a link/, '--out', 'dangling', ...force);
  await expectRefused(/7-0123abc: has the name of a published version/, '--out', '7-0123abc', ...force);
  await expectRefused(/: holds /, '--out', '.', ...force);
  await expectRefused(/: holds /, '--out', '..', ...force);
  await expectRefused(/: holds /, '--out', '', ...force);
  await expectRefused(/letter: .*did not write/, '--report', 'letter', ...force);
  await expectRefused(/photos: is a folder/, '--report', 'photos', ...force);
  await expectRefused(/dangling: is a link/, '--report', 'dangling', ...force);
  await expectRefused(/t\.csv: .*did not write/, '--report', '../t.csv', ...force);
});

test('artifact and report do not get into each other', async () => {
  await expectRefused(/overlaps with the artifact/, '--out', 'new', '--report', 'new/report.html');
  await expectRefused(/overlaps with the artifact/, '--out', 'new', '--report', 'new');
  await expectRefused(/overlaps with the artifact/, '--out', 'new/artifact', '--report', 'new');
});
