import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findModel, listModels } from './models.ts';

let models: string;
beforeEach(async () => {
  models = await mkdtemp(join(tmpdir(), 'hearth-models-'));
});
afterEach(() => rm(models, { recursive: true }));

test('the only model needs no name', async () => {
  await mkdir(join(models, 'heart'));
  await mkdir(join(models, '.cache'));
  await writeFile(join(models, 'README.md'), '');
  await symlink('/nowhere', join(models, 'gone'));
  expect(await findModel(models)).toBe(join(models, 'heart'));
  expect(await findModel(models, 'heart')).toBe(join(models, 'heart'));
});

test('of several models one is to be named', async () => {
  await mkdir(join(models, 'heart'));
  await mkdir(join(models, 'lungs'));
  await expect(findModel(models)).rejects.toThrow('has several models: heart, lungs');
  await expect(findModel(models, '../heart')).rejects.toThrow('no model "../heart"; it has heart, lungs');
});

test('a folder without models, and none at all, are named', async () => {
  await expect(findModel(models)).rejects.toThrow(`${models} has no model`);
  await expect(findModel(join(models, 'none'))).rejects.toThrow(`there is no folder ${models}/none`);
});

test('models are listed in the order of their names, and names that no model has are not', async () => {
  const long = `a${'b'.repeat(62)}`;
  for (const name of ['lungs', 'heart', 'a-1', long, `${long}c`, 'Heart', '1-aaaaaaa', 'a_b', '-a', 'ab.tmp'])
    await mkdir(join(models, name));
  expect(await listModels(models)).toEqual(['a-1', long, 'heart', 'lungs']);
});

test('a folder of models that is a file is none', async () => {
  await writeFile(join(models, 'file'), '');
  const file = join(models, 'file');
  await expect(listModels(file)).rejects.toMatchObject({
    message: `there is no folder ${file}`,
    cause: { code: 'ENOTDIR' },
  });
  await expect(listModels('\0')).rejects.toMatchObject({ code: 'ERR_INVALID_ARG_VALUE' });
});
