import { execFileSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openRegistry, readModel } from '@hearth/artifact/store';
import { tinyArtifact } from '@hearth/artifact/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { packForSagemaker } from './sagemaker.ts';

let folder: string;
let version: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hearth-export-'));
  version = (await openRegistry(join(folder, 'tiny')).publish(tinyArtifact())).version;
});
afterEach(() => rm(folder, { recursive: true }));

test('tar unpacks the whole version under its name', async () => {
  await writeFile(join(folder, 'model.tar.gz'), await packForSagemaker(join(folder, 'tiny', version)));
  execFileSync('tar', ['-xzf', 'model.tar.gz', '--one-top-level=unpacked'], { cwd: folder });
  expect(await readdir(join(folder, 'unpacked'))).toEqual([version]);
  const model = await readModel(join(folder, 'unpacked', version));
  expect(model.predict({ age: 60, sex: 'male' }).answer).toBe(0.7);
  const manifest = await readFile(join(folder, 'unpacked', version, 'model.json'));
  expect(manifest).toEqual(await readFile(join(folder, 'tiny', version, 'model.json')));
});

test('the same version gives the same bytes', async () => {
  const packed = await packForSagemaker(join(folder, 'tiny', version));
  await openRegistry(join(folder, 'again/tiny')).publish(tinyArtifact());
  expect(await packForSagemaker(join(folder, 'again/tiny', version))).toEqual(packed);
});

test('a damaged version is not packed', async () => {
  await truncate(join(folder, 'tiny', version, 'forest.safetensors'), 100);
  await expect(packForSagemaker(join(folder, 'tiny', version))).rejects.toThrow('size check');
});
