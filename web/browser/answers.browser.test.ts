import type { Page, Route } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { formatFor } from '../src/format.ts';
import { askDirectly } from './servers.ts';
import { stageWith } from './stage.ts';

const stage = stageWith('heart');

/** Waits two frames, so that a reply that has arrived is shown. */
const framesLater = (page: Page) =>
  page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));

describe('answers', () => {
  test('that arrive late never overwrite newer ones, and the old one is dimmed until the newer arrives', async () => {
    const { page } = await stage.visit('#age=30');
    const number = page.locator('.number');
    await number.waitFor();
    const held: Route[] = [];
    await page.route('**/predict?*', (route) => {
      held.push(route);
    });
    await page.locator('#field-age').fill('40');
    await expect.poll(() => held.length).toBe(1);
    const dimming = () => page.locator('.result').evaluate((result) => getComputedStyle(result).opacity);
    await expect.poll(async () => Number(await dimming())).toBeLessThan(0.5);
    await page.locator('#field-age').fill('60');
    await expect.poll(() => held.length).toBe(2);
    await held[1]?.continue();
    const { probability } = await askDirectly(stage.hearth.url, { age: 60 });
    const newest = formatFor('en').percent(probability);
    await expect.poll(() => number.textContent()).toBe(newest);
    const late = page.waitForResponse('**/predict?*');
    await held[0]?.continue();
    await (await late).finished();
    await framesLater(page);
    expect(await number.textContent()).toBe(newest);
    expect(await page.locator('.result').getAttribute('data-pending')).toBe('false');
  });

  test('are shown by the first frame after their response', async () => {
    const { page } = await stage.visit('#age=30');
    await page.locator('.number').waitFor();
    const frames = await page.evaluate(async () => {
      const field = document.querySelector<HTMLInputElement>('#field-age');
      const number = document.querySelector('.number');
      if (!field || !number) throw new Error('the page is not there');
      let frame = 0;
      const tick = () => {
        frame++;
        requestAnimationFrame(tick);
      };
      tick();
      let arrived = Number.NaN;
      const read = Response.prototype.json;
      Response.prototype.json = async function () {
        const body = await read.call(this);
        arrived = frame;
        return body;
      };
      const changed = new Promise<number>((resolve) => {
        const before = number.textContent;
        const watch = new MutationObserver(() => {
          if (number.textContent !== before) resolve(frame);
        });
        watch.observe(number, { childList: true, characterData: true, subtree: true });
      });
      field.value = '58';
      field.dispatchEvent(new Event('input', { bubbles: true }));
      return (await changed) - arrived;
    });
    expect(frames).toBeLessThanOrEqual(1);
  });

  test('are requested once for several quick key strokes', async () => {
    const { page } = await stage.visitAnew('about:blank');
    await page.clock.install();
    await page.goto(`${stage.hearth.url}/#age=30`);
    await page.locator('.number').waitFor();
    await page.clock.pauseAt(Date.now() + 60_000);
    const asked: string[] = [];
    page.on('request', (request) => {
      if (request.url().includes('explain')) asked.push(request.postData() ?? '');
    });
    for (const typed of ['6', '61', '6', '64']) await page.locator('#field-age').fill(typed);
    await page.clock.runFor(1_000);
    const { probability } = await askDirectly(stage.hearth.url, { age: 64 });
    await expect.poll(() => page.locator('.number').textContent()).toBe(formatFor('en').percent(probability));
    expect(asked).toEqual(['{"age":64}']);
  });
});
