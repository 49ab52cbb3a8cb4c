import { mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tinyArtifact } from '@hearth/artifact/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openRegistry, type Registry } from './registry.ts';

let folder: string;
let registry: Registry;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hearth-registry-'));
  registry = openRegistry(folder);
});
afterEach(() => rm(folder, { recursive: true }));

const other = () =>
  tinyArtifact((draft) => {
    draft.engine.seed = 2;
  });

/** Publishes the tiny model, changes one of its files, and loads it. */
async function loadDamaged(file: string, damage: (path: string) => Promise<void>): Promise<unknown> {
  const { version } = await registry.publish(tinyArtifact());
  await damage(join(folder, version, file));
  return registry.load(version);
}

const replaceIn = (from: string | RegExp, to: string) => async (path: string) =>
  writeFile(path, (await readFile(path, 'utf8')).replace(from, to));

test('a published version answers', async () => {
  const { version, added } = await registry.publish(tinyArtifact());
  expect(added).toBe(true);
  expect(version).toMatch(/^1-[0-9a-f]{7}$/);
  expect((await registry.load(version)).predict({ age: 60, sex: 'male' }).answer).toBeCloseTo(0.7, 15);
});

test('the same content makes no second version', async () => {
  const first = await registry.publish(tinyArtifact());
  expect(await registry.publish(tinyArtifact())).toEqual({ version: first.version, added: false });
  expect(await registry.list()).toHaveLength(1);
});

test('the files of a version can be read by any user, and nothing temporary stays', async () => {
  const { version } = await registry.publish(tinyArtifact());
  expect((await stat(join(folder, version, 'model.json'))).mode & 0o444).toBe(0o444);
  expect((await stat(join(folder, version))).mode & 0o555).toBe(0o555);
  expect((await readdir(folder)).sort()).toEqual(['.hearth.lock', version, 'journal.jsonl']);
});

test('promotion puts a version into production and says what was there before', async () => {
  const first = await registry.publish(tinyArtifact());
  const second = await registry.publish(other());
  expect(await registry.promote('latest')).toEqual({ version: second.version, previous: null });
  expect(await registry.promote('1-')).toEqual({ version: first.version, previous: second.version });
  expect(await registry.production()).toBe(first.version);
  const journal = await registry.journal();
  expect(journal.map(({ action, version }) => [action, version])).toEqual([
    ['publish', first.version],
    ['publish', second.version],
    ['promote', second.version],
    ['promote', first.version],
  ]);
  expect((await registry.list()).map(({ production }) => production)).toEqual([true, false]);
});

test('a version that is not there, or could be two, is not promoted', async () => {
  await registry.publish(tinyArtifact());
  for (let seed = 2; seed <= 10; seed++) {
    await registry.publish(
      tinyArtifact((draft) => {
        draft.engine.seed = seed;
      }),
    );
  }
  await expect(registry.promote('77')).rejects.toThrow('there is no version "77"');
  await expect(registry.promote('1')).rejects.toThrow('could be 1-');
});

test('with nothing in production the message says what to do', async () => {
  await expect(registry.production()).rejects.toThrow('promote one with: hearth promote latest');
});

test('a broken aliases.json is named', async () => {
  await writeFile(join(folder, 'aliases.json'), '{"production": "../../etc"}');
  await expect(registry.production()).rejects.toThrow(
    'aliases.json cannot be used: it does not name a version',
  );
  await writeFile(join(folder, 'aliases.json'), '{');
  await expect(registry.production()).rejects.toThrow('aliases.json cannot be used: it is not JSON');
});

test('a promotion replaces a broken aliases.json', async () => {
  const { version } = await registry.publish(tinyArtifact());
  await writeFile(join(folder, 'aliases.json'), 'garbage');
  await expect(registry.rollback()).rejects.toThrow('aliases.json cannot be used');
  await expect(registry.prune(1)).rejects.toThrow('aliases.json cannot be used');
  await registry.promote(version);
  expect(await registry.production()).toBe(version);
});

test.each<[string, string, (path: string) => Promise<void>, string]>([
  ['without trees', 'forest.safetensors', (path) => rm(path), 'missing check: 1-'],
  ['without a manifest', 'model.json', (path) => rm(path), 'has no model.json'],
  [
    'with trees cut short',
    'forest.safetensors',
    (path) => truncate(path, 100),
    'size check: forest.safetensors has 100',
  ],
  [
    'with a manifest cut short',
    'model.json',
    (path) => truncate(path, 100),
    'manifest check: model.json is not JSON',
  ],
  [
    'of a newer format',
    'model.json',
    replaceIn('"format": 1', '"format": 2'),
    'format check: model.json has format 2',
  ],
  [
    'with a wrong member',
    'model.json',
    replaceIn('"name": "tiny"', '"name": 7'),
    'manifest check: model.json, name',
  ],
  [
    'with an unknown member',
    'model.json',
    replaceIn('"name"', '"run": "me", "name"'),
    'manifest check: model.json',
  ],
  ['with a changed text', 'model.json', replaceIn('Tiny', 'Tony'), 'hash check: the content of 1-'],
])('a version %s is refused', async (_name, file, damage, reason) => {
  await expect(loadDamaged(file, damage)).rejects.toThrow(reason);
});

test('trees of the right size and wrong content are refused', async () => {
  const flip = async (path: string) => {
    const bytes = await readFile(path);
    bytes[bytes.length - 1] ^= 1;
    await writeFile(path, bytes);
  };
  await expect(loadDamaged('forest.safetensors', flip)).rejects.toThrow(
    'hash check: forest.safetensors is not the file',
  );
});

test('a version that cannot be loaded is not promoted', async () => {
  const { version } = await registry.publish(tinyArtifact());
  await rm(join(folder, version, 'forest.safetensors'));
  await expect(registry.promote(version)).rejects.toThrow('missing check');
  await expect(registry.production()).rejects.toThrow('no version is in production');
});
