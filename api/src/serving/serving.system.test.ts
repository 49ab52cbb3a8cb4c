import { copyFile, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { modelsFolder, publishTiny, setAlias, until } from '../../testing/models.ts';
import { createServing, type Refusal, type Serving } from './index.ts';

let folder: Awaited<ReturnType<typeof modelsFolder>>;
let serving: Serving;

beforeEach(async () => {
  folder = await modelsFolder();
});
afterEach(async () => {
  await serving.close();
  await folder.remove();
});

/** Serves what is in the folder; only file events tell of a change before a minute is over. */
async function serve(pollEvery = 60_000): Promise<void> {
  serving = createServing({ models: folder.models, pollEvery });
  await serving.start();
}

const serves = (version: string) =>
  until(() => serving.since !== undefined && serving.model().version === version, 2000);

test('a promotion is seen within 2 seconds by file events', async () => {
  const { registry } = folder;
  const first = await publishTiny(registry);
  await registry.promote(first);
  await serve();
  expect(serving.model().version).toBe(first);
  const second = await publishTiny(registry, 0.1);
  await registry.promote(second);
  await serves(second);
  expect(serving.model().predict({}).answer).toBeCloseTo(0.6, 12);
  expect(serving.previous).toBe(first);
  expect(Date.parse(serving.published ?? '')).toBeLessThanOrEqual(Date.parse(serving.since ?? ''));
});

test('a folder that is replaced as a whole is followed on', async () => {
  const { registry } = folder;
  const [first, second] = [await publishTiny(registry), await publishTiny(registry, 0.1)];
  await registry.promote(first);
  await serve(300);
  await rename(registry.folder, join(folder.models, '.old'));
  await until(() => serving.refusals.length > 0, 2000);
  expect(serving.model().version).toBe(first);
  await rename(join(folder.models, '.old'), registry.folder);
  await registry.promote(second);
  await serves(second);
});

test('who has taken a model keeps it while another one begins to serve', async () => {
  const { registry } = folder;
  await registry.promote(await publishTiny(registry));
  await serve();
  const taken = serving.model();
  const second = await publishTiny(registry, 0.1);
  await registry.promote(second);
  await serves(second);
  expect(taken.predict({}).answer).toBe(0.5);
});

test('a version that is refused leaves the one before serving, is told once, and is tried again when it changes', async () => {
  const { registry } = folder;
  const first = await publishTiny(registry);
  await registry.promote(first);
  await serve(50);
  const refusals: Refusal[] = [];
  serving.events.on('refusal', (refusal) => refusals.push(refusal));

  const second = await publishTiny(registry, 0.1);
  const trees = join(registry.folder, second, 'forest.safetensors');
  await copyFile(trees, `${trees}.whole`);
  await writeFile(trees, 'half');
  await setAlias(registry, second);
  await until(() => serving.refusals.length > 0, 2000);
  expect(serving.model().version).toBe(first);
  expect(serving.refusals[0]).toMatchObject({
    version: second,
    check: 'size',
    reason: expect.stringMatching(
      /4 bytes.*; restore its files, or run hearth rollback or hearth promote VERSION$/,
    ),
  });
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(refusals).toHaveLength(1);

  await rename(`${trees}.whole`, trees);
  await serves(second);
  expect(serving.refusals).toEqual([]);
});

test.each(['', 'garbage', '{"production": "../../etc"}', '{}'])(
  'an alias of %j leaves the model serving, and the refusal goes with the garbage',
  async (content) => {
    const { registry } = folder;
    const first = await publishTiny(registry);
    await registry.promote(first);
    await serve();
    await writeFile(join(registry.folder, 'aliases.json'), content);
    await until(() => serving.refusals.length > 0, 2000);
    expect(serving.model().version).toBe(first);
    expect(serving.refusals[0]).not.toHaveProperty('version', expect.any(String));
    await setAlias(registry, first);
    await until(() => serving.refusals.length === 0, 2000);
  },
);

test('the model that serves is not swapped when its files are touched', async () => {
  const { registry } = folder;
  const first = await publishTiny(registry);
  await registry.promote(first);
  await serve(50);
  const swapped = vi.fn();
  serving.events.on('swap', swapped);
  const taken = serving.model();
  const trees = join(registry.folder, first, 'forest.safetensors');
  await copyFile(trees, `${trees}.copy`);
  await rename(`${trees}.copy`, trees);
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(serving.model()).toBe(taken);
  expect(swapped).not.toHaveBeenCalled();
});

test('without a folder of models it waits for one, says why, and serves as soon as a model is promoted', async () => {
  await rm(folder.models, { recursive: true });
  await serve(50);
  expect(() => serving.model()).toThrow(`there is no folder ${basename(folder.models)}`);
  await mkdir(folder.models);
  await until(
    () => serving.refusals[0]?.reason.startsWith(`${basename(folder.models)} holds no model`) === true,
    2000,
  );
  const first = await publishTiny(folder.registry);
  await until(() => serving.refusals[0]?.reason.includes('hearth promote latest') === true, 2000);
  await folder.registry.promote(first);
  await serves(first);
});

test('single training rows stay behind', async () => {
  await folder.registry.promote(await publishTiny(folder.registry));
  await serve();
  expect(serving.model().manifest.evaluation?.outOfFold).toEqual([]);
});
