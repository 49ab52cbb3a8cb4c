import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { phone } from './chromium.ts';
import { stageWith } from './stage.ts';

const stage = stageWith();
let earlier: Page;

/** What the page is told of its visitor. */
const told = (page: Page) =>
  page.evaluate(() => ({
    language: document.documentElement.lang,
    cookies: document.cookie,
    isPrinted: matchMedia('print').matches,
    isDark: matchMedia('(prefers-color-scheme: dark)').matches,
    width: innerWidth,
  }));

test('a visitor changes the language, the network, the screen and the media', async () => {
  const { page, complaints } = await stage.visit('#age=54', { viewport: phone, colorScheme: 'dark' });
  earlier = page;
  await page.context().addCookies([{ name: 'seen', value: 'yes', url: stage.hearth.url }]);
  await page.getByRole('button', { name: 'Português' }).click();
  await page.route('**/predict*', (route) => route.abort());
  await page.context().setOffline(true);
  await page.locator('#field-age').fill('55');
  await expect.poll(() => complaints.length).toBeGreaterThan(0);
  await page.emulateMedia({ media: 'print' });
  const here = { language: 'pt-BR', cookies: 'seen=yes', isPrinted: true, isDark: true, width: phone.width };
  await expect.poll(() => told(page)).toEqual(here);
});

test('the next one in the same window meets none of it', async () => {
  const { page, complaints } = await stage.visit();
  expect(page).toBe(earlier);
  await page.locator('.number').waitFor();
  const here = { language: 'en', cookies: '', isPrinted: false, isDark: false, width: 1280 };
  expect(await told(page)).toEqual(here);
  expect(await page.locator('#field-age').inputValue()).toBe('');
  expect(complaints).toEqual([]);
});
