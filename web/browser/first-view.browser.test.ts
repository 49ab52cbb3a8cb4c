import { gzipSync } from 'node:zlib';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connectChromium } from './connect.ts';
import { type RunningServer, startHearth } from './servers.ts';

let browser: Browser;
let hearth: RunningServer;

beforeAll(async () => {
  [browser, hearth] = await Promise.all([connectChromium(), startHearth()]);
});

afterAll(async () => {
  await browser?.close();
  await hearth?.stop();
});

test('the first view loads less than 70 kB of compressed JavaScript, and nothing from elsewhere', async () => {
  const page = await browser.newPage();
  const scripts: Buffer[] = [];
  const origins = new Set<string>();
  page.on('response', async (response) => {
    origins.add(new URL(response.url()).origin);
    if (response.request().resourceType() === 'script') scripts.push(await response.body());
  });
  await page.goto(hearth.url, { waitUntil: 'networkidle' });
  await page.locator('.number').waitFor();

  const bytes = scripts.reduce((sum, script) => sum + gzipSync(script).length, 0);
  expect(scripts.length).toBeGreaterThan(0);
  expect(bytes).toBeLessThan(70_000);
  expect([...origins]).toEqual([hearth.url]);
});
