import { mkdir, mkdtemp, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { tinyArtifact } from '@hearth/artifact/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { locateModel } from './default-model.ts';
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
const setDefault = (content: string) => writeFile(join(models, 'default.json'), content);

/** The name of the model that would answer, and what is wrong with default.json. */
async function located(name?: string): Promise<[string, string?]> {
  const { folder, fault } = await locateModel(models, name);
  return fault ? [basename(folder), fault.message] : [basename(folder)];
}

test('a model that is named answers, whatever the default is', async () => {
  await promote('heart');
  await promote('lungs');
  await setDefault('{"model":"heart"}');
  expect(await located('lungs')).toEqual(['lungs']);
  await expect(locateModel(models, 'liver')).rejects.toThrow('no model "liver"; it holds heart, lungs');
});

test('the default answers where none is named', async () => {
  await promote('heart');
  await promote('lungs');
  await setDefault('{"model":"lungs"}');
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
  await setDefault(content);
  expect(await located()).toEqual([
    'heart',
    expect.stringContaining(`default.json cannot be used: ${why}; `),
  ]);
});

test('of several that were never in production one is to be named', async () => {
  await publish('heart');
  await publish('lungs');
  await expect(locateModel(models)).rejects.toThrow('holds several models, heart, lungs: say which one');
});
