import { mkdir, mkdtemp, readdir, readFile, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { tinyArtifact } from '@hearth/artifact/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { keepDefault, locateModel, setDefault } from './default-model.ts';
import { openRegistry } from './registry.ts';

let models: string;
beforeEach(async () => {
  models = await mkdtemp(join(tmpdir(), 'hearth-models-'));
});
afterEach(() => rm(models, { recursive: true }));

async function publish(name: string): Promise<void> {
  await openRegistry(join(models, name)).publish(tinyArtifact());
}
async function promote(name: string): Promise<void> {
  await publish(name);
  await openRegistry(join(models, name)).promote('latest');
  await new Promise((resolve) => setTimeout(resolve, 2)); // so that no two have the same time
}
const writeDefault = (content: string) => writeFile(join(models, 'default.json'), content);
const readDefault = () => readFile(join(models, 'default.json'), 'utf8');

/** The name of the model that would answer, and what is wrong with default.json. */
async function located(name?: string): Promise<[string, string?]> {
  const { folder, fault } = await locateModel(models, name);
  return fault ? [basename(folder), fault.message] : [basename(folder)];
}

test('a model that is named answers, whatever the default is', async () => {
  await promote('heart');
  await promote('lungs');
  await writeDefault('{"model":"heart"}');
  expect(await located('lungs')).toEqual(['lungs']);
  await expect(locateModel(models, 'liver')).rejects.toThrow('no model "liver"; it has heart, lungs');
});

test('the default answers where none is named', async () => {
  await promote('heart');
  await promote('lungs');
  await writeDefault('{"model":"lungs"}');
  expect(await located()).toEqual(['lungs']);
});

test.each<[string, () => Promise<unknown>]>([
  ['was published', () => publish('aorta')],
  ['was promoted later', () => promote('aorta')],
  ['is an empty folder', () => mkdir(join(models, 'aorta'))],
  ['is a link to itself', () => symlink(join(models, 'aorta'), join(models, 'aorta'))],
  [
    'has an empty aliases.json',
    () => promote('aorta').then(() => writeFile(join(models, 'aorta/aliases.json'), '')),
  ],
  ['came without its journal', () => promote('aorta').then(() => rm(join(models, 'aorta/journal.jsonl')))],
])('without a default the one promoted first answers, where another one %s', async (_name, add) => {
  await promote('heart');
  await add();
  expect(await located()).toEqual(['heart']);
});

test('a model that has lost its journal is as old as its aliases.json', async () => {
  await promote('heart');
  await promote('aorta');
  await rm(join(models, 'heart/journal.jsonl'));
  await utimes(join(models, 'heart/aliases.json'), 1_700_000_000, 1_700_000_000);
  expect(await located()).toEqual(['heart']);
});

test.each([
  ['', 'it is empty'],
  ['{"mod', 'it is not JSON'],
  ['["heart"]', 'it does not name a model'],
  ['{"model":"../heart"}', 'there is no model "../heart"'],
  ['{"model":"liver"}', 'there is no model "liver"'],
])('with %j as default.json the one promoted first answers, and the fault is told', async (content, why) => {
  await promote('heart');
  await promote('aorta');
  await writeDefault(content);
  expect(await located()).toEqual([
    'heart',
    expect.stringContaining(`default.json cannot be used: ${why}; `),
  ]);
});

test('of several that were never in production one is to be named', async () => {
  await publish('heart');
  await publish('lungs');
  await expect(locateModel(models)).rejects.toThrow('has several models: heart, lungs');
});

test('the first promotion writes down the default, and no later one does', async () => {
  await publish('heart');
  await keepDefault(models);
  expect(await readdir(models)).toEqual(['heart']);
  await promote('lungs');
  await keepDefault(models);
  expect(await readDefault()).toBe('{\n  "model": "lungs"\n}\n');
  await writeDefault('{"model":"heart"}');
  await keepDefault(models);
  expect(await readDefault()).toBe('{"model":"heart"}');
});

test('a default that cannot be used stays until another one is asked for, and then beside it', async () => {
  await promote('heart');
  await writeDefault('garbage');
  await expect(keepDefault(models)).rejects.toMatchObject({
    code: 'BAD_DEFAULT',
    message: expect.stringContaining('default.json cannot be used: it is not JSON; '),
  });
  expect(await readDefault()).toBe('garbage');
  const aside = await setDefault(models, 'heart');
  expect(aside).toMatch(/^default\.json\.broken-/);
  expect(await readFile(join(models, aside ?? ''), 'utf8')).toBe('garbage');
  expect(await readDefault()).toContain('"heart"');
  expect(await setDefault(models, 'heart')).toBeUndefined();
});

test('what comes into production by a rollback, or is found there, counts as a promotion, and nothing does not', async () => {
  await publish('aorta');
  await promote('heart');
  const [{ version }] = await openRegistry(join(models, 'aorta')).list();
  const line = (time: string, found: string | null) =>
    `${JSON.stringify({ time, action: 'found', version: found, previous: null })}\n`;
  const journal = join(models, 'aorta/journal.jsonl');
  await writeFile(journal, line('2020-01-01T00:00:00.000Z', null));
  expect(await located()).toEqual(['heart']);
  await writeFile(
    journal,
    line('2020-01-01T00:00:00.000Z', version) + line('2100-01-01T00:00:00.000Z', version),
  );
  expect(await located()).toEqual(['aorta']);
  await writeFile(join(models, 'aorta/aliases.json'), '');
  expect(await located()).toEqual(['aorta']);
  await rm(journal);
  expect(await located()).toEqual(['heart']);
  await mkdir(journal);
  expect(await located()).toEqual(['heart']);
});
