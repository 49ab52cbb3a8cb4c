import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { modelsFolder } from '../../testing/models.ts';
import { assertModels } from './index.ts';

let folder: Awaited<ReturnType<typeof modelsFolder>>;
beforeEach(async () => {
  folder = await modelsFolder();
});
afterEach(() => folder.remove());

test('a folder that does not exist ends the start', async () => {
  const nowhere = join(folder.models, 'nowhere');
  await expect(assertModels(nowhere)).rejects.toThrow(
    `MODELS is "${nowhere}", which is not a folder; name the folder with the models`,
  );
});

test('a name that no model has ends the start', async () => {
  for (const name of ['heart', 'penguins']) await mkdir(join(folder.models, name));
  await expect(assertModels(folder.models, 'hart')).rejects.toThrow(
    `MODEL is "hart", but ${folder.models} has heart, penguins; name one of these`,
  );
  await assertModels(folder.models, 'heart');
});

test('an empty folder waits for its first model, whichever it is', async () => {
  await assertModels(folder.models);
  await assertModels(folder.models, 'heart');
});

test('a folder that cannot be read does not end the start', async () => {
  await assertModels(join(folder.models, 'a'.repeat(300)));
});
