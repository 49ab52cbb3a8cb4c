import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findModel } from './models.ts';

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
  await expect(findModel(models)).rejects.toThrow('holds several models, heart, lungs: say which one');
  await expect(findModel(models, '../heart')).rejects.toThrow('no model "../heart"; it holds heart, lungs');
});

test('a folder without models, and none at all, are named', async () => {
  await expect(findModel(models)).rejects.toThrow(`${models} holds no model`);
  await expect(findModel(join(models, 'none'))).rejects.toThrow(`there is no folder ${models}/none`);
});
