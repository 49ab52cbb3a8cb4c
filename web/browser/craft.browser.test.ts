import type { Route } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { formatFor } from '../src/format.ts';
import { overflow } from './checks.ts';
import { desktop, phone } from './chromium.ts';
import { askDirectly } from './servers.ts';
import { stageWith } from './stage.ts';
import { goToCurve, states } from './states.ts';

const stage = stageWith('heart');
const everything = states.find(({ name }) => name === 'full')?.fragment ?? '';

describe('answers', () => {
  test('that come late never overwrite newer ones, and the old one is dimmed while a newer is on its way', async () => {
    const { page } = await stage.visit('#age=30');
    const number = page.locator('.number');
    await number.waitFor();
    const held: Route[] = [];
    await page.route('**/predict?*', (route) => {
      held.push(route);
    });
    await page.locator('#field-age').fill('40');
    await expect.poll(() => held.length).toBe(1);
    await page.locator('.result[data-pending=true]').waitFor();
    await page.locator('#field-age').fill('60');
    await expect.poll(() => held.length).toBe(2);
    await held[1]?.continue();
    const { probability } = await askDirectly(stage.hearth.url, { age: 60 });
    const newest = formatFor('en').percent(probability);
    await expect.poll(() => number.textContent()).toBe(newest);
    await held[0]?.continue();
    await page.locator('.result[data-pending=false]').waitFor();
    expect(await number.textContent()).toBe(newest);
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
});

test('nothing moves while the page loads on a slow phone', async () => {
  const { page } = await stage.visit('', { viewport: phone });
  const network = await page.context().newCDPSession(page);
  await network.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 150,
    downloadThroughput: 200_000,
    uploadThroughput: 90_000,
  });
  await page.addInitScript(() => {
    const shifts: number[] = [];
    Object.assign(window, { shifts });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) shifts.push((entry as unknown as { value: number }).value);
    }).observe({ type: 'layout-shift', buffered: true });
  });
  await page.goto(`${stage.hearth.url}/${everything}`);
  await page.reload();
  await page.locator('.narrowing').waitFor();
  await goToCurve(page);
  const shifts = await page.evaluate(() => (window as unknown as { shifts: number[] }).shifts);
  expect(shifts.reduce((sum, shift) => sum + shift, 0)).toBeLessThan(0.01);
});

describe.each([
  { name: '320 pixels wide', viewport: { width: 320, height: 640 } },
  { name: 'at 200 % zoom', viewport: { width: desktop.width / 2, height: desktop.height / 2 } },
])('$name', ({ viewport }) => {
  test('no view needs sideways scrolling', async () => {
    const { page } = await stage.visit(everything, { viewport });
    for (const [fragment, arrived] of [
      [everything, '.contributions'],
      ['#/about', '.calibration svg'],
      ['#/ops', '.figures'],
    ]) {
      await page.evaluate((hash) => location.assign(hash), fragment ?? '');
      await page.locator(arrived ?? '').waitFor();
      expect(await overflow(page)).toBeLessThanOrEqual(0);
    }
  });
});

test('who wants less motion gets none', async () => {
  const { page } = await stage.visit('#age=54', { reducedMotion: 'reduce' });
  await page.locator('.number').waitFor();
  const durations = await page.evaluate(() =>
    [...document.querySelectorAll('*')].map((element) => getComputedStyle(element).transitionDuration),
  );
  expect(durations.filter((duration) => /[1-9]/.test(duration))).toEqual([]);
});

test('everything can be reached and done by keyboard', async () => {
  const { page } = await stage.visit('#age=54');
  await page.locator('.number').waitFor();
  await page.getByLabel('Female', { exact: true }).focus();
  await page.keyboard.press('Space');
  const { probability } = await askDirectly(stage.hearth.url, { age: 54, sex: 'female' });
  await expect.poll(() => page.locator('.number').textContent()).toBe(formatFor('en').percent(probability));
  const summary = page.locator('summary', { hasText: 'Imaging' });
  await summary.focus();
  await page.keyboard.press('Enter');
  await page.getByLabel('Vessels seen', { exact: true }).waitFor();
});
