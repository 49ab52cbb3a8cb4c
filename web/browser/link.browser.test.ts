import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { formatFor } from '../src/format.ts';
import { stageWith } from './stage.ts';
import { states } from './states.ts';

const stage = stageWith('heart');
const everything = states.find(({ name }) => name === 'full')?.fragment ?? '';

test('the fragment holds every input, and a link restores all of it', async () => {
  const { page } = await stage.visit('#age=54&oldpeak=2.3');
  await page.getByRole('radio', { name: 'Female', exact: true }).check();
  await expect.poll(() => new URL(page.url()).hash).toBe('#age=54&sex=female&oldpeak=2.3');
  await page.reload();
  expect(await page.locator('#field-age').inputValue()).toBe('54');
  expect(await page.getByLabel('Female', { exact: true }).isChecked()).toBe(true);
});

test('no request to the server has an input in its address', async () => {
  const { page } = await stage.visit('#oldpeak=1');
  await page.locator('.number').waitFor();
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.locator('#field-oldpeak').fill('2.375'); // with a decimal point, it cannot be part of a port or a hash
  await expect.poll(() => new URL(page.url()).hash).toBe('#oldpeak=2.375');
  await expect.poll(() => asked.length).toBeGreaterThan(0);
  expect(asked.filter((url) => url.includes('2.375'))).toEqual([]);
});

test('back and forward go through the answers, and another view keeps them', async () => {
  const { page } = await stage.visit('#age=54');
  const age = page.locator('#field-age');
  await age.fill('60');
  await expect.poll(() => new URL(page.url()).hash).toBe('#age=60');
  await page.goBack();
  await expect.poll(() => age.inputValue()).toBe('54');
  await page.goForward();
  await expect.poll(() => age.inputValue()).toBe('60');
  await page.getByRole('link', { name: 'About this model' }).click();
  await page.getByRole('heading', { name: 'About this model' }).waitFor();
  await page.getByRole('link', { name: 'Back to the result' }).click();
  await expect.poll(() => age.inputValue()).toBe('60');
});

test('the link can be copied', async () => {
  const { page } = await stage.visit('#age=54', { permissions: ['clipboard-read', 'clipboard-write'] });
  await page.getByRole('button', { name: 'Copy link' }).click();
  await page.getByRole('button', { name: 'Link copied' }).waitFor();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(`${stage.hearth.url}/#age=54`);
});

test('it prints on one page, also in the longer language', async () => {
  const { page } = await stage.visit(everything, { locale: 'pt-BR' });
  await page.locator('.contributions').waitFor();
  expect(await pagesOf(page)).toBe(1);
});

test('the printed page has the entries, the version and the date', async () => {
  const { page } = await stage.visit(everything, { colorScheme: 'dark' });
  await page.locator('.contributions').waitFor();
  await page.emulateMedia({ media: 'print' });
  const sheet = page.locator('.print-sheet');
  const text = await sheet.textContent();
  expect(text).toContain('Reversible defect');
  expect(text).toMatch(/Model heart 1-[0-9a-f]{7}, published/);
  expect(text).toContain(`printed ${formatFor('en').date(new Date().toISOString())}`);
  expect(await page.locator('.lead').isVisible()).toBe(false);
  expect(await pagesOf(page)).toBe(1);
});

async function pagesOf(page: Page): Promise<number | undefined> {
  const pdf = await page.pdf({ format: 'A4', printBackground: true, preferCSSPageSize: true });
  return pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length;
}
