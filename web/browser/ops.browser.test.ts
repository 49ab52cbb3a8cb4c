import { appendFile, readdir, writeFile } from 'node:fs/promises';
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

/** The view with a controlled clock, so that no test waits for the next poll. */
async function visitOperations() {
  const { page, complaints } = await stage.visitAnew('about:blank');
  await page.clock.install();
  await page.goto(`${stage.hearth.url}/#/ops`);
  return { page, complaints, nextPoll: () => page.clock.fastForward(3_000) };
}

test('the operations view shows what serves, its load, and a version that is published meanwhile', async () => {
  const { page, complaints, nextPoll } = await visitOperations();
  const production = await (await registry()).production();
  await page.locator('.figures').getByText(production).waitFor();
  await page.getByText('Only this instance has answered so far').waitFor();
  await page.getByText('There is no other version.').waitFor();
  await askDirectly(stage.hearth.url, { age: 54 });
  await askDirectly(stage.hearth.url, { age: 'old' });
  await nextPoll();
  await page.getByText('refused as invalid: 1').waitFor();
  expect(await page.locator('.figures').textContent()).toMatch(/2 in the last \d+ s/);

  const { version } = await (await registry()).publish(tinyArtifact());
  await nextPoll();
  const comparison = page.getByRole('region', { name: 'Champion and challenger' });
  await comparison.getByRole('columnheader', { name: 'Challenger' }).waitFor();
  expect(await comparison.getByRole('row', { name: /^Version/ }).textContent()).toContain(version);
  const newest = page.getByRole('region', { name: 'Journal' }).getByRole('row').nth(1);
  await expect.poll(() => newest.textContent()).toContain(`published${version}`);
  expect(await axeFindings(page)).toEqual([]);
  expect(complaints).toEqual([]);
});

test('with several instances it says which one it shows, and lists those that answered', async () => {
  const other = await startHearth(stage.models);
  const { page, nextPoll } = await visitOperations();
  await page.locator('.figures').waitFor();
  await page.route('**/status', async (route) => {
    await route.fulfill({ response: await route.fetch({ url: `${other.url}/status` }) });
  });
  await nextPoll();
  await page.getByText('2 instances have answered this page').waitFor();
  const seen = page.getByRole('region', { name: 'Instances that answered this page' });
  expect(await seen.getByRole('row').count()).toBe(3);
  await other.stop();
});

test('when the service is unreachable the view shows no old figures', async () => {
  const { page, nextPoll } = await visitOperations();
  await page.locator('.figures').waitFor();
  await page.route('**/status', (route) => route.abort());
  await nextPoll();
  await page.getByText('The service cannot be reached.').waitFor();
  expect(await page.locator('.figures').count()).toBe(0);
});

test('a version in production that cannot be loaded is shown with the reason, while the last good one serves', async () => {
  const { page } = await visitOperations();
  const production = await (await registry()).production();
  await page.locator('.figures').getByText(production).waitFor();
  const [name = ''] = await readdir(stage.models);
  const aliases = join(stage.models, name, 'aliases.json');
  await writeFile(aliases, '{"production":"99-0000000"}');
  await page.getByText(`Degraded: ${production} still serves`).waitFor();
  expect(await page.locator('.figures').textContent()).toContain(production);
  expect(await page.locator('.plain').textContent()).toContain('99-0000000');
  await writeFile(aliases, JSON.stringify({ production }));
});

test('a server restarted with an empty aliases.json is shown as degraded, with the reason', async () => {
  const production = await (await registry()).production();
  const [name = ''] = await readdir(stage.models);
  const aliases = join(stage.models, name, 'aliases.json');
  await writeFile(aliases, '');
  await appendFile(join(stage.models, name, 'journal.jsonl'), 'garbage\n');
  const restarted = await startHearth(stage.models);
  const { page } = await stage.visitAnew(`${restarted.url}/#/ops`);
  await page.getByText(`Degraded: ${production} still serves`).waitFor();
  expect(await page.getByRole('alert').textContent()).toContain('aliases.json cannot be used: it is empty');
  await page.getByText('Part of it could not be read:').waitFor();
  expect(await axeFindings(page)).toEqual([]);
  await restarted.stop();
  await writeFile(aliases, JSON.stringify({ production }));
});
