import { join } from 'node:path';
import { modelsFolder } from '@hearth/api/testing';
import { openRegistry } from '@hearth/artifact/store';
import { bareArtifact } from '@hearth/artifact/testing';
import { expect, test } from 'vitest';
import { axeFindings, overflow } from './checks.ts';
import { phone } from './chromium.ts';
import { stageWith } from './stage.ts';

/** The tiny model, which is the default one, and another one with other answers. */
async function twoModels() {
  const { models, registry, remove } = await modelsFolder();
  await registry.publish(bareArtifact());
  await registry.promote('latest');
  const other = openRegistry(join(models, 'visits'));
  await other.publish(
    bareArtifact((draft) => {
      draft.name = 'visits';
      draft.target = { name: 'visits', type: 'count' };
      draft.answer = { base: 5, divisor: 2, link: 'log' };
    }),
  );
  await other.promote('latest');
  return { folder: models, remove };
}

const stage = stageWith(twoModels);

test('a visitor chooses among the models of the server, each of which has an address and answers by itself', async () => {
  const { page } = await stage.visit('#sex=male', { viewport: phone });
  await expect.poll(() => page.locator('.number').textContent()).toBe('70%');
  const chooser = page.getByLabel('Model', { exact: true });
  expect(await chooser.locator('option').allTextContents()).toEqual(['tiny', 'visits']);
  expect(await overflow(page)).toEqual([]);
  expect(await axeFindings(page)).toEqual([]);

  await chooser.selectOption('visits');
  await page.waitForURL(`${stage.hearth.url}/?model=visits**`);
  expect(await page.locator('h1').textContent()).toBe('visits');
  await page.goto(`${stage.hearth.url}/?model=visits#age=60&sex=male`);
  await expect.poll(() => page.locator('.number').textContent()).toBe('24.5');
  expect(await chooser.inputValue()).toBe('visits');

  await page.goto(`${stage.hearth.url}/models/visits/`);
  expect(page.url()).toMatch(/\/\?model=visits/);
  await chooser.selectOption('tiny');
  await page.waitForURL(/\/#?[^?]*$/);
  expect(await page.locator('h1').textContent()).toBe('tiny');
});
