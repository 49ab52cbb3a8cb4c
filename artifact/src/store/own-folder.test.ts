import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tinyArtifact, tinyArtifactWithInterval } from '@hearth/artifact/testing';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { foreignFiles, foreignToArtifact, isVersionName, registryAround } from './own-folder.ts';
import { readWhole } from './read.ts';
import { writeArtifact } from './write.ts';

/** A disk tells names in whatever order it likes. */
vi.mock(import('node:fs/promises'), async (original) => {
  const real = await original();
  const readdir = async (path: string) => (await real.readdir(path)).sort().reverse();
  return { ...real, readdir: readdir as typeof real.readdir };
});

vi.mock(import('./read.ts'), async (original) => {
  const real = await original();
  return { ...real, readWhole: vi.fn(real.readWhole) };
});

let folder: string;
beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'hearth-own-')));
});
afterEach(() => rm(folder, { recursive: true }));

const touch = (...names: string[]) => Promise.all(names.map((name) => writeFile(join(folder, name), '')));

test('files are foreign that no artifact has, in the order of their names', async () => {
  await touch('model.json', 'spread.safetensors', 'forest.safetensors', 'b', 'a', 'model.json.bak');
  expect(await foreignFiles(folder)).toEqual(['a', 'b', 'model.json.bak']);
});

test('at most ten foreign files are told, each in a hundred characters', async () => {
  const names = Array.from({ length: 10 }, (_, i) => `file${i}`);
  await touch(...names);
  expect(await foreignToArtifact(folder)).toBe(`holds ${names.join(', ')}, which is not part of an artifact`);
  await touch('file91', 'file92');
  expect(await foreignToArtifact(folder)).toBe(
    `holds ${names.join(', ')} and 2 more, which is not part of an artifact`,
  );
  for (const name of [...names, 'file91', 'file92']) await rm(join(folder, name));
  await touch('x'.repeat(100));
  expect(await foreignToArtifact(folder)).toBe(`holds ${'x'.repeat(100)}, which is not part of an artifact`);
  await touch('x'.repeat(101));
  expect(await foreignToArtifact(folder)).toContain(`holds ${'x'.repeat(100)}, x`);
  expect(await foreignToArtifact(folder)).not.toContain('x'.repeat(101));
});

test('a whole artifact is its own, and trees that its manifest does not name are not', async () => {
  const [plain, both] = [join(folder, 'plain'), join(folder, 'both')];
  await writeArtifact(tinyArtifact(), plain);
  await writeArtifact(tinyArtifactWithInterval(), both);
  expect(await foreignToArtifact(plain)).toBeUndefined();
  expect(await foreignToArtifact(both)).toBeUndefined();
  await writeFile(join(plain, 'spread.safetensors'), '');
  expect(await foreignToArtifact(plain)).toBe('holds spread.safetensors, which is not part of its artifact');
  await rm(join(both, 'model.json'));
  expect(await foreignToArtifact(both)).toBe(
    'holds an artifact that train did not write (missing check: both has no model.json)',
  );
  await expect(foreignToArtifact(join(folder, 'none'))).rejects.toThrow('ENOENT');
});

test('an artifact that the disk does not give is not blamed for it', async () => {
  const plain = join(folder, 'plain');
  await writeArtifact(tinyArtifact(), plain);
  vi.mocked(readWhole).mockRejectedValueOnce(new Error('EIO'));
  await expect(foreignToArtifact(plain)).rejects.toThrow('EIO');
});

test('a folder whose name is a number and a hash is a version', () => {
  expect(['12-0123abc', '12-0123ab', 'heart'].map(isVersionName)).toEqual([true, false, false]);
});

test.each(['aliases.json', 'journal.jsonl', '.hearth.lock'])(
  'a folder with %s holds published versions, wherever in it a path leads',
  async (name) => {
    const heart = join(folder, 'a/heart');
    await mkdir(join(heart, '1-aaaaaaa'), { recursive: true });
    await writeFile(join(heart, name), '');
    const models = join(folder, 'models');
    expect(await registryAround(heart, models)).toBe(heart);
    expect(await registryAround(join(heart, '1-aaaaaaa'), models)).toBe(heart);
    expect(await registryAround(join(heart, 'none/of/it'), models)).toBe(heart);
    expect(await registryAround(join(folder, 'a'), models)).toBeUndefined();
    expect(await registryAround('/', models)).toBeUndefined();
    await symlink(heart, join(folder, 'link'));
    expect(await registryAround(join(folder, 'link/new'), models)).toBe(heart);
  },
);

test('the folder of models is one too, also where it is not there yet, or named by a link', async () => {
  const models = join(folder, 'models');
  expect(await registryAround(join(models, 'new'), models)).toBe(models);
  expect(await registryAround(models, models)).toBe(models);
  await mkdir(models);
  await symlink(models, join(folder, 'link'));
  expect(await registryAround(join(folder, 'link/new'), models)).toBe(models);
  expect(await registryAround(join(models, 'new'), join(folder, 'link'))).toBe(models);
  expect(await registryAround(join(folder, 'modelsx'), models)).toBeUndefined();
});
