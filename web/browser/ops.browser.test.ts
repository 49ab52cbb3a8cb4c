import { appendFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openRegistry } from '@hearth/artifact/store';
import { tinyArtifact } from '@hearth/artifact/testing';
import { expect, test } from 'vitest';
import { axeFindings } from './checks.ts';
import { visit } from './chromium.ts';
import { askDirectly, startHearth } from './servers.ts';
import { stageWith } from './stage.ts';

const stage = stageWith('heart');

async function registry() {
  const [name = ''] = await readdir(stage.models);
  return openRegistry(join(stage.models, name));
}

/** The view with a clock of its own, so that no test waits for the next look. */
async function visitOperations() {
  const { page, complaints } = await visit(stage.browser, 'about:blank');
  await page.clock.install();
  await page.goto(`${stage.hearth.url}/#/ops`);
  return { page, complaints, lookAgain: () => page.clock.fastForward(3_000) };
}

test('the operations view shows what serves, what is asked of it, and what is published meanwhile', async () => {
  const { page, complaints, lookAgain } = await visitOperations();
  const production = await (await registry()).production();
  await page.locator('.figures').getByText(production).waitFor();
  await page.getByText('Only this instance has answered here so far').waitFor();
  await page.getByText('There is no other version.').waitFor();
  await askDirectly(stage.hearth.url, { age: 54 });
  await askDirectly(stage.hearth.url, { age: 'old' });
  await lookAgain();
  await page.getByText('and 1 refused as bad input').waitFor();
  expect(await page.locator('.figures').textContent()).toMatch(/2 in the last \d+ s/);

  const { version } = await (await registry()).publish(tinyArtifact());
  await lookAgain();
  const comparison = page.getByRole('region', { name: 'Champion and challenger' });
  await comparison.getByRole('columnheader', { name: 'Challenger' }).waitFor();
  expect(await comparison.getByRole('row', { name: 'Version' }).textContent()).toContain(version);
  const newest = page.getByRole('region', { name: 'Journal' }).getByRole('row').nth(1);
  await expect.poll(() => newest.textContent()).toContain(`published${version}`);
  expect(await axeFindings(page)).toEqual([]);
  expect(complaints).toEqual([]);
});

test('with several instances it says which of them it shows, and lists those it has seen', async () => {
  const other = await startHearth(stage.models);
  const { page, lookAgain } = await visitOperations();
  await page.locator('.figures').waitFor();
  await page.route('**/status', async (route) => {
    await route.fulfill({ response: await route.fetch({ url: `${other.url}/status` }) });
  });
  await lookAgain();
  await page.getByText('2 instances have answered here in turn').waitFor();
  const seen = page.getByRole('region', { name: 'Instances seen from here' });
  expect(await seen.getByRole('row').count()).toBe(3);
  await other.stop();
});

test('when the service goes away the view shows no old figures', async () => {
  const { page, lookAgain } = await visitOperations();
  await page.locator('.figures').waitFor();
  await page.route('**/status', (route) => route.abort());
  await lookAgain();
  await page.getByText('The service cannot be reached.').waitFor();
  expect(await page.locator('.figures').count()).toBe(0);
});

test('what the alias names and nothing can serve is told, with the reason, while the last good model answers', async () => {
  const { page } = await visitOperations();
  const production = await (await registry()).production();
  await page.locator('.figures').getByText(production).waitFor();
  const [name = ''] = await readdir(stage.models);
  const aliases = join(stage.models, name, 'aliases.json');
  await writeFile(aliases, '{"production":"99-0000000"}');
  await page.getByText(`Degraded: ${production} answers`).waitFor();
  expect(await page.locator('.figures').textContent()).toContain(production);
  expect(await page.locator('.plain').textContent()).toContain('99-0000000');
  await writeFile(aliases, JSON.stringify({ production }));
});

test('a server that was restarted on an aliases.json that is empty is shown as degraded, with the reason', async () => {
  const production = await (await registry()).production();
  const [name = ''] = await readdir(stage.models);
  const aliases = join(stage.models, name, 'aliases.json');
  await writeFile(aliases, '');
  await appendFile(join(stage.models, name, 'journal.jsonl'), 'garbage\n');
  const restarted = await startHearth(stage.models);
  const { page } = await visit(stage.browser, `${restarted.url}/#/ops`);
  await page.getByText(`Degraded: ${production} answers`).waitFor();
  expect(await page.getByRole('alert').textContent()).toContain('aliases.json cannot be used: it is empty');
  await page.getByText('Not all of it can be read:').waitFor();
  expect(await axeFindings(page)).toEqual([]);
  await restarted.stop();
  await writeFile(aliases, JSON.stringify({ production }));
});
