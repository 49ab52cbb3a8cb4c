import { join } from 'node:path';
import { expect, test } from 'vitest';
import { modelsFolder, publishTiny } from '../../testing/models.ts';
import { createLoader } from './loader.ts';

test('a thread that ended is replaced by the next load', async () => {
  const { registry, remove } = await modelsFolder();
  const version = await publishTiny(registry);
  const loader = createLoader();
  const folder = join(registry.folder, version);
  const cut = loader.load(folder);
  await Promise.all([expect(cut).rejects.toThrow('the thread that loads models ended'), loader.close()]);
  const { model } = await loader.load(folder);
  expect(model.predict({}).answer).toBe(0.5);
  await loader.close();
  await remove();
});

test('a version that must not serve is refused with the check that it did not pass', async () => {
  const loader = createLoader();
  await expect(loader.load('/nowhere/1-abcdef0')).rejects.toMatchObject({ check: 'missing' });
  await loader.close();
});
