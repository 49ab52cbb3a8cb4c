import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { openRegistry } from '@hearth/artifact/store';
import { tinyArtifact } from '@hearth/artifact/testing';
import { expect, test } from 'vitest';
import { axeFindings } from './checks.ts';
import { askDirectly, startHearth } from './servers.ts';
import { stageWith } from './stage.ts';

const stage = stageWith('heart');

async function registry() {
  const [name = ''] = await readdir(stage.models);
  return openRegistry(join(stage.models, name));
}

test('the operations view shows what serves, what is asked of it, and what is published meanwhile', async () => {
  const { page, complaints } = await stage.visit('#/ops');
  const production = await (await registry()).production();
  await page.locator('.figures').getByText(production).waitFor();
  await page.getByText('Only this instance has answered here so far').waitFor();
  await page.getByText('There is no other version.').waitFor();
  await askDirectly(stage.hearth.url, { age: 54 });
  await askDirectly(stage.hearth.url, { age: 'old' });
  await page.getByText('and 1 refused as bad input').waitFor();
  expect(await page.locator('.figures').textContent()).toMatch(/2 in the last \d+ s/);

  const { version } = await (await registry()).publish(tinyArtifact());
  await page.getByText(`Challenger, newest not in production · ${version}`).waitFor();
  const newest = page.getByRole('region', { name: 'Journal' }).getByRole('row').nth(1);
  expect(await newest.textContent()).toContain(`published${version}`);
  expect(await axeFindings(page)).toEqual([]);
  expect(complaints).toEqual([]);
});

test('with several instances it says which of them it shows, and lists those it has seen', async () => {
  const other = await startHearth(stage.models);
  const { page } = await stage.visit();
  let turn = 0;
  await page.route('**/status', async (route) => {
    const from = turn++ % 2 === 0 ? stage.hearth.url : other.url;
    await route.fulfill({ response: await route.fetch({ url: `${from}/status` }) });
  });
  await page.locator('.foot a').last().click();
  await page.getByText('2 instances have answered here in turn').waitFor();
  const seen = page.getByRole('region', { name: 'Instances seen from here' });
  expect(await seen.getByRole('row').count()).toBe(3);
  await other.stop();
});

test('when the service goes away the view shows no old figures', async () => {
  const { page } = await stage.visit('#/ops');
  await page.locator('.figures').waitFor();
  await page.route('**/status', (route) => route.abort());
  await page.getByText('The service cannot be reached.').waitFor();
  expect(await page.locator('.figures').count()).toBe(0);
});
