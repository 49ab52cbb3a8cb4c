import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { stageWith } from './stage.ts';

const stage = stageWith();

test.each([
  ['an icon', /rel="icon" href="([^"]+)"/, 'image/svg+xml'],
  ['a picture for shared links', /property="og:image" content="([^"]+)"/, 'image/png'],
])('the page has %s', async (_what, pattern, type) => {
  const page = await (await fetch(stage.hearth.url)).text();
  const file = await fetch(new URL(pattern.exec(page)?.[1] ?? '', stage.hearth.url));
  expect([file.status, file.headers.get('content-type')]).toEqual([200, type]);
});

test('the first view loads less than 60 kB of compressed JavaScript, and nothing from other origins', async () => {
  const page = await stage.browser.newPage();
  const scripts: Promise<Buffer>[] = [];
  const origins = new Set<string>();
  page.on('response', (response) => {
    origins.add(new URL(response.url()).origin);
    if (response.request().resourceType() === 'script') scripts.push(response.body());
  });
  await page.goto(stage.hearth.url);
  await page.locator('.meaning').waitFor();
  await page.waitForLoadState('networkidle');
  page.removeAllListeners('response'); // of a script that comes later nobody awaits the body

  const bytes = (await Promise.all(scripts)).reduce((sum, script) => sum + gzipSync(script).length, 0);
  expect(scripts.length).toBeGreaterThan(0);
  expect(bytes).toBeLessThan(60_000);
  expect([...origins]).toEqual([stage.hearth.url]);
});
