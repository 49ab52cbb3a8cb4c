import { expect, test } from 'vitest';
import { axeFindings } from './checks.ts';
import { startHearth } from './servers.ts';
import { goToCurve } from './states.ts';
import { visitors } from './visitors.ts';

const { visit } = visitors();

test('while the API is down the page says so and shows no number, and then recovers without a reload', async () => {
  const before = await startHearth();
  const { page } = await visit(before.url);
  const number = page.locator('.number');
  await number.waitFor();
  await goToCurve(page);

  await before.stop();
  await page.locator('#field-age').fill('61');
  await page.getByText('The service cannot be reached.').waitFor();
  expect(await number.count()).toBe(0);
  expect(await page.locator('.curve .line').count()).toBe(0);
  expect(await page.locator('#field-age').inputValue()).toBe('61');

  expect(await axeFindings(page)).toEqual([]);

  const after = await startHearth(undefined, before.port);
  await number.waitFor();
  expect(await page.getByText('The service cannot be reached.').count()).toBe(0);
  await expect.poll(() => page.locator('#curve-summary').textContent()).toContain('at 61.');
  await after.stop();
});

test('an offline device shows a message, keeps its input, and continues when it is online again', async () => {
  const hearth = await startHearth();
  const { page } = await visit(hearth.url);
  await page.locator('.number').waitFor();
  await page.context().setOffline(true);
  await page.locator('#field-age').fill('61');
  await page.getByText('You are offline.').waitFor();
  expect(await page.locator('.number').count()).toBe(0);
  await page.context().setOffline(false);
  await page.locator('.number').waitFor();
  expect(await page.locator('#field-age').inputValue()).toBe('61');
  await hearth.stop();
});

test('a page that cannot load the model at first shows it once it can', async () => {
  const hearth = await startHearth();
  const { page } = await visit('about:blank');
  await page.route('**/model', (route) => route.abort());
  await page.goto(hearth.url);
  await page.getByRole('button', { name: 'Try again now' }).waitFor();
  await page.unroute('**/model');
  await page.locator('#field-age').fill('60');
  await page.locator('.number').waitFor();
  await hearth.stop();
});
